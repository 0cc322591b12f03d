package dev.tenon.expression;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Functions of the language. Each can be written as {@code size(name)} or, behind its first argument, as
 * {@code name.size()}. None of them ever fails: where there is no answer it is null.
 */
public enum Function {
    /** {@code text.contains(text)}. */
    CONTAINS("contains", 2, 2),
    STARTS_WITH("startsWith", 2, 2),
    ENDS_WITH("endsWith", 2, 2),
    /** {@code text.lower()}; Unicode simple case mapping, each code point by itself: the same in every language. */
    LOWER("lower", 1, 1),
    /** {@code text.upper()}; simple mapping too, so {@code "ß".upper()} stays {@code "ß"}. */
    UPPER("upper", 1, 1),
    /** {@code text.fold()}: what all texts have in common that differ only in case or width, as unique keys without case compare them. */
    FOLD("fold", 1, 1),
    /** {@code text.trim()}: without the white space of Unicode at both ends, the ideographic space included. */
    TRIM("trim", 1, 1),
    /** {@code text.size()}: number of code points; of a list its number of values. */
    SIZE("size", 1, 1),
    /**
     * {@code substring(text, start, length)}: at most that many code points behind the first {@code start} ones; without
     * length to the end. What is below 0 counts as 0.
     */
    SUBSTRING("substring", 2, 3),
    /** {@code indexOf(text, part)}: how many code points are before the part, -1 where it does not occur. */
    INDEX_OF("indexOf", 2, 2),
    /** {@code replace(text, part, by)}: each part by another; null beyond {@link Operations#LONGEST_REPLACED}. */
    REPLACE("replace", 3, 3),
    /** {@code text(value)} of a number or a date: without superfluous zeros, as ISO 8601. */
    TEXT_OF("text", 1, 1),
    /** {@code label(picklist, language)}: what people read for the key; the language is a constant, default English. */
    LABEL("label", 1, 2),
    /** {@code concat(text, …)}: empty for null parts. {@code +} on text is null when a side is null. */
    CONCAT("concat", 1, Function.MANY),
    /** {@code coalesce(a, b, …)}: the first that is not null. */
    COALESCE("coalesce", 2, Function.MANY),
    /** {@code abs(number)}. */
    ABS("abs", 1, 1),
    /** {@code round(decimal, digits)}, half up (ties away from zero); digits are a constant from 0 to 16, default 0. */
    ROUND("round", 1, 2),
    /** {@code roundUp(decimal, digits)}: away from zero. */
    ROUND_UP("roundUp", 1, 2),
    /** {@code roundDown(decimal, digits)}: towards zero. */
    ROUND_DOWN("roundDown", 1, 2),
    /** {@code roundHalfEven(decimal, digits)}: ties to the even neighbour, as banks do. */
    ROUND_HALF_EVEN("roundHalfEven", 1, 2),
    /** {@code min(a, b, …)}: the least of those that are not null. */
    MIN("min", 2, Function.MANY),
    /** {@code max(a, b, …)}: the greatest of those that are not null. */
    MAX("max", 2, Function.MANY),
    /** {@code floor(decimal)}: the greatest integer not above; null beyond 64 bits. */
    FLOOR("floor", 1, 1),
    /** {@code ceil(decimal)}: the least integer not below; null beyond 64 bits. */
    CEIL("ceil", 1, 1),
    /** {@code year(date)}; a date-time is taken in UTC. */
    YEAR("year", 1, 1),
    MONTH("month", 1, 1),
    DAY("day", 1, 1),
    /** {@code quarter(date)}: 1 to 4. */
    QUARTER("quarter", 1, 1),
    /** {@code weekday(date)}: 1 for Monday to 7 for Sunday. */
    WEEKDAY("weekday", 1, 1),
    /** {@code startOfMonth(date)}: its first day. */
    START_OF_MONTH("startOfMonth", 1, 1),
    /** {@code endOfMonth(date)}: its last day. */
    END_OF_MONTH("endOfMonth", 1, 1),
    /** {@code addMonths(date, n)}: where there is no such day, the last one of that month. */
    ADD_MONTHS("addMonths", 2, 2),
    /** {@code monthsBetween(from, to)}: whole months, negative when {@code to} is earlier. */
    MONTHS_BETWEEN("monthsBetween", 2, 2),
    /** {@code addMinutes(dateTime, n)}; null outside of the years 1 to 9999. */
    ADD_MINUTES("addMinutes", 2, 2),
    /** {@code minutesBetween(from, to)}: whole minutes, negative when {@code to} is earlier. */
    MINUTES_BETWEEN("minutesBetween", 2, 2),
    /** {@code hour(time)}; of a date-time in UTC. */
    HOUR("hour", 1, 1),
    MINUTE("minute", 1, 1),
    /** {@code second(time)}: whole seconds. */
    SECOND("second", 1, 1),
    /** {@code microsecond(time)}: what is behind the whole seconds, 0 to 999999. */
    MICROSECOND("microsecond", 1, 1),
    /** {@code daysBetween(from, to)}: whole days, negative when {@code to} is earlier. */
    DAYS_BETWEEN("daysBetween", 2, 2),
    /** {@code addDays(date, n)}; null outside of the years 1 to 9999. */
    ADD_DAYS("addDays", 2, 2),
    /**
     * {@code date(dateTime, zone)}: the day in the time zone, which is a constant or {@code me.zone}, default UTC. With a
     * constant text, {@code date("2026-01-31")}, it is that day.
     */
    DATE_OF("date", 1, 2),
    /** {@code time(dateTime)}: the time of day in UTC. With a constant text, {@code time("08:30")}, it is that time. */
    TIME_OF("time", 1, 1),
    /**
     * {@code plainText(html)}: without tags, a space for those that begin or end a line. A rich text field is read so
     * wherever it is named.
     */
    PLAIN_TEXT("plainText", 1, 1);

    /** Far more arguments than anybody writes, few enough to stay one SQL expression. */
    private static final int MANY = 50;

    private static final Map<String, Function> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Function::text, UnaryOperator.identity()));

    private final String text;
    private final int fewest;
    private final int most;

    Function(String text, int fewest, int most) {
        this.text = text;
        this.fewest = fewest;
        this.most = most;
    }

    /** The name in the language. */
    public String text() {
        return text;
    }

    /** Fewest arguments. */
    public int fewest() {
        return fewest;
    }

    /** Most arguments. */
    public int most() {
        return most;
    }

    /** The function of that name in the language. */
    public static Optional<Function> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
