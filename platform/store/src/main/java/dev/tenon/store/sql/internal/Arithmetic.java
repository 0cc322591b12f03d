package dev.tenon.store.sql.internal;

import dev.tenon.expression.Expr.BinaryOperator;
import dev.tenon.expression.ValueType;
import dev.tenon.expression.ValueType.Simple;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Numbers. Decimals are the databases' own exact ones. Integers are computed as such decimals and then brought back,
 * because the databases' integer overflow is an error and the language's is null.
 */
final class Arithmetic {

    private static final BigDecimal ABOVE = new BigDecimal(BigInteger.ONE.shiftLeft(63));
    private static final BigDecimal BELOW = ABOVE.negate().subtract(BigDecimal.ONE);

    private final SqlFunctions functions;

    Arithmetic(SqlFunctions functions) {
        this.functions = functions;
    }

    Field<?> apply(BinaryOperator operator, Field<?> left, Field<?> right, ValueType type) {
        if (type == Simple.TEXT) {
            return left.coerce(String.class).concat(right.coerce(String.class));
        }
        if (operator == BinaryOperator.DIVIDE) {
            return functions.divide(left.coerce(BigDecimal.class), right.coerce(BigDecimal.class));
        }
        if (operator == BinaryOperator.REMAINDER) {
            // Cannot overflow, so integers need no detour.
            return type == Simple.INTEGER
                    ? DSL.field("mod({0}, nullif({1}, 0))", SQLDataType.BIGINT, left, right)
                    : functions.remainder(left.coerce(BigDecimal.class), right.coerce(BigDecimal.class));
        }
        boolean integers = type == Simple.INTEGER;
        Field<BigDecimal> a = integers ? wide(left) : left.coerce(BigDecimal.class);
        Field<BigDecimal> b = integers ? wide(right) : right.coerce(BigDecimal.class);
        Field<BigDecimal> result = switch (operator) {
            case ADD -> DSL.field("({0} + {1})", SQLDataType.NUMERIC, a, b);
            case SUBTRACT -> DSL.field("({0} - {1})", SQLDataType.NUMERIC, a, b);
            case MULTIPLY -> DSL.field("({0} * {1})", SQLDataType.NUMERIC, a, b);
            case DIVIDE, REMAINDER, AND, OR, EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                throw new IllegalArgumentException("no arithmetic: " + operator);
        };
        return integers ? integer(result) : result;
    }

    Field<?> negate(Field<?> operand, ValueType type) {
        return type == Simple.INTEGER
                ? integer(DSL.field("(0 - {0})", SQLDataType.NUMERIC, wide(operand)))
                : DSL.field("(0 - {0})", SQLDataType.NUMERIC, operand);
    }

    Field<?> abs(Field<?> operand, ValueType type) {
        return type == Simple.INTEGER
                ? integer(DSL.field("abs({0})", SQLDataType.NUMERIC, wide(operand)))
                : DSL.field("abs({0})", SQLDataType.NUMERIC, operand);
    }

    /**
     * A whole decimal as an integer, null beyond 64 bits. What is beyond becomes the next number there, then null: so the
     * operand is written once, where a CASE would need it twice and nested ones would grow exponentially.
     */
    Field<Long> integer(Field<BigDecimal> whole) {
        return DSL.field(
                "cast(nullif(nullif(greatest(least({0}, {1}), {2}), {1}), {2}) as bigint)",
                SQLDataType.BIGINT, whole, DSL.inline(ABOVE), DSL.inline(BELOW));
    }

    private Field<BigDecimal> wide(Field<?> integer) {
        return functions.widen(integer.coerce(Long.class));
    }
}
