package dev.tenon.expression;

import java.util.ArrayList;
import java.util.List;

/** Makes an expression from another one by replacing what it reads. */
public final class ExprRewrite {

    private ExprRewrite() {}

    /** What becomes of a field; {@code depth} counts the {@link Expr.Exists} and {@link Expr.Related} around it. */
    @FunctionalInterface
    public interface FieldRule {
        /** The replacement, or the field itself. */
        Expr replace(Expr.FieldRef field, int depth);
    }

    /** The expression with every field replaced by what the rule says. */
    public static Expr fields(Expr expr, FieldRule rule) {
        return walk(expr, rule, 0);
    }

    /**
     * A condition on the target of a lookup as a condition on the record that has the lookup.
     *
     * @param object the object that has the lookup
     */
    public static Expr through(Expr expr, String object, Expr.Hop lookup) {
        return fields(expr, (field, depth) -> {
            if (field.scope() != depth) {
                return field;
            }
            List<Expr.Hop> hops = new ArrayList<>();
            hops.add(lookup);
            hops.addAll(field.hops());
            return new Expr.FieldRef(field.scope(), object, hops, field.field(), field.type());
        });
    }

    /** The expression as part of the condition of one more {@link Expr.Exists} or {@link Expr.Related}, about the same record. */
    public static Expr inside(Expr expr) {
        return fields(
                expr,
                (field, depth) -> field.scope() < depth
                        ? field
                        : new Expr.FieldRef(
                                field.scope() + 1, field.object(), field.hops(), field.field(), field.type()));
    }

    private static Expr walk(Expr expr, FieldRule rule, int depth) {
        return switch (expr) {
            case Expr.FieldRef field -> rule.replace(field, depth);
            case Expr.Literal literal -> literal;
            case Expr.Variable variable -> variable;
            case Expr.Unary(var operator, var operand, var type) ->
                new Expr.Unary(operator, walk(operand, rule, depth), type);
            case Expr.Binary(var operator, var left, var right, var type) ->
                new Expr.Binary(operator, walk(left, rule, depth), walk(right, rule, depth), type);
            case Expr.IsNull(var operand) -> new Expr.IsNull(walk(operand, rule, depth));
            case Expr.In(var value, var list) -> new Expr.In(walk(value, rule, depth), walkAll(list, rule, depth));
            case Expr.Conditional(var condition, var then, var otherwise, var type) ->
                new Expr.Conditional(
                        walk(condition, rule, depth), walk(then, rule, depth), walk(otherwise, rule, depth), type);
            case Expr.Call(var function, var arguments, var type) ->
                new Expr.Call(function, walkAll(arguments, rule, depth), type);
            case Expr.Convert(var operand, var type) -> new Expr.Convert(walk(operand, rule, depth), type);
            case Expr.Exists(var object, var condition) -> new Expr.Exists(object, walk(condition, rule, depth + 1));
            case Expr.Count(var object, var condition) -> new Expr.Count(object, walk(condition, rule, depth + 1));
            case Expr.Related(var object, var condition, var field, var type) ->
                new Expr.Related(object, walk(condition, rule, depth + 1), field, type);
        };
    }

    private static List<Expr> walkAll(List<Expr> exprs, FieldRule rule, int depth) {
        return exprs.stream().map(e -> walk(e, rule, depth)).toList();
    }
}
