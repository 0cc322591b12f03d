package dev.tenon.store.sql.internal;

import dev.tenon.expression.Operations;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What H2 calls, by name: hence public. */
public final class H2Aliases {

    private H2Aliases() {}

    public static @Nullable String lower(@Nullable String text) {
        return text == null ? null : Operations.lower(text);
    }

    public static @Nullable String upper(@Nullable String text) {
        return text == null ? null : Operations.upper(text);
    }

    /** Tables of every database file refer to this method: its name and its class's stay, and what it answers, too. */
    public static @Nullable String fold(@Nullable String text) {
        return text == null ? null : Operations.fold(text);
    }

    public static @Nullable String trim(@Nullable String text) {
        return text == null ? null : Operations.trim(text);
    }

    public static @Nullable Long size(@Nullable String text) {
        return text == null ? null : Long.valueOf(Operations.size(text));
    }

    public static @Nullable BigDecimal divide(@Nullable BigDecimal dividend, @Nullable BigDecimal divisor) {
        return dividend == null || divisor == null ? null : Operations.divide(dividend, divisor);
    }

    public static @Nullable BigDecimal remainder(@Nullable BigDecimal dividend, @Nullable BigDecimal divisor) {
        return dividend == null || divisor == null ? null : Operations.remainder(dividend, divisor);
    }

    public static @Nullable String plainText(@Nullable String html) {
        return html == null ? null : Operations.plainText(html);
    }

    public static @Nullable LocalTime timeOf(@Nullable OffsetDateTime instant) {
        return instant == null ? null : Operations.timeOf(instant.toInstant());
    }

    public static @Nullable LocalDate dayOf(@Nullable OffsetDateTime instant) {
        return instant == null ? null : Operations.dayOf(instant.toInstant());
    }

    public static @Nullable String substring(@Nullable String text, @Nullable Long start, @Nullable Long length) {
        return text == null || start == null || length == null ? null : Operations.substring(text, start, length);
    }

    public static @Nullable Long indexOf(@Nullable String text, @Nullable String part) {
        return text == null || part == null ? null : Long.valueOf(Operations.indexOf(text, part));
    }

    public static @Nullable String replace(@Nullable String text, @Nullable String part, @Nullable String by) {
        return text == null || part == null || by == null ? null : Operations.replace(text, part, by);
    }

    public static @Nullable String text(@Nullable BigDecimal number) {
        return number == null ? null : Operations.text(number);
    }

    public static @Nullable BigDecimal roundUp(@Nullable BigDecimal number, int digits) {
        return number == null ? null : Operations.roundUp(number, digits);
    }

    public static @Nullable BigDecimal roundDown(@Nullable BigDecimal number, int digits) {
        return number == null ? null : Operations.roundDown(number, digits);
    }

    public static @Nullable BigDecimal roundHalfEven(@Nullable BigDecimal number, int digits) {
        return number == null ? null : Operations.roundHalfEven(number, digits);
    }

    public static @Nullable LocalDate dayIn(@Nullable OffsetDateTime instant, String zone) {
        return instant == null ? null : Operations.dayOf(instant.toInstant(), zone);
    }

    public static @Nullable LocalDate startOfMonth(@Nullable LocalDate day) {
        return day == null ? null : day.withDayOfMonth(1);
    }

    public static @Nullable LocalDate endOfMonth(@Nullable LocalDate day) {
        return day == null ? null : YearMonth.from(day).atEndOfMonth();
    }

    public static @Nullable LocalDate addMonths(@Nullable LocalDate day, @Nullable Long months) {
        return day == null || months == null ? null : Operations.addMonths(day, months);
    }

    public static @Nullable Long monthsBetween(@Nullable LocalDate from, @Nullable LocalDate to) {
        return from == null || to == null ? null : Long.valueOf(ChronoUnit.MONTHS.between(from, to));
    }

    public static @Nullable OffsetDateTime addMinutes(@Nullable OffsetDateTime instant, @Nullable Long minutes) {
        if (instant == null || minutes == null) {
            return null;
        }
        Instant result = Operations.addMinutes(instant.toInstant(), minutes);
        return result == null ? null : result.atOffset(ZoneOffset.UTC);
    }

    public static @Nullable Long minutesBetween(@Nullable OffsetDateTime from, @Nullable OffsetDateTime to) {
        return from == null || to == null ? null : Long.valueOf(ChronoUnit.MINUTES.between(from, to));
    }
}
