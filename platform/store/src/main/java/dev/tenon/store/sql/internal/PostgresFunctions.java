package dev.tenon.store.sql.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.Operations;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** PostgreSQL 17 or newer, database in UTF8. */
final class PostgresFunctions implements SqlFunctions {

    /** Unicode's simple case mapping without a locale; part of the server since version 17. */
    private static final String CASES = "pg_c_utf8";

    @Override
    public void install(DSLContext dsl) {
        boolean known = dsl.fetchExists(DSL.selectOne()
                .from(DSL.table(DSL.name("pg_catalog", "pg_collation")))
                .where(DSL.field(DSL.name("collname"), String.class).eq(CASES)));
        String encoding = dsl.fetchSingle("show server_encoding").get(0, String.class);
        if (!known || !"UTF8".equals(encoding)) {
            throw new IllegalStateException("PostgreSQL 17 or newer is needed with a database in the encoding UTF8;"
                    + " this one has the encoding " + encoding
                    + (known ? "" : " and no collation " + CASES));
        }
    }

    @Override
    public Field<BigDecimal> decimal(BigDecimal value) {
        return DSL.field("cast({0} as numeric)", SQLDataType.NUMERIC, DSL.val(value));
    }

    @Override
    public Field<BigDecimal> decimal(Param<?> later) {
        return DSL.field(
                "cast({0} as numeric)", SQLDataType.NUMERIC, DSL.param(later.getParamName(), SQLDataType.NUMERIC));
    }

    @Override
    public Field<BigDecimal> widen(Field<Long> integer) {
        return DSL.field("cast({0} as numeric)", SQLDataType.NUMERIC, integer);
    }

    /**
     * The server's own quotient is already rounded, and rounding twice is wrong; {@code div} truncates exactly. One digit
     * more than needed decides how to round half up, whatever digits follow.
     */
    @Override
    public Field<BigDecimal> divide(Field<BigDecimal> dividend, Field<BigDecimal> divisor) {
        BigDecimal unit = BigDecimal.ONE.movePointLeft(Operations.QUOTIENT_SCALE + 1);
        return DSL.field(
                "round(div(({0}) * {2}, nullif({1}, 0)) * {3}, {4})",
                SQLDataType.NUMERIC,
                dividend,
                divisor,
                DSL.inline(BigDecimal.TEN.pow(Operations.QUOTIENT_SCALE + 1)),
                DSL.inline(unit),
                DSL.inline(Operations.QUOTIENT_SCALE));
    }

    @Override
    public Field<BigDecimal> remainder(Field<BigDecimal> dividend, Field<BigDecimal> divisor) {
        return DSL.field("mod({0}, nullif({1}, 0))", SQLDataType.NUMERIC, dividend, divisor);
    }

    @Override
    public Field<BigDecimal> round(Field<BigDecimal> number, int digits) {
        return DSL.field("round({0}, {1})", SQLDataType.NUMERIC, number, DSL.inline(digits));
    }

    @Override
    public Field<String> lower(Field<String> text) {
        return cased("lower", text);
    }

    @Override
    public Field<String> upper(Field<String> text) {
        return cased("upper", text);
    }

    @Override
    public Field<String> fold(Field<String> text) {
        return lower(upper(DSL.field("normalize({0}, NFKC)", SQLDataType.VARCHAR, text)));
    }

    /** Back to "C" behind it: two different explicit collations in one comparison are an error. */
    private static Field<String> cased(String function, Field<String> text) {
        return DSL.field(
                "({0}(({1}) collate {2}) collate {3})",
                SQLDataType.VARCHAR, DSL.keyword(function), text, DSL.name(CASES), DSL.name("C"));
    }

    @Override
    public Field<String> trim(Field<String> text) {
        return DSL.field("btrim({0}, {1})", SQLDataType.VARCHAR, text, DSL.val(Operations.WHITE_SPACE));
    }

    @Override
    public Field<Long> size(Field<String> text) {
        return DSL.field("cast(char_length({0}) as bigint)", SQLDataType.BIGINT, text);
    }

    @Override
    public Field<Boolean> contains(Field<String> text, Field<String> part) {
        return DSL.field("(strpos({0}, {1}) > 0)", SQLDataType.BOOLEAN, text, part);
    }

    @Override
    public Field<?> orderKey(Field<String> text) {
        return DSL.field("(({0}) collate {1})", SQLDataType.VARCHAR, text, DSL.name("C"));
    }

    /** The server's default, which an index serves. */
    @Override
    public <T> SortField<T> sort(Field<T> value, boolean descending) {
        return descending ? value.desc() : value.asc();
    }

    @Override
    public Field<String> plainText(Field<String> html) {
        Field<String> text = replaced(replaced(html, Operations.LINE_TAGS, " "), Operations.TAGS, "");
        text = replaced(text, Operations.SPACES, " ");
        for (Map.Entry<String, String> entity : Operations.ENTITIES) {
            text = DSL.replace(text, DSL.inline(entity.getKey()), DSL.inline(entity.getValue()));
        }
        return trim(text);
    }

    private static Field<String> replaced(Field<String> text, String pattern, String instead) {
        return DSL.field(
                "regexp_replace({0}, {1}, {2}, 'g')",
                SQLDataType.VARCHAR, text, DSL.inline(pattern), DSL.inline(instead));
    }

    @Override
    public Field<LocalTime> timeOf(Field<Instant> instant) {
        return DSL.field("cast((({0}) at time zone 'UTC') as time)", SQLDataType.LOCALTIME, instant);
    }

    @Override
    public Field<LocalDate> dayOf(Field<Instant> instant) {
        return DSL.field("cast((({0}) at time zone 'UTC') as date)", SQLDataType.LOCALDATE, instant);
    }

    @Override
    public Field<LocalDate> dayOf(Field<Instant> instant, ZoneId zone) {
        return dayAt(DSL.field("(cast({0} as date) - date '0001-01-01')", SQLDataType.INTEGER, clock(instant, zone)));
    }

    /** A zone without a region goes as an interval: its name would mean the other side of Greenwich. */
    private static Field<?> clock(Field<Instant> instant, ZoneId zone) {
        boolean region = ZoneId.getAvailableZoneIds().contains(zone.getId());
        String offset = zone.getRules().getOffset(Instant.EPOCH).getId();
        return DSL.field(
                region ? "(({0}) at time zone cast({1} as varchar))" : "(({0}) at time zone cast({1} as interval))",
                SQLDataType.LOCALDATETIME,
                instant,
                DSL.val(region ? zone.getId() : offset.equals("Z") ? "00:00" : offset));
    }

    @Override
    public Field<?> extreme(String function, DataType<?> type, List<Field<?>> arguments) {
        return DSL.field(
                function + "(" + SqlFunctions.places(arguments.size()) + ")", type, arguments.toArray(Field<?>[]::new));
    }

    @Override
    public Field<?> own(Expr.Call call, List<Field<?>> arguments) {
        return PostgresCalls.write(call, arguments.toArray(Field<?>[]::new));
    }

    @Override
    public Field<Instant> startOf(Field<LocalDate> day) {
        return DSL.field("(cast(({0}) as timestamp) at time zone 'UTC')", SQLDataType.INSTANT, day);
    }

    /**
     * Counted from the first day as 0, since the server's sum of a day and a number fails outside of its own calendar.
     * Numbers too large for any valid day become one that is just outside, then null; least and greatest pass over null,
     * which so ends there too.
     */
    @Override
    public Field<LocalDate> addDays(Field<LocalDate> day, Field<Long> days) {
        Field<Integer> sum = DSL.field(
                "((({0}) - date '0001-01-01') + cast(least(greatest({1}, -4000000), 4000000) as integer))",
                SQLDataType.INTEGER, day, days);
        return dayAt(sum);
    }

    private static Field<LocalDate> dayAt(Field<Integer> daysFromTheFirst) {
        long behind = ChronoUnit.DAYS.between(Operations.FIRST_DAY, Operations.LAST_DAY) + 1;
        return DSL.field(
                "(date '0001-01-01' + nullif(nullif(greatest(least({0}, {1}), -1), {1}), -1))",
                SQLDataType.LOCALDATE, daysFromTheFirst, DSL.inline((int) behind));
    }

    @Override
    public Field<Long> daysBetween(Field<LocalDate> from, Field<LocalDate> to) {
        return DSL.field("cast((({1}) - ({0})) as bigint)", SQLDataType.BIGINT, from, to);
    }
}
