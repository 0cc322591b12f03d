package dev.tenon.expression.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ExpressionError;
import dev.tenon.expression.ValueType;
import dev.tenon.expression.ValueType.Simple;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Constants: what each type admits, so that both databases can hold every one of them. */
final class Constants {

    /** Digits before and behind the point; what a decimal field can have at most. */
    private static final int MOST_DIGITS = 38;

    /** What a decimal constant must be. */
    static final String DECIMAL = "decimal of at most " + MOST_DIGITS + " digits on each side of the point";

    /** What a constant time zone must be. */
    static final String ZONE = "time zone like Asia/Shanghai";

    private static final String TIME = "time like 08:30 or 08:30:15.5 with at most 6 digits of a second";

    private static final int MICROSECOND = 1_000;
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Constants() {}

    static Expr.Literal of(@Nullable Object value) {
        return switch (value) {
            case null -> new Expr.Literal(null, Simple.NULL);
            case Boolean bool -> new Expr.Literal(bool, Simple.BOOLEAN);
            case Long number -> new Expr.Literal(number, Simple.INTEGER);
            case Integer number -> new Expr.Literal(number.longValue(), Simple.INTEGER);
            case Short number -> new Expr.Literal(number.longValue(), Simple.INTEGER);
            case BigDecimal number -> decimal(number);
            case String text -> text(text);
            case LocalDate day -> day(day);
            case Instant instant -> instant(instant, instant.toString());
            case LocalTime time -> time(time, time.toString());
            case UUID id -> new Expr.Literal(id, Simple.ID);
            default -> throw new IllegalArgumentException("no constant of the language: " + value.getClass());
        };
    }

    private static Expr.Literal decimal(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        if (plain.scale() < 0 && plain.precision() - plain.scale() <= MOST_DIGITS) {
            plain = plain.setScale(0);
        }
        if (plain.scale() < 0 || plain.scale() > MOST_DIGITS || plain.precision() - plain.scale() > MOST_DIGITS) {
            throw invalid(number.toString(), DECIMAL);
        }
        return new Expr.Literal(plain, Simple.DECIMAL);
    }

    /** PostgreSQL stores neither U+0000 nor half a surrogate pair. */
    private static Expr.Literal text(String text) {
        boolean storable = text.codePoints().noneMatch(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF));
        if (!storable) {
            throw invalid("\\u0000, \\uD800…", "text of valid Unicode without U+0000");
        }
        return new Expr.Literal(text, Simple.TEXT);
    }

    private static Expr.Literal day(LocalDate day) {
        if (day.getYear() < 1 || day.getYear() > 9999) {
            throw invalid(day.toString(), "date of the years 0001 to 9999");
        }
        return new Expr.Literal(day, Simple.DATE);
    }

    private static Expr.Literal instant(Instant instant, String written) {
        int year = instant.atOffset(ZoneOffset.UTC).getYear();
        if (year < 1 || year > 9999 || instant.getNano() % MICROSECOND != 0) {
            throw invalid(written, "date-time of the years 0001 to 9999 with at most 6 digits of a second");
        }
        return new Expr.Literal(instant.truncatedTo(ChronoUnit.MICROS), Simple.DATE_TIME);
    }

    private static Expr.Literal time(LocalTime time, String written) {
        if (time.getNano() % MICROSECOND != 0) {
            throw invalid(written, TIME);
        }
        return new Expr.Literal(time, Simple.TIME);
    }

    /** {@code time("08:30")}. */
    static Expr.Literal parseTime(String text) {
        try {
            return time(LocalTime.parse(text), text);
        } catch (DateTimeException invalidTime) {
            throw invalid(text, TIME);
        }
    }

    /** {@code date("2026-01-31")}. */
    static Expr.Literal parseDate(String text) {
        try {
            if (DATE.matcher(text).matches()) {
                return day(LocalDate.parse(text));
            }
        } catch (DateTimeException invalidDay) {
            // The shape is right but there is no such day: the same message tells it.
        }
        throw invalid(text, "date like 2026-01-31");
    }

    /** {@code timestamp("2026-01-31T08:00:00Z")}. */
    static Expr.Literal parseInstant(String text) {
        try {
            return instant(OffsetDateTime.parse(text).toInstant(), text);
        } catch (DateTimeException invalidTime) {
            throw invalid(text, "date-time like 2026-01-31T08:00:00Z or 2026-01-31T16:00:00+08:00");
        }
    }

    /** A region: of an offset in short form the databases do not agree on the sign. */
    static Expr.Literal zone(String name) {
        if (!ZoneId.getAvailableZoneIds().contains(name) || name.startsWith("SystemV/")) {
            throw invalid(name, ZONE);
        }
        return new Expr.Literal(name, Simple.TEXT);
    }

    static Expr.Literal parseId(String text) {
        if (!ID.matcher(text).matches()) {
            throw invalid(text, "id like 01890a5d-ac96-774b-bcce-b302099a8057");
        }
        return new Expr.Literal(UUID.fromString(text), Simple.ID);
    }

    static boolean isNull(Expr expr) {
        return expr instanceof Expr.Literal literal && literal.value() == null;
    }

    /** The text of a constant text, else null. */
    static @Nullable String asText(Expr expr) {
        return expr instanceof Expr.Literal literal && literal.value() instanceof String text ? text : null;
    }

    /** The constant as a value of a wider type; the caller knows that it is one. */
    static Expr.Literal widen(Expr.Literal literal, ValueType target) {
        return switch (literal.value()) {
            case null -> new Expr.Literal(null, target);
            case Long number -> new Expr.Literal(decimalOf(number), target);
            case LocalDate day -> new Expr.Literal(day.atStartOfDay().toInstant(ZoneOffset.UTC), target);
            default -> throw new IllegalArgumentException(literal + " does not widen to " + target.describe());
        };
    }

    private static BigDecimal decimalOf(long number) {
        // Printed and read again it is the same constant: 100 and not 1E+2.
        return BigDecimal.valueOf(number);
    }

    static Mismatch invalid(String value, String expected) {
        return new Mismatch(ExpressionError.INVALID_CONSTANT, Map.of("value", value, "expected", expected));
    }
}
