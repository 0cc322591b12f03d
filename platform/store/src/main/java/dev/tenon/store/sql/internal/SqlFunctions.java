package dev.tenon.store.sql.internal;

import dev.tenon.expression.Expr;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.SQLDialect;
import org.jooq.SortField;

/** What the databases write differently. Each operand is written once: nested expressions must not grow exponentially. */
public sealed interface SqlFunctions permits H2Functions, PostgresFunctions {

    /** Prepares the database. */
    void install(DSLContext dsl);

    /** A constant of exactly this value; databases guess a bare parameter's scale. */
    Field<BigDecimal> decimal(BigDecimal value);

    /** A constant that is given at each run, with at most the digits of the parameter's type. */
    Field<BigDecimal> decimal(Param<?> later);

    /** The integer as an exact decimal. */
    Field<BigDecimal> widen(Field<Long> integer);

    /** See {@link dev.tenon.expression.Operations#divide}. */
    Field<BigDecimal> divide(Field<BigDecimal> dividend, Field<BigDecimal> divisor);

    /** See {@link dev.tenon.expression.Operations#remainder}. */
    Field<BigDecimal> remainder(Field<BigDecimal> dividend, Field<BigDecimal> divisor);

    Field<BigDecimal> round(Field<BigDecimal> number, int digits);

    Field<String> lower(Field<String> text);

    Field<String> upper(Field<String> text);

    /** See {@link dev.tenon.expression.Operations#fold}; an index may be built on it. */
    Field<String> fold(Field<String> text);

    Field<String> trim(Field<String> text);

    /** Number of code points. */
    Field<Long> size(Field<String> text);

    /** Whether the second text occurs in the first. */
    Field<Boolean> contains(Field<String> text, Field<String> part);

    /** A key whose order is the order of the text's code points. */
    Field<?> orderKey(Field<String> text);

    /** Empty values last when ascending, first when descending. */
    <T> SortField<T> sort(Field<T> value, boolean descending);

    /** See {@link dev.tenon.expression.Operations#plainText}. */
    Field<String> plainText(Field<String> html);

    /** The time of day in UTC. */
    Field<LocalTime> timeOf(Field<Instant> instant);

    /** The day in UTC. */
    Field<LocalDate> dayOf(Field<Instant> instant);

    /** The day in a time zone, null outside of the language's years. */
    Field<LocalDate> dayOf(Field<Instant> instant, ZoneId zone);

    /** The least or the greatest of those that are not null. */
    Field<?> extreme(String function, DataType<?> type, List<Field<?>> arguments);

    /** {@code {0}, {1}, …}: places for as many operands in a template. */
    static String places(int count) {
        return IntStream.range(0, count).mapToObj(i -> "{" + i + "}").collect(Collectors.joining(", "));
    }

    /** A function for which each database has its own words. */
    Field<?> own(Expr.Call call, List<Field<?>> arguments);

    /** The instant at which the day starts in UTC. */
    Field<Instant> startOf(Field<LocalDate> day);

    Field<LocalDate> addDays(Field<LocalDate> day, Field<Long> days);

    Field<Long> daysBetween(Field<LocalDate> from, Field<LocalDate> to);

    static SqlFunctions of(SQLDialect dialect) {
        return switch (dialect.family()) {
            case H2 -> new H2Functions();
            case POSTGRES -> new PostgresFunctions();
            default -> throw new IllegalArgumentException("expressions have no form in " + dialect);
        };
    }
}
