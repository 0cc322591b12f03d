package dev.tenon.approval.internal;

import dev.tenon.approval.ApprovalError;
import dev.tenon.approval.ApprovalObjects;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ExpressionCompiler;
import dev.tenon.expression.ExpressionProblem;
import dev.tenon.expression.Scope;
import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.ApprovalProcess.ApprovalStep;
import dev.tenon.metadata.model.ApprovalProcess.Approvers;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Handler;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.PermissionSet;
import dev.tenon.records.ModelCompiler.Problem;
import dev.tenon.records.port.CodeRuntime;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.ErrorSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Looks through the approval processes of one model. */
public final class DefinitionProblems {

    /** More levels than any line of managers has. */
    private static final int MOST_LEVELS = 10;

    private final Model model;
    private final CodeRuntime code;
    private final List<Problem> problems = new ArrayList<>();

    public DefinitionProblems(Model model, CodeRuntime code) {
        this.model = model;
        this.code = code;
    }

    public List<Problem> find() {
        model.approvals().values().forEach(this::process);
        model.permissionSets().values().forEach(this::grants);
        return List.copyOf(problems);
    }

    private void process(ApprovalProcess process) {
        ElementKey key = new ElementKey("approval", process.name());
        ErrorSource here = Places.of(model, key, "object", process.origin());
        Optional<ObjectType> object = model.findObject(process.object());
        if (object.isEmpty()) {
            report(
                    ApprovalError.DEFINITION_UNKNOWN_OBJECT,
                    here,
                    Map.of("process", process.name(), "name", process.object()));
            return;
        }
        for (String set : process.submitters()) {
            permissionSet(process, set, Places.of(model, key, "submitters", process.origin()));
        }
        if (process.steps().isEmpty()) {
            report(ApprovalError.DEFINITION_NO_STEP, here, Map.of("process", process.name()));
        }
        Set<String> keys = new HashSet<>();
        for (ApprovalStep step : process.steps()) {
            ErrorSource there = Places.of(
                    model, new ElementKey("step", process.name() + "/" + step.key()), "approvers", step.origin());
            if (!keys.add(step.key())) {
                report(
                        ApprovalError.DEFINITION_DUPLICATE_STEP,
                        there,
                        Map.of("process", process.name(), "step", step.key()));
            }
            if (step.approvers().isEmpty()) {
                report(
                        ApprovalError.DEFINITION_NO_APPROVERS,
                        there,
                        Map.of("process", process.name(), "step", step.key()));
            }
            step.approvers().forEach(rule -> approvers(process, step, rule, there));
        }
        outcomes(process, object.get());
    }

    private void approvers(ApprovalProcess process, ApprovalStep step, Approvers rule, ErrorSource there) {
        switch (rule) {
            case Approvers.RecordField(String path) -> userPath(process, step, path, there);
            case Approvers.HoldersOf(String set) -> permissionSet(process, set, there);
            case Approvers.Manager(int level) -> {
                if (level < 1 || level > MOST_LEVELS) {
                    report(
                            ApprovalError.DEFINITION_BAD_LEVEL,
                            there,
                            Map.of(
                                    "process",
                                    process.name(),
                                    "step",
                                    step.key(),
                                    "level",
                                    level,
                                    "limit",
                                    MOST_LEVELS));
                }
            }
            case Approvers.Code(Handler handler, Map<String, Object> ignored) -> {
                if (!code.exists(model, handler, CodeRuntime.Use.APPROVERS)) {
                    report(
                            ApprovalError.DEFINITION_UNKNOWN_CODE,
                            there,
                            Map.of("process", process.name(), "step", step.key(), "name", name(handler)));
                }
            }
        }
    }

    /** Every part of the path but the last is a lookup, the last one refers to a user. */
    private void userPath(ApprovalProcess process, ApprovalStep step, String path, ErrorSource there) {
        String at = process.object();
        String[] names = path.split("\\.", -1);
        for (int i = 0; i < names.length; i++) {
            ObjectType object = model.findObject(at).orElse(null);
            Field field = object == null ? null : object.fields().get(names[i]);
            if (field == null) {
                report(
                        ApprovalError.DEFINITION_UNKNOWN_FIELD,
                        there,
                        Map.of("process", process.name(), "step", step.key(), "name", names[i], "object", at));
                return;
            }
            Optional<String> target = target(field);
            boolean last = i == names.length - 1;
            if (last && !target.equals(Optional.of(ApprovalObjects.USER))) {
                report(
                        ApprovalError.DEFINITION_NOT_A_USER,
                        there,
                        Map.of("process", process.name(), "step", step.key(), "path", path));
                return;
            }
            if (target.isEmpty()) {
                report(
                        ApprovalError.DEFINITION_NOT_A_LOOKUP,
                        there,
                        Map.of("process", process.name(), "step", step.key(), "name", names[i], "path", path));
                return;
            }
            at = target.get();
        }
    }

    private static Optional<String> target(Field field) {
        if (field.system()) {
            return switch (field.name()) {
                case "owner", "createdBy", "updatedBy" -> Optional.of(ApprovalObjects.USER);
                default -> Optional.empty();
            };
        }
        return switch (field.type()) {
            case FieldType.Lookup lookup -> Optional.of(lookup.target());
            case FieldType.MasterDetail master -> Optional.of(master.target());
            case FieldType.Text ignored -> Optional.empty();
            case FieldType.WholeNumber ignored -> Optional.empty();
            case FieldType.DecimalNumber ignored -> Optional.empty();
            case FieldType.Bool ignored -> Optional.empty();
            case FieldType.DateOnly ignored -> Optional.empty();
            case FieldType.DateTime ignored -> Optional.empty();
            case FieldType.TimeOfDay ignored -> Optional.empty();
            case FieldType.MultiPicklist ignored -> Optional.empty();
            case FieldType.ManyToMany ignored -> Optional.empty();
            case FieldType.RichText ignored -> Optional.empty();
            case FieldType.Json ignored -> Optional.empty();
            case FieldType.EncryptedText ignored -> Optional.empty();
            case FieldType.Picklist ignored -> Optional.empty();
            case FieldType.File ignored -> Optional.empty();
            case FieldType.AutoNumber ignored -> Optional.empty();
            case FieldType.Formula ignored -> Optional.empty();
            case FieldType.RollUp ignored -> Optional.empty();
            case FieldType.Derived ignored -> Optional.empty();
        };
    }

    private void permissionSet(ApprovalProcess process, String set, ErrorSource there) {
        if (!model.permissionSets().containsKey(set)) {
            report(
                    ApprovalError.DEFINITION_UNKNOWN_PERMISSION_SET,
                    there,
                    Map.of("process", process.name(), "name", set));
        }
    }

    private void outcomes(ApprovalProcess process, ObjectType object) {
        new TreeMap<>(process.onOutcome())
                .forEach((outcome, fields) -> new TreeMap<>(fields).forEach((name, text) -> {
                    Field field = object.fields().get(name);
                    boolean writable = field != null && !field.system() && !computed(field);
                    if (!writable) {
                        report(
                                field == null
                                        ? ApprovalError.DEFINITION_UNKNOWN_FIELD
                                        : ApprovalError.DEFINITION_FIELD_NOT_WRITABLE,
                                text.source(),
                                Map.of(
                                        "process",
                                        process.name(),
                                        "step",
                                        outcome.name(),
                                        "name",
                                        name,
                                        "object",
                                        object.name()));
                        return;
                    }
                    expression(object.name(), text);
                }));
    }

    private static boolean computed(Field field) {
        return field.type() instanceof FieldType.Formula
                || field.type() instanceof FieldType.Derived
                || field.type() instanceof FieldType.RollUp
                || field.type() instanceof FieldType.AutoNumber;
    }

    private void expression(String object, ExpressionText text) {
        ExpressionCompiler.Result result = ExpressionCompiler.compile(text.text(), Scope.of(model, object));
        switch (result) {
            case ExpressionCompiler.Result.Compiled(Expr ignored) -> {}
            case ExpressionCompiler.Result.Refused(List<ExpressionProblem> found) ->
                found.forEach(p -> problems.add(new Problem(p.detail(), text.source())));
        }
    }

    /** Nobody may be given the right to write what the engine keeps. */
    private void grants(PermissionSet set) {
        for (String object : ApprovalObjects.ALL) {
            set.forObject(object)
                    .filter(p -> p.create() || p.canEdit() || p.canDelete())
                    .ifPresent(p -> report(
                            ApprovalError.GRANT_NOT_POSSIBLE,
                            Places.of(
                                    model,
                                    new ElementKey("objectPermission", set.name() + "/" + object),
                                    "edit",
                                    set.origin()),
                            Map.of("set", set.name(), "object", object)));
        }
    }

    private static String name(Handler handler) {
        return switch (handler) {
            case Handler.Script(String origin, String file, String function) -> origin + "/" + file + "#" + function;
            case Handler.Plugin(String pluginId, String contribution) -> pluginId + "/" + contribution;
        };
    }

    private void report(ApprovalError error, ErrorSource source, Map<String, Object> args) {
        problems.add(new Problem(new ErrorDetail(error, "", args), source));
    }
}
