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
    /** {@code text.trim()}: without the white space of Unicode at both ends, the ideographic space included. */
    TRIM("trim", 1, 1),
    /** {@code text.size()}: number of code points. */
    SIZE("size", 1, 1),
    /** {@code concat(text, …)}: empty for null parts. {@code +} on text is null when a side is null. */
    CONCAT("concat", 1, Function.MANY),
    /** {@code coalesce(a, b, …)}: the first that is not null. */
    COALESCE("coalesce", 2, Function.MANY),
    /** {@code abs(number)}. */
    ABS("abs", 1, 1),
    /** {@code round(decimal, digits)}, half up (ties away from zero); digits are a constant from 0 to 16, default 0. */
    ROUND("round", 1, 2),
    /** {@code floor(decimal)}: the greatest integer not above; null beyond 64 bits. */
    FLOOR("floor", 1, 1),
    /** {@code ceil(decimal)}: the least integer not below; null beyond 64 bits. */
    CEIL("ceil", 1, 1),
    /** {@code year(date)}; a date-time is taken in UTC. */
    YEAR("year", 1, 1),
    MONTH("month", 1, 1),
    DAY("day", 1, 1),
    /** {@code daysBetween(from, to)}: whole days, negative when {@code to} is earlier. */
    DAYS_BETWEEN("daysBetween", 2, 2),
    /** {@code addDays(date, n)}; null outside of the years 1 to 9999. */
    ADD_DAYS("addDays", 2, 2),
    /** {@code date(dateTime)}: the day in UTC. With a constant text, {@code date("2026-01-31")}, it is that day. */
    DATE_OF("date", 1, 1);

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
