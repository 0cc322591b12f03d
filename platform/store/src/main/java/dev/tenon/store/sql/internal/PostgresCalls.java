package dev.tenon.store.sql.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.Operations;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Functions that PostgreSQL has not, or not for all values. */
final class PostgresCalls {

    /** A number of characters that no text reaches; unlike greatest and least, these are null for null. */
    private static final String INDEX = "cast(int8smaller(int8larger(%s, 0), 1000000000) as integer)";

    private PostgresCalls() {}

    static Field<?> write(Expr.Call call, Field<?>[] arguments) {
        DataType<?> type = SqlTypes.of(call.type());
        return switch (call.function()) {
            case TEXT_OF -> DSL.field("cast(trim_scale({0}) as varchar)", type, arguments);
            case SUBSTRING -> substring(type, arguments);
            case INDEX_OF -> DSL.field("cast(strpos({0}, {1}) - 1 as bigint)", type, arguments);
            case REPLACE -> replace(type, arguments);
            case ROUND_DOWN -> DSL.field("trunc({0}, {1})", type, arguments[0], DSL.inline(Calls.digits(call)));
            case ROUND_UP -> roundUp(Calls.digits(call), arguments[0]);
            case ROUND_HALF_EVEN -> roundHalfEven(Calls.digits(call), arguments[0]);
            case WEEKDAY -> DSL.field("cast(extract(isodow from {0}) as bigint)", type, arguments);
            case START_OF_MONTH ->
                DSL.field("cast(date_trunc('month', cast(({0}) as timestamp)) as date)", type, arguments);
            case END_OF_MONTH ->
                DSL.field(
                        "cast(date_trunc('month', cast(({0}) as timestamp)) + interval '1 month -1 day' as date)",
                        type, arguments);
            case ADD_MONTHS -> addMonths(type, arguments);
            case MONTHS_BETWEEN -> monthsBetween(type, arguments);
            case ADD_MINUTES -> addMinutes(type, arguments);
            case MINUTES_BETWEEN ->
                DSL.field(
                        "cast(div(extract(epoch from ({1})) - extract(epoch from ({0})), 60) as bigint)",
                        type, arguments);
            default -> throw new IllegalArgumentException("has its own method: " + call.function());
        };
    }

    /**
     * A value that needs an operand more than once, which as a column of a row in between is written once. "offset 0" keeps
     * the planner from putting the operand back into each place.
     */
    private static Field<?> once(String value, DataType<?> type, Field<?>... operands) {
        StringBuilder row = new StringBuilder("(select ").append(value).append(" from (select ");
        for (int i = 0; i < operands.length; i++) {
            row.append(i == 0 ? "" : ", ").append('{').append(i).append("} as ").append((char) ('a' + i));
        }
        return DSL.field(row.append(" offset 0) as q)").toString(), type, operands);
    }

    private static Field<?> substring(DataType<?> type, Field<?>[] arguments) {
        String start = "substr({0}, " + INDEX.formatted("{1}") + " + 1";
        return DSL.field(
                arguments.length > 2 ? start + ", " + INDEX.formatted("{2}") + ")" : start + ")", type, arguments);
    }

    /** The length of the result is known before it is made. */
    private static Field<?> replace(DataType<?> type, Field<?>[] arguments) {
        String found = "(char_length(q.a) - char_length(replace(q.a, q.b, ''))) / nullif(char_length(q.b), 0)";
        return once(
                "case when char_length(q.a) + cast(" + found + " as bigint) * (char_length(q.c) - char_length(q.b)) > "
                        + Operations.LONGEST_REPLACED + " then null else replace(q.a, q.b, q.c) end",
                type,
                arguments);
    }

    private static Field<?> roundUp(int digits, Field<?> number) {
        String kept = "trunc(q.a, " + digits + ")";
        return once(
                "case when q.a = " + kept + " then q.a else " + kept + " + sign(q.a) * " + unit(digits) + " end",
                SQLDataType.NUMERIC,
                number);
    }

    private static Field<?> roundHalfEven(int digits, Field<?> number) {
        String kept = "trunc(q.a, " + digits + ")";
        return once(
                "case when abs(q.a - " + kept + ") * 2 = " + unit(digits) + " and mod(" + kept + " * "
                        + BigDecimal.TEN.pow(digits).toPlainString() + ", 2) = 0 then " + kept + " else round(q.a, "
                        + digits + ") end",
                SQLDataType.NUMERIC,
                number);
    }

    private static String unit(int digits) {
        return BigDecimal.ONE.movePointLeft(digits).toPlainString();
    }

    /** The server's own sum fails outside of its calendar, so the month that comes out is looked at first. */
    private static Field<?> addMonths(DataType<?> type, Field<?>[] arguments) {
        return once(
                "case when " + month("q.a") + " + q.b between 13 and " + (Operations.LAST_DAY.getYear() * 12 + 12)
                        + " then cast(cast(q.a as timestamp) + make_interval(months => cast(q.b as integer)) as date) end",
                type,
                arguments);
    }

    private static String month(String day) {
        return "extract(year from " + day + ") * 12 + extract(month from " + day + ")";
    }

    /** Months and days of a month as one number, as Java counts them. */
    private static Field<?> monthsBetween(DataType<?> type, Field<?>[] arguments) {
        String packed = "((" + month("%1$s") + ") * 32 + extract(day from %1$s))";
        return once(
                "cast(div(" + packed.formatted("q.b") + " - " + packed.formatted("q.a") + ", 32) as bigint)",
                type,
                arguments);
    }

    private static Field<?> addMinutes(DataType<?> type, Field<?>[] arguments) {
        long first = second(Operations.FIRST_DAY);
        long end = second(Operations.LAST_DAY.plusDays(1));
        String sum = "extract(epoch from q.a) + cast(q.b as numeric) * 60";
        return once(
                "case when " + sum + " >= " + first + " and " + sum + " < " + end
                        + " then q.a + q.b * interval '1 minute' end",
                type,
                arguments);
    }

    private static long second(LocalDate day) {
        return day.atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    }
}
