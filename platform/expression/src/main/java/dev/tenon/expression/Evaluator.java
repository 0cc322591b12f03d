package dev.tenon.expression;

import dev.tenon.expression.Expr.BinaryOperator;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Computes expressions in memory, with the same answer as their SQL. Null semantics are documented at {@link Expr}; every
 * operation is total, so evaluation never fails on any values of the right types.
 */
public final class Evaluator {

    private Evaluator() {}

    /**
     * The value of the expression.
     *
     * @throws UnsupportedOperationException for {@link Expr.Exists}, {@link Expr.Count} and {@link Expr.Related}, and for fields outside of
     *     them: those look at other records, only a database can
     */
    public static @Nullable Object evaluate(Expr expr, EvaluationContext context) {
        return switch (expr) {
            case Expr.Literal literal -> literal.value();
            case Expr.FieldRef field -> {
                if (field.scope() != 0) {
                    throw new UnsupportedOperationException("a record outside of the one at hand: " + field);
                }
                yield context.field(field.hops(), field.field());
            }
            case Expr.Variable variable -> context.variable(variable.name());
            case Expr.Unary unary -> unary(unary, evaluate(unary.operand(), context));
            case Expr.Binary binary -> binary(binary, context);
            case Expr.IsNull test -> evaluate(test.operand(), context) == null;
            case Expr.In in -> in(in, context);
            case Expr.Conditional conditional ->
                holds(conditional.condition(), context)
                        ? evaluate(conditional.then(), context)
                        : evaluate(conditional.otherwise(), context);
            case Expr.Call call -> call(call, context);
            case Expr.Convert convert -> {
                Object value = evaluate(convert.operand(), context);
                yield value == null ? null : widen(value);
            }
            case Expr.Exists exists -> throw new UnsupportedOperationException("exists over " + exists.object());
            case Expr.Count count -> throw new UnsupportedOperationException("count of " + count.object());
            case Expr.Related related -> throw new UnsupportedOperationException("related " + related.object());
        };
    }

    /** Whether a condition is true; null is not. */
    public static boolean holds(Expr condition, EvaluationContext context) {
        return Boolean.TRUE.equals(evaluate(condition, context));
    }

    /**
     * Whether a condition is true, as far as the record at hand can tell by itself; empty where only a database can, which
     * knows the records it refers to and those beside it.
     */
    public static Optional<Boolean> holdsByItself(Expr condition, EvaluationContext context) {
        if (condition instanceof Expr.Binary binary
                && (binary.operator() == BinaryOperator.AND || binary.operator() == BinaryOperator.OR)) {
            boolean decisive = binary.operator() == BinaryOperator.OR;
            Optional<Boolean> left = holdsByItself(binary.left(), context);
            if (left.isPresent() && left.get() == decisive) {
                return left;
            }
            Optional<Boolean> right = holdsByItself(binary.right(), context);
            if (right.isPresent() && right.get() == decisive) {
                return right;
            }
            return left.isPresent() ? right : left;
        }
        return ownFieldsOnly(condition) ? Optional.of(holds(condition, context)) : Optional.empty();
    }

    private static boolean ownFieldsOnly(Expr expr) {
        return switch (expr) {
            case Expr.Literal literal -> true;
            case Expr.Variable variable -> true;
            case Expr.FieldRef field -> field.scope() == 0 && field.hops().isEmpty();
            case Expr.Unary unary -> ownFieldsOnly(unary.operand());
            case Expr.Binary binary -> ownFieldsOnly(binary.left()) && ownFieldsOnly(binary.right());
            case Expr.IsNull test -> ownFieldsOnly(test.operand());
            case Expr.In in -> ownFieldsOnly(in.value()) && in.list().stream().allMatch(Evaluator::ownFieldsOnly);
            case Expr.Conditional conditional ->
                ownFieldsOnly(conditional.condition())
                        && ownFieldsOnly(conditional.then())
                        && ownFieldsOnly(conditional.otherwise());
            case Expr.Call call -> call.arguments().stream().allMatch(Evaluator::ownFieldsOnly);
            case Expr.Convert convert -> ownFieldsOnly(convert.operand());
            case Expr.Exists exists -> false;
            case Expr.Count count -> false;
            case Expr.Related related -> false;
        };
    }

    private static Object widen(Object value) {
        return switch (value) {
            case Long number -> BigDecimal.valueOf(number);
            case LocalDate day -> Operations.startOf(day);
            case String id -> java.util.UUID.fromString(id);
            case BigDecimal number -> number.toPlainString();
            default -> value;
        };
    }

    private static @Nullable Object unary(Expr.Unary unary, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (unary.operator()) {
            case NOT -> !((Boolean) value);
            case NEGATE ->
                value instanceof BigDecimal decimal
                        ? decimal.negate()
                        : Operations.integer(exact(value).negate());
        };
    }

    private static @Nullable Object binary(Expr.Binary binary, EvaluationContext context) {
        Object left = evaluate(binary.left(), context);
        boolean and = binary.operator() == BinaryOperator.AND;
        if (and || binary.operator() == BinaryOperator.OR) {
            boolean decisive = !and;
            if (Objects.equals(left, decisive)) {
                return decisive;
            }
            Object right = evaluate(binary.right(), context);
            if (Objects.equals(right, decisive)) {
                return decisive;
            }
            return left == null || right == null ? null : and;
        }
        Object right = evaluate(binary.right(), context);
        return left == null || right == null ? null : apply(binary.operator(), left, right);
    }

    private static @Nullable Object apply(BinaryOperator operator, Object left, Object right) {
        return switch (operator) {
            case AND, OR -> throw new IllegalStateException("has its own null semantics");
            case EQUAL -> same(left, right);
            case NOT_EQUAL -> !same(left, right);
            case LESS -> compare(left, right) < 0;
            case LESS_OR_EQUAL -> compare(left, right) <= 0;
            case GREATER -> compare(left, right) > 0;
            case GREATER_OR_EQUAL -> compare(left, right) >= 0;
            case ADD -> left instanceof String text ? text + right : arithmetic(operator, left, right);
            case SUBTRACT, MULTIPLY, DIVIDE, REMAINDER -> arithmetic(operator, left, right);
        };
    }

    private static boolean same(Object left, Object right) {
        return left instanceof BigDecimal a && right instanceof BigDecimal b ? a.compareTo(b) == 0 : left.equals(right);
    }

    static int compare(Object left, Object right) {
        return switch (left) {
            case String text -> Operations.compare(text, (String) right);
            case Long number -> number.compareTo((Long) right);
            case BigDecimal number -> number.compareTo((BigDecimal) right);
            case LocalDate day -> day.compareTo((LocalDate) right);
            case Instant instant -> instant.compareTo((Instant) right);
            case LocalTime time -> time.compareTo((LocalTime) right);
            case UUID id -> compare(id, (UUID) right);
            default -> throw new IllegalArgumentException("values without an order: " + left.getClass());
        };
    }

    /** As both databases do, byte by byte; {@link UUID#compareTo} takes the halves for signed numbers. */
    private static int compare(UUID left, UUID right) {
        int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
    }

    private static @Nullable Object arithmetic(BinaryOperator operator, Object left, Object right) {
        return left instanceof BigDecimal a
                ? decimals(operator, a, (BigDecimal) right)
                : integers(operator, exact(left), exact(right));
    }

    private static @Nullable BigDecimal decimals(BinaryOperator operator, BigDecimal a, BigDecimal b) {
        return switch (operator) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.subtract(b);
            case MULTIPLY -> a.multiply(b);
            case DIVIDE -> Operations.divide(a, b);
            case REMAINDER -> Operations.remainder(a, b);
            case AND, OR, EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                throw new IllegalArgumentException("no arithmetic: " + operator);
        };
    }

    private static @Nullable Long integers(BinaryOperator operator, BigInteger a, BigInteger b) {
        return switch (operator) {
            case ADD -> Operations.integer(a.add(b));
            case SUBTRACT -> Operations.integer(a.subtract(b));
            case MULTIPLY -> Operations.integer(a.multiply(b));
            case REMAINDER -> b.signum() == 0 ? null : Operations.integer(a.remainder(b));
            case DIVIDE -> throw new IllegalArgumentException("division is decimal");
            case AND, OR, EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                throw new IllegalArgumentException("no arithmetic: " + operator);
        };
    }

    private static BigInteger exact(Object integer) {
        return BigInteger.valueOf((Long) integer);
    }

    private static @Nullable Boolean in(Expr.In in, EvaluationContext context) {
        Object value = evaluate(in.value(), context);
        if (value == null) {
            return null;
        }
        boolean unknown = false;
        for (Expr element : in.list()) {
            Object found = evaluate(element, context);
            // An empty parameter list has no values; an empty single value might be any.
            Collection<?> candidates = found instanceof Collection<?> many
                    ? many
                    : element.type() instanceof ValueType.ListOf ? List.of() : java.util.Collections.singleton(found);
            for (Object candidate : candidates) {
                if (candidate == null) {
                    unknown = true;
                } else if (same(value, candidate)) {
                    return true;
                }
            }
        }
        return unknown ? null : false;
    }

    private static @Nullable Object call(Expr.Call call, EvaluationContext context) {
        List<Expr> arguments = call.arguments();
        if (call.function() == Function.COALESCE) {
            return arguments.stream()
                    .map(argument -> evaluate(argument, context))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        List<@Nullable Object> values = new ArrayList<>(arguments.size());
        for (Expr argument : arguments) {
            values.add(evaluate(argument, context));
        }
        return FunctionValues.of(call.function(), values);
    }
}
