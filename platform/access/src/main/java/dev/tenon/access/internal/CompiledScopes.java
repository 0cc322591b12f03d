package dev.tenon.access.internal;

import dev.tenon.access.AccessProblem;
import dev.tenon.expression.DeclaredReads;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ExpressionCompiler;
import dev.tenon.expression.Scope;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.PermissionSet;
import dev.tenon.metadata.model.PermissionSet.RowScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every row scope of one model, compiled once, and its formulas, compiled when somebody's rights depend on one; a text with
 * problems grants nothing. Safe for use by several threads.
 */
public final class CompiledScopes {

    /** The same text means something else for each object. */
    private record Place(String object, ExpressionText text) {}

    /** @param answers what the model said of the names in it */
    private record Condition(Expr expr, DeclaredReads.Answers answers) {}

    private final Model model;
    private final Map<Place, Condition> conditions = new HashMap<>();
    private final Map<String, Map<String, Optional<Expr>>> formulas = new ConcurrentHashMap<>();
    private final List<AccessProblem> problems = new ArrayList<>();

    public CompiledScopes(Model model) {
        this(model, Optional.empty());
    }

    /** @param before of a model of before: what means the same in this one is taken from there */
    public CompiledScopes(Model model, Optional<CompiledScopes> before) {
        this.model = model;
        for (PermissionSet set : model.permissionSets().values()) {
            set.objects().forEach((object, permission) -> {
                if (model.findObject(object).isPresent()) {
                    compileScope(object, permission.read(), before);
                    compileScope(object, permission.edit(), before);
                }
            });
        }
    }

    /** Faults of scope texts; those of formulas are told by whoever compiles the formulas. */
    public List<AccessProblem> problems() {
        return List.copyOf(problems);
    }

    Expr condition(String object, ExpressionText text) {
        Condition found = conditions.get(new Place(object, text));
        return found == null ? Expr.FALSE : found.expr();
    }

    /** Absent where the formula has a fault. */
    Optional<Expr> formula(String object, Field field) {
        return field.type() instanceof FieldType.Formula formula
                ? formulas.computeIfAbsent(object, o -> new ConcurrentHashMap<>())
                        .computeIfAbsent(field.name(), f -> formula(formula.expression(), Scope.of(model, object)))
                : Optional.empty();
    }

    private void compileScope(String object, RowScope scope, Optional<CompiledScopes> before) {
        switch (scope) {
            case RowScope.Own own -> {}
            case RowScope.All all -> {}
            case RowScope.Where where -> {
                Place place = new Place(object, where.condition());
                before.map(scopes -> scopes.conditions.get(place))
                        .filter(known -> known.answers().sameIn(model))
                        .or(() -> condition(place))
                        .ifPresent(condition -> conditions.put(place, condition));
            }
        }
    }

    private Optional<Condition> condition(Place place) {
        DeclaredReads reads = new DeclaredReads(model);
        return switch (ExpressionCompiler.compile(
                place.text().text(), Scope.of(reads, place.object()), ValueType.Simple.BOOLEAN)) {
            case ExpressionCompiler.Result.Compiled compiled ->
                Optional.of(new Condition(compiled.expr(), reads.answers()));
            case ExpressionCompiler.Result.Refused refused -> {
                refused.problems().forEach(problem -> problems.add(AccessProblem.of(place.text(), problem)));
                yield Optional.empty();
            }
        };
    }

    private static Optional<Expr> formula(ExpressionText text, Scope scope) {
        return switch (ExpressionCompiler.compile(text.text(), scope)) {
            case ExpressionCompiler.Result.Compiled compiled -> Optional.of(compiled.expr());
            case ExpressionCompiler.Result.Refused refused -> Optional.empty();
        };
    }
}
