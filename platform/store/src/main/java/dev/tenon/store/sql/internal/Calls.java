package dev.tenon.store.sql.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.store.schema.KeyList;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jooq.DatePart;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The functions of the language. */
final class Calls {

    private Calls() {}

    static Field<?> write(Expr.Call call, List<Field<?>> arguments, SqlFunctions functions, Arithmetic arithmetic) {
        Field<?> first = arguments.getFirst();
        return switch (call.function()) {
            case CONTAINS, STARTS_WITH, ENDS_WITH -> throw new IllegalArgumentException("a condition: " + call);
            case LOWER -> functions.lower(first.coerce(String.class));
            case UPPER -> functions.upper(first.coerce(String.class));
            case FOLD -> functions.fold(first.coerce(String.class));
            case TRIM -> functions.trim(first.coerce(String.class));
            case SIZE ->
                call.arguments().getFirst().type() instanceof ValueType.ListOf
                        ? count(first.coerce(String.class))
                        : functions.size(first.coerce(String.class));
            case PLAIN_TEXT -> functions.plainText(first.coerce(String.class));
            case CONCAT -> concat(arguments);
            case COALESCE -> coalesce(arguments, call.type());
            case ABS -> arithmetic.abs(first, call.type());
            case ROUND -> functions.round(first.coerce(BigDecimal.class), digits(call));
            case FLOOR -> arithmetic.integer(DSL.field("floor({0})", SQLDataType.NUMERIC, first));
            case CEIL -> arithmetic.integer(DSL.field("ceiling({0})", SQLDataType.NUMERIC, first));
            case MIN -> functions.extreme("least", SqlTypes.of(call.type()), arguments);
            case MAX -> functions.extreme("greatest", SqlTypes.of(call.type()), arguments);
            case LABEL -> label(arguments);
            case TEXT_OF ->
                call.arguments().getFirst().type() == ValueType.Simple.DECIMAL
                        ? functions.own(call, arguments)
                        : DSL.field("cast({0} as varchar)", SQLDataType.VARCHAR, first);
            case SUBSTRING,
                    INDEX_OF,
                    REPLACE,
                    ROUND_UP,
                    ROUND_DOWN,
                    ROUND_HALF_EVEN,
                    WEEKDAY,
                    START_OF_MONTH,
                    END_OF_MONTH,
                    ADD_MONTHS,
                    MONTHS_BETWEEN,
                    ADD_MINUTES,
                    MINUTES_BETWEEN -> functions.own(call, arguments);
            case QUARTER -> part(first, DatePart.QUARTER);
            case YEAR -> part(first, DatePart.YEAR);
            case MONTH -> part(first, DatePart.MONTH);
            case DAY -> part(first, DatePart.DAY);
            case HOUR -> part(first, DatePart.HOUR);
            case MINUTE -> part(first, DatePart.MINUTE);
            // With its fraction on one of the databases.
            case SECOND -> DSL.field("cast(floor(extract(second from {0})) as bigint)", SQLDataType.BIGINT, first);
            // With the seconds on one of the databases.
            case MICROSECOND ->
                DSL.field("mod(cast(extract(microsecond from {0}) as bigint), 1000000)", SQLDataType.BIGINT, first);
            case TIME_OF -> functions.timeOf(first.coerce(Instant.class));
            case DAYS_BETWEEN ->
                functions.daysBetween(
                        first.coerce(LocalDate.class), arguments.get(1).coerce(LocalDate.class));
            case ADD_DAYS ->
                functions.addDays(
                        first.coerce(LocalDate.class), arguments.get(1).coerce(Long.class));
            case DATE_OF ->
                call.arguments().size() == 1
                        ? functions.dayOf(first.coerce(Instant.class))
                        : functions.dayOf(first.coerce(Instant.class), zone(call));
        };
    }

    private static Field<?> part(Field<?> day, DatePart part) {
        return DSL.field("cast(extract({0} from {1}) as bigint)", SQLDataType.BIGINT, part.toKeyword(), day);
    }

    /** Of the keys in a text. */
    private static Field<Long> count(Field<String> keys) {
        return DSL.field(
                "cast(char_length({0}) - char_length(replace({0}, {1}, '')) - 1 as bigint)",
                SQLDataType.BIGINT, keys, DSL.inline(KeyList.SEPARATOR));
    }

    /** Number of digits that a rounding keeps. */
    static int digits(Expr.Call round) {
        return round.arguments().get(1) instanceof Expr.Literal literal && literal.value() instanceof Long digits
                ? digits.intValue()
                : 0;
    }

    private static ZoneId zone(Expr.Call call) {
        return call.arguments().size() > 1
                        && call.arguments().get(1) instanceof Expr.Literal literal
                        && literal.value() instanceof String id
                ? ZoneId.of(id)
                : ZoneOffset.UTC;
    }

    /** The key is written once, then every key with its label; the language before them is already chosen. */
    private static Field<String> label(List<Field<?>> arguments) {
        StringBuilder labels = new StringBuilder("case {0}");
        for (int i = 2; i < arguments.size(); i += 2) {
            labels.append(" when {")
                    .append(i)
                    .append("} then cast({")
                    .append(i + 1)
                    .append("} as varchar)");
        }
        return DSL.field(labels.append(" end").toString(), SQLDataType.VARCHAR, arguments.toArray(Field<?>[]::new));
    }

    private static Field<String> concat(List<Field<?>> parts) {
        Field<String> whole = filled(parts.getFirst());
        for (Field<?> part : parts.subList(1, parts.size())) {
            whole = whole.concat(filled(part));
        }
        return whole;
    }

    private static Field<String> filled(Field<?> part) {
        return DSL.coalesce(part.coerce(String.class), "");
    }

    private static Field<?> coalesce(List<Field<?>> arguments, ValueType type) {
        Field<?>[] others = arguments.subList(1, arguments.size()).toArray(Field<?>[]::new);
        // The type here only chooses between two overloads.
        return DSL.coalesce(arguments.getFirst().coerce(String.class), others).coerce(SqlTypes.of(type));
    }
}
