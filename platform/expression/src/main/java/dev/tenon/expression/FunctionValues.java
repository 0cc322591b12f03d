package dev.tenon.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The functions' values, given those of their arguments. */
final class FunctionValues {

    private FunctionValues() {}

    static @Nullable Object of(Function function, List<@Nullable Object> values) {
        return switch (function) {
            case CONCAT -> concat(values);
            case MIN -> extreme(values, -1);
            case MAX -> extreme(values, 1);
            default -> values.contains(null) ? null : strict(function, values);
        };
    }

    private static String concat(List<@Nullable Object> values) {
        StringBuilder text = new StringBuilder();
        values.forEach(part -> text.append(part == null ? "" : part));
        return text.toString();
    }

    private static @Nullable Object extreme(List<@Nullable Object> values, int sign) {
        Object found = null;
        for (Object value : values) {
            if (value != null && (found == null || Integer.signum(Evaluator.compare(value, found)) == sign)) {
                found = value;
            }
        }
        return found;
    }

    private static @Nullable Object strict(Function function, List<@Nullable Object> values) {
        return switch (values.getFirst()) {
            case String text -> ofText(function, text, values);
            case BigDecimal number -> ofDecimal(function, number, values);
            case Long number -> ofInteger(function, number);
            case LocalDate day -> ofDay(function, day, values);
            case Instant instant -> ofInstant(function, instant, values);
            case LocalTime time -> ofTime(function, time);
            case Collection<?> list when function == Function.SIZE -> (long) list.size();
            case null, default -> throw impossible(function);
        };
    }

    private static @Nullable Object ofText(Function function, String text, List<@Nullable Object> values) {
        return switch (function) {
            case CONTAINS -> text.contains(text(values, 1));
            case STARTS_WITH -> text.startsWith(text(values, 1));
            case ENDS_WITH -> text.endsWith(text(values, 1));
            case LOWER -> Operations.lower(text);
            case UPPER -> Operations.upper(text);
            case FOLD -> Operations.fold(text);
            case TRIM -> Operations.trim(text);
            case SIZE -> Operations.size(text);
            case SUBSTRING ->
                Operations.substring(text, integer(values, 1), values.size() > 2 ? integer(values, 2) : Long.MAX_VALUE);
            case INDEX_OF -> Operations.indexOf(text, text(values, 1));
            case REPLACE -> Operations.replace(text, text(values, 1), text(values, 2));
            case LABEL -> label(text, values);
            case PLAIN_TEXT -> Operations.plainText(text);
            default -> throw impossible(function);
        };
    }

    /** Behind the key and the language come all keys, each with its label. */
    private static @Nullable Object label(String key, List<@Nullable Object> values) {
        for (int i = 2; i < values.size(); i += 2) {
            if (key.equals(values.get(i))) {
                return values.get(i + 1);
            }
        }
        return null;
    }

    private static @Nullable Object ofDecimal(Function function, BigDecimal number, List<@Nullable Object> values) {
        return switch (function) {
            case ABS -> number.abs();
            case ROUND -> Operations.round(number, digits(values));
            case ROUND_UP -> Operations.roundUp(number, digits(values));
            case ROUND_DOWN -> Operations.roundDown(number, digits(values));
            case ROUND_HALF_EVEN -> Operations.roundHalfEven(number, digits(values));
            case FLOOR -> Operations.floor(number);
            case CEIL -> Operations.ceil(number);
            case TEXT_OF -> Operations.text(number);
            default -> throw impossible(function);
        };
    }

    private static @Nullable Object ofInteger(Function function, long number) {
        return switch (function) {
            case ABS -> Operations.integer(BigInteger.valueOf(number).abs());
            case TEXT_OF -> Long.toString(number);
            default -> throw impossible(function);
        };
    }

    private static @Nullable Object ofDay(Function function, LocalDate day, List<@Nullable Object> values) {
        return switch (function) {
            case YEAR -> (long) day.getYear();
            case MONTH -> (long) day.getMonthValue();
            case DAY -> (long) day.getDayOfMonth();
            case QUARTER -> (long) day.get(IsoFields.QUARTER_OF_YEAR);
            case WEEKDAY -> (long) day.getDayOfWeek().getValue();
            case START_OF_MONTH -> day.withDayOfMonth(1);
            case END_OF_MONTH -> YearMonth.from(day).atEndOfMonth();
            case ADD_DAYS -> Operations.addDays(day, integer(values, 1));
            case ADD_MONTHS -> Operations.addMonths(day, integer(values, 1));
            case DAYS_BETWEEN -> ChronoUnit.DAYS.between(day, (LocalDate) value(values, 1));
            case MONTHS_BETWEEN -> ChronoUnit.MONTHS.between(day, (LocalDate) value(values, 1));
            case TEXT_OF -> day.toString();
            default -> throw impossible(function);
        };
    }

    private static @Nullable Object ofInstant(Function function, Instant instant, List<@Nullable Object> values) {
        return switch (function) {
            case DATE_OF -> values.size() > 1 ? Operations.dayOf(instant, text(values, 1)) : Operations.dayOf(instant);
            case TIME_OF -> Operations.timeOf(instant);
            case ADD_MINUTES -> Operations.addMinutes(instant, integer(values, 1));
            case MINUTES_BETWEEN -> ChronoUnit.MINUTES.between(instant, (Instant) value(values, 1));
            default -> throw impossible(function);
        };
    }

    private static int digits(List<@Nullable Object> values) {
        return (int) integer(values, 1);
    }

    private static String text(List<@Nullable Object> values, int index) {
        return (String) value(values, index);
    }

    private static long integer(List<@Nullable Object> values, int index) {
        return (Long) value(values, index);
    }

    private static Object value(List<@Nullable Object> values, int index) {
        return Objects.requireNonNull(values.get(index));
    }

    private static Object ofTime(Function function, LocalTime time) {
        return switch (function) {
            case HOUR -> (long) time.getHour();
            case MINUTE -> (long) time.getMinute();
            case SECOND -> (long) time.getSecond();
            case MICROSECOND -> time.getNano() / 1_000L;
            default -> throw impossible(function);
        };
    }

    private static IllegalStateException impossible(Function function) {
        return new IllegalStateException("the checker gives " + function + " no such argument");
    }
}
