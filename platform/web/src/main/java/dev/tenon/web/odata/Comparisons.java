package dev.tenon.web.odata;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ExprBuilder;
import dev.tenon.expression.Function;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.SystemField;
import java.util.List;
import java.util.UUID;

/**
 * Comparisons as OData has them. They differ from the platform's in one thing that must not get lost: in OData a comparison
 * with an empty value is false (or, for {@code ne}, true), and nothing equals nothing; in the platform it is empty. Where
 * only truth counts that is the same; it is made equal where it is not, below {@code eq}, {@code ne} and {@code not}.
 */
final class Comparisons {

    private final ExprBuilder builder;

    Comparisons(ExprBuilder builder) {
        this.builder = builder;
    }

    /** The language does not order ids; a reader goes on behind the last row that way ({@code id gt …}). */
    Expr ordered(Expr.BinaryOperator operator, Expr left, Expr right) {
        boolean ownId = left instanceof Expr.FieldRef field
                && field.hops().isEmpty()
                && field.field().equals(SystemField.ID);
        return ownId && right instanceof Expr.Literal literal && literal.value() instanceof UUID
                ? new Expr.Binary(operator, left, right, ValueType.Simple.BOOLEAN)
                : builder.binary(operator, left, right);
    }

    /** Of two integers an integer, without what remains; the platform's own is always a decimal. */
    Expr quotient(Expr left, Expr right) {
        if (left.type() != ValueType.Simple.INTEGER || right.type() != ValueType.Simple.INTEGER) {
            return builder.binary(Expr.BinaryOperator.DIVIDE, left, right);
        }
        Expr whole = builder.binary(
                Expr.BinaryOperator.SUBTRACT, left, builder.binary(Expr.BinaryOperator.REMAINDER, left, right));
        return builder.call(Function.FLOOR, List.of(builder.binary(Expr.BinaryOperator.DIVIDE, whole, right)));
    }

    Expr same(Expr one, Expr other) {
        Expr left = decided(one);
        Expr right = decided(other);
        Expr plain = builder.binary(Expr.BinaryOperator.EQUAL, left, right);
        return never(left) || never(right)
                ? plain
                : builder.binary(
                        Expr.BinaryOperator.OR,
                        plain,
                        builder.binary(Expr.BinaryOperator.AND, builder.isNull(left), builder.isNull(right)));
    }

    /** What is never empty, or is the constant for it, so that there are no two empty sides. */
    private static boolean never(Expr side) {
        return switch (side) {
            case Expr.Literal _, Expr.IsNull _, Expr.Exists _, Expr.Count _ -> true;
            case Expr.Convert convert -> never(convert.operand());
            case Expr.Unary unary -> never(unary.operand());
            case Expr.FieldRef field ->
                field.hops().isEmpty()
                        && (field.field().equals(SystemField.ID)
                                || field.field().equals(SystemField.VERSION));
            default -> false;
        };
    }

    /** A truth value that is false where one side of a comparison is empty. */
    private Expr decided(Expr truth) {
        return switch (truth) {
            case Expr.Binary(Expr.BinaryOperator operator, Expr left, Expr right, ValueType _)
            when operator == Expr.BinaryOperator.AND || operator == Expr.BinaryOperator.OR ->
                builder.binary(operator, decided(left), decided(right));
            case Expr.Binary both
            when compares(both.operator()) ->
                builder.binary(Expr.BinaryOperator.AND, both, builder.not(builder.isNull(both)));
            case Expr.In list -> builder.binary(Expr.BinaryOperator.AND, list, builder.not(builder.isNull(list)));
            default -> truth;
        };
    }

    private static boolean compares(Expr.BinaryOperator operator) {
        return switch (operator) {
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
            default -> false;
        };
    }

    Expr different(Expr one, Expr other) {
        Expr left = decided(one);
        Expr right = decided(other);
        Expr plain = builder.binary(Expr.BinaryOperator.NOT_EQUAL, left, right);
        if (plain.equals(Expr.not(new Expr.IsNull(left))) || isNull(left) || isNull(right)) {
            return plain;
        }
        boolean leftConstant = left instanceof Expr.Literal;
        boolean rightConstant = right instanceof Expr.Literal;
        Expr oneEmpty;
        if (leftConstant && rightConstant) {
            return plain;
        } else if (rightConstant) {
            oneEmpty = builder.isNull(left);
        } else if (leftConstant) {
            oneEmpty = builder.isNull(right);
        } else {
            oneEmpty = builder.binary(Expr.BinaryOperator.NOT_EQUAL, builder.isNull(left), builder.isNull(right));
        }
        return builder.binary(Expr.BinaryOperator.OR, plain, oneEmpty);
    }

    private static boolean isNull(Expr expr) {
        return expr instanceof Expr.Literal literal && literal.value() == null;
    }

    /** Of a comparison that it does not hold; of anything else what is empty stays so. */
    Expr not(Expr operand) {
        return operand instanceof Expr.In || operand instanceof Expr.Binary both && compares(both.operator())
                ? untrue(operand)
                : builder.not(decided(operand));
    }

    /** That something is false or empty. */
    Expr untrue(Expr truth) {
        return builder.binary(Expr.BinaryOperator.OR, builder.not(truth), builder.isNull(truth));
    }
}
