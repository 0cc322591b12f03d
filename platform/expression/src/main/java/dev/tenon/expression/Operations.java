package dev.tenon.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the operators and functions mean, on values that are not null. {@link Evaluator} uses them, and so does the
 * store where a database's own function means something else: there is one definition.
 */
public final class Operations {

    /** Digits behind the point of a quotient. */
    public static final int QUOTIENT_SCALE = 16;

    /** First and last day of the language; what the years of ISO 8601's short form can say. */
    public static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);

    public static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    /** Unicode's White_Space property, all of it below U+10000. */
    public static final String WHITE_SPACE = "\t\n\u000B\f\r \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
            + "\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

    /** Code points that a replacement may make; nested ones would multiply without end. */
    public static final int LONGEST_REPLACED = 1_000_000;

    private static final int MONTHS_OF_A_YEAR = 12;
    private static final int SECONDS_OF_A_MINUTE = 60;

    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger GREATEST = BigInteger.valueOf(Long.MAX_VALUE);

    private Operations() {}

    /** The integer, null beyond 64 bits. */
    public static @Nullable Long integer(BigInteger exact) {
        return exact.compareTo(LEAST) < 0 || exact.compareTo(GREATEST) > 0 ? null : Long.valueOf(exact.longValue());
    }

    /** Rounded half up to {@link #QUOTIENT_SCALE} digits behind the point; null for a zero divisor. */
    public static @Nullable BigDecimal divide(BigDecimal dividend, BigDecimal divisor) {
        return divisor.signum() == 0 ? null : dividend.divide(divisor, QUOTIENT_SCALE, RoundingMode.HALF_UP);
    }

    /** Exact, with the sign of the dividend; null for a zero divisor. */
    public static @Nullable BigDecimal remainder(BigDecimal dividend, BigDecimal divisor) {
        return divisor.signum() == 0 ? null : dividend.remainder(divisor);
    }

    /** Half up, ties away from zero. */
    public static BigDecimal round(BigDecimal number, int digits) {
        return number.setScale(digits, RoundingMode.HALF_UP);
    }

    /** Away from zero. */
    public static BigDecimal roundUp(BigDecimal number, int digits) {
        return number.setScale(digits, RoundingMode.UP);
    }

    /** Towards zero. */
    public static BigDecimal roundDown(BigDecimal number, int digits) {
        return number.setScale(digits, RoundingMode.DOWN);
    }

    /** Ties to the even neighbour. */
    public static BigDecimal roundHalfEven(BigDecimal number, int digits) {
        return number.setScale(digits, RoundingMode.HALF_EVEN);
    }

    public static @Nullable Long floor(BigDecimal number) {
        return integer(number.setScale(0, RoundingMode.FLOOR).toBigInteger());
    }

    public static @Nullable Long ceil(BigDecimal number) {
        return integer(number.setScale(0, RoundingMode.CEILING).toBigInteger());
    }

    /**
     * Each code point by itself, by Unicode's simple mapping. Java's own {@code toLowerCase} looks at neighbours and
     * knows special cases, which PostgreSQL does not.
     */
    public static String lower(String text) {
        return mapped(text, Character::toLowerCase);
    }

    /** Each code point by itself, by Unicode's simple mapping: "ß" stays "ß". */
    public static String upper(String text) {
        return mapped(text, Character::toUpperCase);
    }

    /** What texts have in common that differ only in case or width: "ＡＢＣ" and "abc" are both "abc". */
    public static String fold(String text) {
        return lower(upper(Normalizer.normalize(text, Normalizer.Form.NFKC)));
    }

    private static String mapped(String text, IntUnaryOperator mapping) {
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints().map(mapping).forEach(mapped::appendCodePoint);
        return mapped.toString();
    }

    /** Without {@link #WHITE_SPACE} at both ends. */
    public static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && WHITE_SPACE.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && WHITE_SPACE.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Number of code points. */
    public static long size(String text) {
        return text.codePointCount(0, text.length());
    }

    /** At most {@code length} code points behind the first {@code start} ones; what is below 0 counts as 0. */
    public static String substring(String text, long start, long length) {
        int size = text.codePointCount(0, text.length());
        int before = Math.clamp(start, 0, size);
        int begin = text.offsetByCodePoints(0, before);
        return text.substring(begin, text.offsetByCodePoints(begin, Math.clamp(length, 0, size - before)));
    }

    /** Code points before the part's first occurrence; -1 where there is none. */
    public static long indexOf(String text, String part) {
        int index = text.indexOf(part);
        return index < 0 ? -1 : text.codePointCount(0, index);
    }

    /** Each occurrence, from left to right; an empty part occurs nowhere. Null beyond {@link #LONGEST_REPLACED}. */
    public static @Nullable String replace(String text, String part, String by) {
        if (part.isEmpty()) {
            return text;
        }
        long count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        long size = size(text) + count * (size(by) - size(part));
        return size > LONGEST_REPLACED ? null : text.replace(part, by);
    }

    /** Digits without superfluous zeros and without an exponent. */
    public static String text(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** By code point; Java's own order puts U+FF21 behind U+20000. */
    public static int compare(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean surrogates = Character.isSurrogate(a) && Character.isSurrogate(b);
                boolean none = !Character.isSurrogate(a) && !Character.isSurrogate(b);
                // A surrogate begins or ends a code point above all those that are one char.
                return surrogates || none ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** The day {@code days} later; null outside of {@link #FIRST_DAY} to {@link #LAST_DAY}. */
    public static @Nullable LocalDate addDays(LocalDate day, long days) {
        long span = ChronoUnit.DAYS.between(FIRST_DAY, LAST_DAY);
        if (days < -span || days > span) {
            return null;
        }
        return within(day.plusDays(days));
    }

    /** The day {@code months} later, or the last one of that month; null outside of the years 1 to 9999. */
    public static @Nullable LocalDate addMonths(LocalDate day, long months) {
        long span = (long) LAST_DAY.getYear() * MONTHS_OF_A_YEAR;
        return months < -span || months > span ? null : within(day.plusMonths(months));
    }

    private static @Nullable LocalDate within(LocalDate day) {
        return day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY) ? null : day;
    }

    /** The instant {@code minutes} later; null outside of the years 1 to 9999. */
    public static @Nullable Instant addMinutes(Instant instant, long minutes) {
        long first = startOf(FIRST_DAY).getEpochSecond();
        long end = startOf(LAST_DAY.plusDays(1)).getEpochSecond();
        long most = (end - first) / SECONDS_OF_A_MINUTE;
        if (minutes < -most || minutes > most) {
            return null;
        }
        Instant result = instant.plusSeconds(minutes * SECONDS_OF_A_MINUTE);
        return result.getEpochSecond() < first || result.getEpochSecond() >= end ? null : result;
    }

    /** The day in UTC. */
    public static LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    /** The day in a time zone; null where that is outside of the years 1 to 9999. */
    public static @Nullable LocalDate dayOf(Instant instant, String zone) {
        return within(LocalDate.ofInstant(instant, ZoneId.of(zone)));
    }

    /** The time of day in UTC. */
    public static LocalTime timeOf(Instant instant) {
        return LocalTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /** Tags behind which a new line begins. */
    public static final String LINE_TAGS = "</?(?:p|br|h[1-6]|ul|ol|li|blockquote|pre|hr)(?: [^>]*)?/?>";

    /** Every other tag: in sanitized HTML no text and no attribute has a {@code <} or {@code >}. */
    public static final String TAGS = "<[^>]*>";

    /** What is one space on a page. */
    public static final String SPACES = "[ \\t\\n\\r]+";

    /** Entities that sanitized HTML writes, in the order in which they are undone: the ampersand last. */
    public static final List<Map.Entry<String, String>> ENTITIES = List.of(
            Map.entry("&lt;", "<"),
            Map.entry("&gt;", ">"),
            Map.entry("&#34;", "\""),
            Map.entry("&#39;", "'"),
            Map.entry("&#43;", "+"),
            Map.entry("&#61;", "="),
            Map.entry("&#64;", "@"),
            Map.entry("&#96;", "`"),
            Map.entry("&amp;", "&"));

    private static final Pattern LINES = Pattern.compile(LINE_TAGS);
    private static final Pattern ANY_TAG = Pattern.compile(TAGS);
    private static final Pattern ANY_SPACES = Pattern.compile(SPACES);

    /** The text of sanitized HTML. */
    public static String plainText(String html) {
        String text = ANY_TAG.matcher(LINES.matcher(html).replaceAll(" ")).replaceAll("");
        text = ANY_SPACES.matcher(text).replaceAll(" ");
        for (Map.Entry<String, String> entity : ENTITIES) {
            text = text.replace(entity.getKey(), entity.getValue());
        }
        return trim(text);
    }

    /** The instant at which the day starts in UTC. */
    public static Instant startOf(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
