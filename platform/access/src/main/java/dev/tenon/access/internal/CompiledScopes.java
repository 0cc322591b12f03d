package dev.tenon.access.internal;

import dev.tenon.access.AccessProblem;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ExpressionCompiler;
import dev.tenon.expression.Scope;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.PermissionSet;
import dev.tenon.metadata.model.PermissionSet.RowScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every row scope and formula of one model, compiled once; a text with problems grants nothing. */
public final class CompiledScopes {

    private final Map<ExpressionText, Map<String, Expr>> conditions = new HashMap<>();
    private final Map<String, Map<String, Expr>> formulas = new HashMap<>();
    private final List<AccessProblem> problems = new ArrayList<>();

    public CompiledScopes(Model model) {
        for (PermissionSet set : model.permissionSets().values()) {
            set.objects().forEach((object, permission) -> {
                if (model.findObject(object).isPresent()) {
                    compileScope(model, object, permission.read());
                    compileScope(model, object, permission.edit());
                }
            });
        }
        for (ObjectType object : model.objects().values()) {
            for (Field field : object.fields().values()) {
                if (field.type() instanceof FieldType.Formula formula) {
                    formula(formula.expression(), Scope.of(model, object.name()))
                            .ifPresent(expr -> formulas.computeIfAbsent(object.name(), o -> new HashMap<>())
                                    .put(field.name(), expr));
                }
            }
        }
    }

    /** Faults of scope texts; those of formulas are told by whoever compiles the formulas. */
    public List<AccessProblem> problems() {
        return List.copyOf(problems);
    }

    Expr condition(String object, ExpressionText text) {
        return conditions.getOrDefault(text, Map.of()).getOrDefault(object, Expr.FALSE);
    }

    /** Absent where the formula has a fault. */
    Optional<Expr> formula(String object, String field) {
        return Optional.ofNullable(formulas.getOrDefault(object, Map.of()).get(field));
    }

    private void compileScope(Model model, String object, RowScope scope) {
        switch (scope) {
            case RowScope.Own own -> {}
            case RowScope.All all -> {}
            case RowScope.Where where ->
                condition(where.condition(), Scope.of(model, object))
                        .ifPresent(expr -> conditions
                                .computeIfAbsent(where.condition(), t -> new HashMap<>())
                                .put(object, expr));
        }
    }

    private Optional<Expr> condition(ExpressionText text, Scope scope) {
        return switch (ExpressionCompiler.compile(text.text(), scope, ValueType.Simple.BOOLEAN)) {
            case ExpressionCompiler.Result.Compiled compiled -> Optional.of(compiled.expr());
            case ExpressionCompiler.Result.Refused refused -> {
                refused.problems().forEach(problem -> problems.add(AccessProblem.of(text, problem)));
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
