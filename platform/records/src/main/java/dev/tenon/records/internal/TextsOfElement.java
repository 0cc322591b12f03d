package dev.tenon.records.internal;

import dev.tenon.access.AccessProblem;
import dev.tenon.access.Conditions;
import dev.tenon.expression.DeclaredReads;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ExprDependencies;
import dev.tenon.expression.ExpressionCompiler;
import dev.tenon.expression.Scope;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Action;
import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.ListView;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.Trigger;
import dev.tenon.records.ModelCompiler.Problem;
import dev.tenon.records.RecordsError;
import dev.tenon.records.internal.CheckedModel.ExpressionKey;
import dev.tenon.records.internal.CheckedModel.PathKey;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.PlatformException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the expressions of one object or one approval process, collecting what is wrong with them, and notes what they mean by
 * their names. Used once, by one thread.
 */
final class TextsOfElement {

    private final DeclaredReads names;
    private final List<Problem> problems;
    private final Map<ExpressionKey, Expr> expressions = new HashMap<>();
    private final Map<PathKey, Expr> paths = new HashMap<>();

    private TextsOfElement(Model model, List<Problem> problems) {
        this.names = new DeclaredReads(model);
        this.problems = problems;
    }

    /**
     * What came of it.
     *
     * @param element the object type or approval process
     * @param answers what the model said of the names
     */
    record Compiled(
            Object element,
            DeclaredReads.Answers answers,
            Map<ExpressionKey, Expr> expressions,
            Map<PathKey, Expr> paths) {

        /** Whether it is what would come of the element in this model. */
        boolean holds(Object itsElement, Model model) {
            return element == itsElement && answers.sameIn(model);
        }
    }

    /** Faults are added to the problems. */
    static Compiled of(Model model, ObjectType object, List<Problem> problems) {
        TextsOfElement texts = new TextsOfElement(model, problems);
        texts.object(object);
        return texts.compiled(object);
    }

    static Compiled of(Model model, ApprovalProcess process, List<Problem> problems) {
        TextsOfElement texts = new TextsOfElement(model, problems);
        if (texts.names.findObject(process.object()).isPresent()) {
            texts.approval(process);
        }
        return texts.compiled(process);
    }

    private Compiled compiled(Object element) {
        return new Compiled(element, names.answers(), Map.copyOf(expressions), Map.copyOf(paths));
    }

    private void object(ObjectType object) {
        object.fields().values().forEach(field -> field(object, field));
        object.recordTypes()
                .forEach(type -> type.defaults()
                        .forEach((field, text) -> object.findField(field).ifPresent(f -> byDefault(object, f, text))));
        object.rules().forEach(rule -> condition(object.name(), rule.condition()));
        object.duplicateRules().forEach(rule -> rule.condition().ifPresent(text -> condition(object.name(), text)));
        for (Trigger trigger : object.triggers()) {
            trigger.condition().ifPresent(condition -> condition(object.name(), condition));
        }
        for (Action action : object.actions()) {
            action.condition().ifPresent(condition -> condition(object.name(), condition));
        }
        for (ListView view : object.views()) {
            view.filter()
                    .ifPresent(filter -> compile(
                            object.name(), filter, ValueType.Simple.BOOLEAN, Scope.ofFilter(names, object.name())));
        }
    }

    /**
     * Several values and JSON have no form in the language but the one in a text, {@code 'red;green'}. The parts of a lookup to several
     * objects have one default together: it is that of the part whose object it names a record of.
     */
    private ValueType defaultType(ObjectType object, Field field, ExpressionText text) {
        if (field.refersForAnother()) {
            Scope scope = Scope.of(names, object.name());
            return object.partsOf(field.whole()).stream()
                    .map(part -> ValueType.of(names, part))
                    .filter(type -> ExpressionCompiler.compile(text.text(), scope, type)
                            instanceof ExpressionCompiler.Result.Compiled)
                    .findFirst()
                    .orElseGet(() -> ValueType.of(names, field));
        }
        return field.type() instanceof FieldType.MultiPicklist || field.type() instanceof FieldType.Json
                ? ValueType.Simple.TEXT
                : given(field);
    }

    /** A constant that does not fit is told now, not by every new record. */
    private void byDefault(ObjectType object, Field field, ExpressionText text) {
        if (compile(object.name(), text, defaultType(object, field, text)) instanceof Expr.Literal constant) {
            FieldValues fitting = new FieldValues(Locale.ENGLISH);
            try {
                fitting.fit(field, fitting.offered(field, constant.value()), null, FieldValues.Digits.ROUNDED);
            } catch (PlatformException doesNotFit) {
                problems.add(new Problem(new ErrorDetail(doesNotFit.code(), "", doesNotFit.args()), text.source()));
            }
        }
    }

    /** What is sealed is given as plain text. */
    private ValueType given(Field field) {
        return SealedFields.type(field).isPresent() ? ValueType.Simple.TEXT : ValueType.of(names, field);
    }

    private void field(ObjectType object, Field field) {
        field.defaultValue().ifPresent(text -> byDefault(object, field, text));
        field.when().expressions().forEach(text -> condition(object.name(), text));
        switch (field.type()) {
            case FieldType.Formula formula -> {
                Expr compiled = compile(object.name(), formula.expression(), ValueType.of(names, field));
                if (compiled != null) {
                    refuseUnstable(object, field, formula.expression(), compiled);
                }
            }
            case FieldType.RollUp rollUp -> rollUp.filter().ifPresent(filter -> rollUp(object, field, rollUp, filter));
            case FieldType.Text t -> {}
            case FieldType.WholeNumber n -> {}
            case FieldType.DecimalNumber n -> {}
            case FieldType.Bool b -> {}
            case FieldType.DateOnly d -> {}
            case FieldType.DateTime d -> {}
            case FieldType.TimeOfDay d -> {}
            case FieldType.MultiPicklist d -> {}
            case FieldType.RichText d -> {}
            case FieldType.Json d -> {}
            case FieldType.EncryptedText d -> {}
            case FieldType.Picklist p -> {}
            case FieldType.Lookup lookup -> candidates(object, field, lookup.candidates());
            case FieldType.MasterDetail master -> candidates(object, field, master.candidates());
            case FieldType.ManyToMany links -> candidates(object, field, links.candidates());
            case FieldType.File f -> {}
            case FieldType.AutoNumber a -> {}
            case FieldType.Derived d -> {}
        }
    }

    private void rollUp(ObjectType object, Field field, FieldType.RollUp rollUp, ExpressionText filter) {
        if (names.findObject(rollUp.object()).isEmpty()) {
            return;
        }
        Expr compiled = compile(rollUp.object(), filter, ValueType.Simple.BOOLEAN);
        if (compiled == null) {
            return;
        }
        refuseUnstable(object, field, filter, compiled);
        Conditions.references(compiled).stream()
                .filter(ref -> !ref.hops().isEmpty())
                .findFirst()
                .ifPresent(ref -> problem(
                        RecordsError.ROLL_UP_FILTER_PATH,
                        filter.source(),
                        Map.of("object", object.name(), "field", field.name(), "path", ref.path())));
    }

    /** A stored value that depends on who looks or on the day would be wrong without anybody's save. */
    private void refuseUnstable(ObjectType object, Field field, ExpressionText text, Expr compiled) {
        ExprDependencies.of(compiled).variables().stream()
                .filter(Scope.STANDARD_VARIABLES::containsKey)
                .findFirst()
                .ifPresent(name -> problem(
                        RecordsError.FORMULA_NOT_STABLE,
                        text.source(),
                        Map.of("object", object.name(), "field", field.name(), "name", name)));
    }

    private void approval(ApprovalProcess process) {
        String object = process.object();
        process.entry().ifPresent(entry -> ofSubmitter(process, entry, condition(object, entry)));
        for (ApprovalProcess.ApprovalStep step : process.steps()) {
            step.condition().ifPresent(text -> ofSubmitter(process, text, condition(object, text)));
            for (ApprovalProcess.Approvers approvers : step.approvers()) {
                if (approvers instanceof ApprovalProcess.Approvers.RecordField field) {
                    // Whether the path exists and ends at a user was checked when the layers were merged.
                    if (ExpressionCompiler.compile(field.path(), Scope.of(names, object))
                            instanceof ExpressionCompiler.Result.Compiled compiled) {
                        paths.put(new PathKey(object, field.path()), compiled.expr());
                    }
                }
            }
        }
        process.onOutcome()
                .values()
                .forEach(changes -> changes.forEach((name, text) -> names.findObject(object)
                        .flatMap(o -> o.findField(name))
                        .ifPresent(field -> ofSubmitter(process, text, compile(object, text, given(field))))));
    }

    /** There, {@code me} is who submitted, not who asks; what sets he had is nowhere kept. */
    private void ofSubmitter(ApprovalProcess process, ExpressionText text, @Nullable Expr compiled) {
        if (compiled != null && ExprDependencies.of(compiled).variables().contains(Scope.PERMISSION_SETS)) {
            problem(
                    RecordsError.NOT_OF_THE_SUBMITTER,
                    text.source(),
                    Map.of("process", process.name(), "name", Scope.PERMISSION_SETS));
        }
    }

    private @Nullable Expr condition(String object, ExpressionText text) {
        return compile(object, text, ValueType.Simple.BOOLEAN);
    }

    private void candidates(ObjectType object, Field field, FieldType.Candidates candidates) {
        Scope scope = Scope.ofCandidates(names, object.name(), field.name());
        candidates
                .filter()
                .ifPresent(
                        filter -> compile(placeOfCandidates(object, field), filter, ValueType.Simple.BOOLEAN, scope));
    }

    /** The same text means something else for each reference. */
    static String placeOfCandidates(ObjectType object, Field field) {
        return object.name() + "/" + field.name();
    }

    private @Nullable Expr compile(String object, ExpressionText text, ValueType expected) {
        return compile(object, text, expected, Scope.of(names, object));
    }

    private @Nullable Expr compile(String place, ExpressionText text, ValueType expected, Scope scope) {
        return switch (ExpressionCompiler.compile(text.text(), scope, expected)) {
            case ExpressionCompiler.Result.Compiled compiled -> {
                expressions.put(new ExpressionKey(place, text), compiled.expr());
                yield compiled.expr();
            }
            case ExpressionCompiler.Result.Refused refused -> {
                refused.problems().forEach(fault -> {
                    AccessProblem placed = AccessProblem.of(text, fault);
                    problems.add(new Problem(placed.detail(), placed.source()));
                });
                yield null;
            }
        };
    }

    private void problem(RecordsError code, ErrorSource source, Map<String, Object> args) {
        problems.add(new Problem(new ErrorDetail(code, "", args), source));
    }
}
