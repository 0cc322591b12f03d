package dev.tenon.store.schema;

import dev.tenon.tenancy.RetypeLoss.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * How values of one type become values of another, in SQL that both databases understand and that never fails: what
 * cannot be converted becomes empty. The same expression fills a column, keeps it right while people write, and tells
 * beforehand what would be lost.
 *
 * @param keys of the picklist that the values have to be in; empty: any value
 */
record Conversion(ColumnType from, ColumnType to, List<String> keys) {

    private static final String DATE_FORM = "YYYY-MM-DD";

    /** Days that exist: leap years are those whose last two digits, or first two of a full century, divide by four. */
    private static final String DAY = "(([0-9]{4}-((01|03|05|07|08|10|12)-(0[1-9]|[12][0-9]|3[01])"
            + "|(04|06|09|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])))"
            + "|(([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29))";

    private static final String CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?";
    private static final String ZONE = "(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])";
    private static final String WHOLE = "^[+-]?[0-9]{1,30}$";
    private static final String DECIMAL = "^[+-]?[0-9]{1,30}([.][0-9]{1,30})?$";

    /** Wide enough for every text that {@link #DECIMAL} takes. */
    private static final org.jooq.DataType<BigDecimal> EXACT = SQLDataType.NUMERIC(70, 30);

    private static final BigDecimal MOST_WHOLE = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final List<String> TRUE = List.of("true", "yes", "1", "是");
    private static final List<String> FALSE = List.of("false", "no", "0", "否");
    private static final int SECONDS_LENGTH = 8;

    Conversion {
        keys = List.copyOf(keys);
    }

    /** Whether there is a way at all. */
    boolean possible() {
        if (from == ColumnType.Simple.ID || to == ColumnType.Simple.ID) {
            return from == to;
        }
        // No database opens what is sealed.
        if (from instanceof ColumnType.Sealed || to instanceof ColumnType.Sealed) {
            return from instanceof ColumnType.Sealed && to instanceof ColumnType.Sealed;
        }
        return from.equals(to)
                || from instanceof ColumnType.Text
                || to instanceof ColumnType.Text
                || to == ColumnType.Simple.KEYS
                || numeric(from) && numeric(to)
                || pair(ColumnType.Simple.BOOL, ColumnType.Simple.WHOLE)
                || pair(ColumnType.Simple.DATE, ColumnType.Simple.INSTANT);
    }

    private static boolean numeric(ColumnType type) {
        return type == ColumnType.Simple.WHOLE || type instanceof ColumnType.Decimal;
    }

    private boolean pair(ColumnType one, ColumnType other) {
        return from == one && to == other || from == other && to == one;
    }

    /** The converted value; empty where there is none. */
    Field<?> value(Field<?> source) {
        if (!possible()) {
            return DSL.castNull(to.valueType());
        }
        if (!keys.isEmpty()) {
            return key(text(source));
        }
        // What a text would leave out, the parts of a second, must not get lost on the way back.
        if (from.equals(to)) {
            return source;
        }
        return switch (to) {
            case ColumnType.Text(int length) ->
                from instanceof ColumnType.Text
                        ? DSL.left(varchar(source), DSL.inline(length))
                        : when(DSL.charLength(text(source)).le(DSL.inline(length)), text(source));
            case ColumnType.Sealed sealed -> varchar(source);
            case ColumnType.Decimal(int precision, int scale) -> decimal(source, precision, scale);
            case ColumnType.Simple simple -> simple(source, simple);
        };
    }

    private Field<?> simple(Field<?> source, ColumnType.Simple wanted) {
        Field<String> text = DSL.trim(text(source));
        return switch (wanted) {
            case WHOLE -> from == ColumnType.Simple.BOOL ? oneOrZero(source) : whole(source);
            case BOOL ->
                DSL.when(DSL.lower(text).in(inlined(TRUE)), DSL.inline(true))
                        .when(DSL.lower(text).in(inlined(FALSE)), DSL.inline(false));
            case DATE ->
                from == ColumnType.Simple.INSTANT
                        ? when(source.isNotNull(), DSL.cast(chars(utc(source), DATE_FORM), wanted.standard()))
                        : when(text.likeRegex(DSL.inline("^" + DAY + "$")), DSL.cast(text, wanted.standard()));
            case INSTANT -> instant(text);
            case TIME -> when(text.likeRegex(DSL.inline("^" + CLOCK + "$")), DSL.cast(text, wanted.standard()));
            case KEYS, ID -> varchar(source);
        };
    }

    /** Without a zone it is a moment of UTC, without a time the day's begin there. */
    private static Field<?> instant(Field<String> text) {
        Field<String> whole = DSL.when(
                        text.likeRegex(DSL.inline("^" + DAY + "$")), text.concat(DSL.inline("T00:00:00Z")))
                .when(text.likeRegex(DSL.inline("^" + DAY + "[T ]" + CLOCK + ZONE + "$")), text)
                .when(text.likeRegex(DSL.inline("^" + DAY + "[T ]" + CLOCK + "$")), text.concat(DSL.inline("Z")));
        return DSL.cast(whole, ColumnType.Simple.INSTANT.standard());
    }

    private static Field<?> oneOrZero(Field<?> source) {
        return DSL.when(source.coerce(SQLDataType.BOOLEAN).isTrue(), DSL.inline(1L))
                .when(source.coerce(SQLDataType.BOOLEAN).isFalse(), DSL.inline(0L));
    }

    private Field<?> whole(Field<?> source) {
        Field<BigDecimal> rounded = DSL.round(number(source, WHOLE), DSL.inline(0));
        return when(
                rounded.between(DSL.inline(MOST_WHOLE.negate()), DSL.inline(MOST_WHOLE)),
                DSL.cast(rounded, SQLDataType.BIGINT));
    }

    private Field<?> decimal(Field<?> source, int precision, int scale) {
        Field<BigDecimal> rounded = DSL.round(number(source, DECIMAL), DSL.inline(scale));
        return when(
                DSL.abs(rounded).lt(DSL.inline(BigDecimal.TEN.pow(precision - scale))),
                DSL.cast(rounded, SQLDataType.NUMERIC(precision, scale)));
    }

    private Field<BigDecimal> number(Field<?> source, String form) {
        if (from instanceof ColumnType.Decimal) {
            return source.coerce(SQLDataType.NUMERIC);
        }
        if (from == ColumnType.Simple.WHOLE) {
            return DSL.cast(source, EXACT);
        }
        Field<String> text = DSL.trim(text(source));
        return when(text.likeRegex(DSL.inline(form)), DSL.cast(text, EXACT));
    }

    private Field<?> key(Field<String> text) {
        Field<String> wanted = DSL.lower(DSL.trim(text));
        org.jooq.CaseConditionStep<String> chosen = null;
        for (String key : keys) {
            Condition same = wanted.eq(DSL.inline(key.toLowerCase(Locale.ROOT)));
            Field<String> value = DSL.inline(to == ColumnType.Simple.KEYS ? ";" + key + ";" : key);
            chosen = chosen == null ? DSL.when(same, value) : chosen.when(same, value);
        }
        return java.util.Objects.requireNonNull(chosen);
    }

    /** The value as people would write it, in one form on both databases. */
    private Field<String> text(Field<?> source) {
        return switch (from) {
            case ColumnType.Text text -> varchar(source);
            case ColumnType.Sealed sealed -> varchar(source);
            case ColumnType.Decimal decimal -> DSL.cast(source, SQLDataType.VARCHAR);
            case ColumnType.Simple simple ->
                switch (simple) {
                    case WHOLE, ID -> DSL.cast(source, SQLDataType.VARCHAR);
                    case BOOL ->
                        DSL.when(source.coerce(SQLDataType.BOOLEAN).isTrue(), DSL.inline("true"))
                                .when(source.coerce(SQLDataType.BOOLEAN).isFalse(), DSL.inline("false"));
                    case DATE -> chars(source, DATE_FORM);
                    case INSTANT ->
                        chars(utc(source), DATE_FORM)
                                .concat(DSL.inline("T"))
                                .concat(chars(utc(source), "HH24:MI:SS"))
                                .concat(DSL.inline("Z"));
                    case TIME -> DSL.left(DSL.cast(source, SQLDataType.VARCHAR), DSL.inline(SECONDS_LENGTH));
                    case KEYS ->
                        DSL.replace(
                                DSL.substring(
                                        varchar(source),
                                        DSL.inline(2),
                                        DSL.greatest(
                                                DSL.charLength(varchar(source)).minus(DSL.inline(2)), DSL.inline(0))),
                                DSL.inline(KeyList.SEPARATOR),
                                DSL.inline(KeyList.SEPARATOR + " "));
                };
        };
    }

    private static Field<String> chars(Field<?> moment, String form) {
        return DSL.field("to_char({0}, {1})", SQLDataType.VARCHAR, moment, DSL.inline(form));
    }

    private static Field<?> utc(Field<?> source) {
        return DSL.field("({0} at time zone 'UTC')", SQLDataType.TIMESTAMP, source);
    }

    private static Field<String> varchar(Field<?> source) {
        return source.coerce(SQLDataType.VARCHAR);
    }

    private static List<Field<String>> inlined(List<String> words) {
        return words.stream().<Field<String>>map(DSL::inline).toList();
    }

    private static <T> Field<T> when(Condition condition, Field<T> value) {
        return DSL.when(condition, value);
    }

    /** What happens to a value that is not lost but becomes another one. */
    Optional<Kind> changes() {
        if (!keys.isEmpty() || !possible()) {
            return Optional.empty();
        }
        return Optional.ofNullable(changedKind());
    }

    private @Nullable Kind changedKind() {
        if (from instanceof ColumnType.Text(int had) && to instanceof ColumnType.Text(int length)) {
            return length < had ? Kind.SHORTENED : null;
        }
        if (to == ColumnType.Simple.DATE && from == ColumnType.Simple.INSTANT) {
            return Kind.TIME_DROPPED;
        }
        if (from == ColumnType.Simple.INSTANT && to instanceof ColumnType.Text) {
            return Kind.ROUNDED;
        }
        boolean rounds = to == ColumnType.Simple.WHOLE && from instanceof ColumnType.Decimal
                || to instanceof ColumnType.Decimal && !(from == ColumnType.Simple.WHOLE);
        return rounds ? Kind.ROUNDED : null;
    }

    /** Whether a value that is not lost becomes another one. */
    Condition changed(Field<?> source) {
        Kind kind = changes().orElse(null);
        if (kind == null) {
            return DSL.falseCondition();
        }
        return switch (kind) {
            case SHORTENED -> DSL.charLength(varchar(source)).gt(DSL.inline(((ColumnType.Text) to).length()));
            case TIME_DROPPED -> chars(utc(source), "HH24:MI:SS").ne(DSL.inline("00:00:00"));
            case ROUNDED ->
                from == ColumnType.Simple.INSTANT
                        ? DSL.condition("extract(second from {0}) <> floor(extract(second from {0}))", source)
                        : number(source, DECIMAL).ne(value(source).coerce(SQLDataType.NUMERIC));
            case EMPTIED, REFERENCE_GONE, RECORD_GONE -> DSL.falseCondition();
        };
    }
}
