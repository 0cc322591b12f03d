package dev.tenon.store.sql.internal;

import dev.tenon.expression.Expr;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * H2. Where its own function depends on the server's language or on UTF-16, or rounds in its own way, an alias calls the
 * definition that evaluation in memory uses.
 */
final class H2Functions implements SqlFunctions {

    private static final String PREFIX = "tenon_";
    /** Methods of {@link H2Aliases}; H2 knows them under these names in lower case. */
    private static final List<String> ALIASES = List.of(
            "lower",
            "upper",
            "trim",
            "size",
            "substring",
            "indexOf",
            "replace",
            "text",
            "plainText",
            "divide",
            "remainder",
            "roundUp",
            "roundDown",
            "roundHalfEven",
            "dayOf",
            "dayIn",
            "timeOf",
            "startOfMonth",
            "endOfMonth",
            "addMonths",
            "monthsBetween",
            "addMinutes",
            "minutesBetween");

    H2Functions() {}

    /**
     * Made anew each time, since the file may be older than this program's classes. Names stay unquoted: H2 can be set to
     * fold them to lower or to upper case.
     */
    @Override
    public void install(DSLContext dsl) {
        for (String alias : ALIASES) {
            String name = "public." + PREFIX + alias;
            dsl.execute("drop alias if exists " + name);
            dsl.execute(
                    "create alias " + name + " deterministic for '" + H2Aliases.class.getName() + "." + alias + "'");
        }
        dsl.execute(FOLD);
    }

    /** Columns are computed with it, so it is never dropped; see {@link H2Aliases#fold}. */
    private static final String FOLD = "create alias if not exists public." + PREFIX + "fold deterministic for '"
            + H2Aliases.class.getName() + ".fold'";

    /** As a template, so that the name stays unquoted whatever the statement's settings are. */
    private static <T> Field<T> call(String alias, DataType<T> type, Field<?>... arguments) {
        return DSL.field(
                "public." + PREFIX + alias + "(" + SqlFunctions.places(arguments.length) + ")", type, arguments);
    }

    @Override
    public Field<BigDecimal> decimal(BigDecimal value) {
        int scale = Math.max(0, value.scale());
        int precision = Math.max(value.precision() - value.scale(), 0) + scale;
        return DSL.field(
                "cast({0} as numeric({1}, {2}))",
                SQLDataType.NUMERIC,
                DSL.val(value.toPlainString()),
                DSL.inline(Math.max(1, precision)),
                DSL.inline(scale));
    }

    /** As text, because a parameter that is a number has no digits behind the point. */
    @Override
    public Field<BigDecimal> decimal(Param<?> later) {
        return DSL.field(
                "cast({0} as numeric({1}, {2}))",
                SQLDataType.NUMERIC,
                DSL.param(later.getParamName(), SQLDataType.VARCHAR),
                DSL.inline(later.getDataType().precision()),
                DSL.inline(later.getDataType().scale()));
    }

    @Override
    public Field<BigDecimal> widen(Field<Long> integer) {
        return DSL.field("cast({0} as numeric(20, 0))", SQLDataType.NUMERIC, integer);
    }

    @Override
    public Field<BigDecimal> divide(Field<BigDecimal> dividend, Field<BigDecimal> divisor) {
        return call("divide", SQLDataType.NUMERIC, dividend, divisor);
    }

    /** H2 types its own {@code mod} like the divisor, and then believes that there is nothing to round. */
    @Override
    public Field<BigDecimal> remainder(Field<BigDecimal> dividend, Field<BigDecimal> divisor) {
        return call("remainder", SQLDataType.NUMERIC, dividend, divisor);
    }

    @Override
    public Field<BigDecimal> round(Field<BigDecimal> number, int digits) {
        return DSL.field("round({0}, {1})", SQLDataType.NUMERIC, number, DSL.inline(digits));
    }

    @Override
    public Field<String> lower(Field<String> text) {
        return call("lower", SQLDataType.VARCHAR, text);
    }

    @Override
    public Field<String> upper(Field<String> text) {
        return call("upper", SQLDataType.VARCHAR, text);
    }

    @Override
    public Field<String> fold(Field<String> text) {
        return call("fold", SQLDataType.VARCHAR, text);
    }

    @Override
    public Field<String> trim(Field<String> text) {
        return call("trim", SQLDataType.VARCHAR, text);
    }

    @Override
    public Field<Long> size(Field<String> text) {
        return call("size", SQLDataType.BIGINT, text);
    }

    @Override
    public Field<Boolean> contains(Field<String> text, Field<String> part) {
        return DSL.field("(locate({1}, {0}) > 0)", SQLDataType.BOOLEAN, text, part);
    }

    /** UTF-8's bytes have the order of the code points, H2's own order of UTF-16 has not. */
    @Override
    public Field<?> orderKey(Field<String> text) {
        return DSL.field("stringtoutf8({0})", byte[].class, text);
    }

    @Override
    public <T> SortField<T> sort(Field<T> value, boolean descending) {
        return descending ? value.desc().nullsFirst() : value.asc().nullsLast();
    }

    @Override
    public Field<String> plainText(Field<String> html) {
        return call("plainText", SQLDataType.VARCHAR, html);
    }

    @Override
    public Field<LocalTime> timeOf(Field<Instant> instant) {
        return call("timeOf", SQLDataType.LOCALTIME, instant);
    }

    @Override
    public Field<LocalDate> dayOf(Field<Instant> instant) {
        return call("dayOf", SQLDataType.LOCALDATE, instant);
    }

    @Override
    public Field<LocalDate> dayOf(Field<Instant> instant, ZoneId zone) {
        return call("dayIn", SQLDataType.LOCALDATE, instant, DSL.val(zone.getId()));
    }

    @Override
    public Field<?> extreme(String function, DataType<?> type, List<Field<?>> arguments) {
        return DSL.field(
                function + "(" + SqlFunctions.places(arguments.size()) + ") ignore nulls",
                type,
                arguments.toArray(Field<?>[]::new));
    }

    @Override
    public Field<?> own(Expr.Call call, List<Field<?>> arguments) {
        Field<?>[] all = arguments.toArray(Field<?>[]::new);
        DataType<?> type = SqlTypes.of(call.type());
        return switch (call.function()) {
            case SUBSTRING ->
                arguments.size() > 2
                        ? call("substring", type, all)
                        : call("substring", type, all[0], all[1], DSL.inline(Long.MAX_VALUE));
            case WEEKDAY -> DSL.field("cast(extract(iso_day_of_week from {0}) as bigint)", SQLDataType.BIGINT, all[0]);
            case ROUND_UP, ROUND_DOWN, ROUND_HALF_EVEN ->
                call(call.function().text(), type, all[0], DSL.inline(Calls.digits(call)));
            case TEXT_OF,
                    INDEX_OF,
                    REPLACE,
                    START_OF_MONTH,
                    END_OF_MONTH,
                    ADD_MONTHS,
                    MONTHS_BETWEEN,
                    ADD_MINUTES,
                    MINUTES_BETWEEN -> call(call.function().text(), type, all);
            default -> throw new IllegalArgumentException("has its own method: " + call.function());
        };
    }

    /** A cast would take midnight in the session's zone. */
    @Override
    public Field<Instant> startOf(Field<LocalDate> day) {
        return DSL.field(
                "dateadd(day, datediff(day, date '1970-01-01', {0}),"
                        + " timestamp with time zone '1970-01-01 00:00:00+00')",
                SQLDataType.INSTANT, day);
    }

    @Override
    public Field<LocalDate> addDays(Field<LocalDate> day, Field<Long> days) {
        Field<LocalDate> sum = DSL.field(
                "dateadd(day, least(greatest({1}, -4000000), 4000000), {0})", SQLDataType.LOCALDATE, day, days);
        return DSL.field(
                "nullif(nullif(greatest(least({0}, date '10000-01-01'), date '0000-12-31'), date '10000-01-01'),"
                        + " date '0000-12-31')",
                SQLDataType.LOCALDATE, sum);
    }

    @Override
    public Field<Long> daysBetween(Field<LocalDate> from, Field<LocalDate> to) {
        return DSL.field("datediff(day, {0}, {1})", SQLDataType.BIGINT, from, to);
    }
}
