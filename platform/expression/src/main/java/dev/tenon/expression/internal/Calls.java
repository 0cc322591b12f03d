package dev.tenon.expression.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ExpressionError;
import dev.tenon.expression.Function;
import dev.tenon.expression.Scope;
import dev.tenon.expression.ValueType;
import dev.tenon.expression.ValueType.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The types of the functions' arguments and results. */
final class Calls {

    /** As many digits as a division has behind the point. */
    private static final int MOST_ROUND_DIGITS = 16;

    private Calls() {}

    static Expr check(Function function, List<Expr> arguments) {
        return switch (function) {
            case CONTAINS, STARTS_WITH, ENDS_WITH -> typed(function, arguments, Simple.TEXT, Simple.BOOLEAN);
            case LOWER, UPPER, FOLD, TRIM, CONCAT -> typed(function, arguments, Simple.TEXT, Simple.TEXT);
            case INDEX_OF -> typed(function, arguments, Simple.TEXT, Simple.INTEGER);
            case SIZE ->
                arguments.getFirst().type() instanceof ValueType.ListOf
                        ? new Expr.Call(function, arguments, Simple.INTEGER)
                        : typed(function, arguments, Simple.TEXT, Simple.INTEGER);
            case PLAIN_TEXT ->
                arguments.getFirst() instanceof Expr.Call inner && inner.function() == function
                        ? inner
                        : typed(function, arguments, Simple.TEXT, Simple.TEXT);
            case REPLACE -> typed(function, arguments, Simple.TEXT, Simple.TEXT);
            case SUBSTRING -> first(function, arguments, Simple.TEXT, Simple.INTEGER, Simple.TEXT);
            case TEXT_OF -> textOf(arguments);
            case LABEL -> throw new IllegalArgumentException("needs the model: " + function);
            case MIN, MAX -> extreme(function, arguments);
            case COALESCE -> coalesce(arguments);
            case ABS -> {
                Rules.number(0, arguments.getFirst());
                yield new Expr.Call(function, arguments, arguments.getFirst().type());
            }
            case ROUND, ROUND_UP, ROUND_DOWN, ROUND_HALF_EVEN -> round(function, arguments);
            case FLOOR, CEIL -> typed(function, arguments, Simple.DECIMAL, Simple.INTEGER);
            case YEAR, MONTH, DAY, QUARTER, WEEKDAY, DAYS_BETWEEN, MONTHS_BETWEEN -> {
                List<Expr> days = new ArrayList<>();
                for (int i = 0; i < arguments.size(); i++) {
                    days.add(day(i, arguments.get(i)));
                }
                yield new Expr.Call(function, days, Simple.INTEGER);
            }
            case START_OF_MONTH, END_OF_MONTH ->
                new Expr.Call(function, List.of(day(0, arguments.getFirst())), Simple.DATE);
            case ADD_DAYS, ADD_MONTHS -> first(function, arguments, Simple.DATE, Simple.INTEGER, Simple.DATE);
            case ADD_MINUTES -> first(function, arguments, Simple.DATE_TIME, Simple.INTEGER, Simple.DATE_TIME);
            case MINUTES_BETWEEN -> typed(function, arguments, Simple.DATE_TIME, Simple.INTEGER);
            case HOUR, MINUTE, SECOND, MICROSECOND ->
                new Expr.Call(function, List.of(time(arguments.getFirst())), Simple.INTEGER);
            case TIME_OF -> {
                String text = Constants.asText(arguments.getFirst());
                yield text == null ? time(arguments.getFirst()) : Rules.at(0, () -> Constants.parseTime(text));
            }
            case DATE_OF -> dateOf(arguments);
        };
    }

    private static Expr typed(Function function, List<Expr> arguments, ValueType each, ValueType result) {
        List<Expr> converted = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            converted.add(Rules.operand(i, arguments.get(i), each));
        }
        return new Expr.Call(function, converted, result);
    }

    private static Expr coalesce(List<Expr> arguments) {
        Types.requireComparable(arguments);
        ValueType common = Types.common(arguments)
                .orElseThrow(() -> Types.mismatch(arguments.getFirst().type().describe(), firstOther(arguments))
                        .atOperand(0));
        return typed(Function.COALESCE, arguments, common, common);
    }

    private static ValueType firstOther(List<Expr> arguments) {
        ValueType first = arguments.getFirst().type();
        return arguments.stream()
                .map(Expr::type)
                .filter(type -> !type.equals(first))
                .findFirst()
                .orElse(first);
    }

    /** A value of one type, with further arguments that all have another. */
    private static Expr first(
            Function function, List<Expr> arguments, ValueType first, ValueType others, ValueType result) {
        List<Expr> converted = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            converted.add(Rules.operand(i, arguments.get(i), i == 0 ? first : others));
        }
        return new Expr.Call(function, converted, result);
    }

    private static Expr textOf(List<Expr> arguments) {
        Expr value = arguments.getFirst();
        if (!Types.NUMBERS.contains(value.type()) && value.type() != Simple.DATE) {
            throw Types.mismatch("integer, decimal or date", value.type()).atOperand(0);
        }
        return new Expr.Call(Function.TEXT_OF, arguments, Simple.TEXT);
    }

    /** Of numbers, days or moments; text has an order, but hardly one of which anybody wants the least. */
    private static Expr extreme(Function function, List<Expr> arguments) {
        ValueType common = Types.common(arguments).orElse(Simple.TEXT);
        if (!isMeasure(common)) {
            for (int i = 0; i < arguments.size(); i++) {
                ValueType type = arguments.get(i).type();
                if (!isMeasure(type)
                        || Types.common(arguments.subList(0, i + 1)).isEmpty()) {
                    throw Types.mismatch("numbers, or dates and date-times", type)
                            .atOperand(i);
                }
            }
        }
        return typed(function, arguments, common, common);
    }

    private static boolean isMeasure(ValueType type) {
        return Types.NUMBERS.contains(type) || Types.isDay(type);
    }

    private static Expr dateOf(List<Expr> arguments) {
        String text = Constants.asText(arguments.getFirst());
        if (arguments.size() == 1) {
            return text == null ? day(0, arguments.getFirst()) : Rules.at(0, () -> Constants.parseDate(text));
        }
        Expr moment = Rules.operand(0, arguments.getFirst(), Simple.DATE_TIME);
        return new Expr.Call(Function.DATE_OF, List.of(moment, zone(arguments.get(1))), Simple.DATE);
    }

    /** A zone that a record or a setting names might be none, and evaluation would have to fail. */
    private static Expr zone(Expr zone) {
        String name = Constants.asText(zone);
        if (name != null) {
            return Rules.at(1, () -> Constants.zone(name));
        }
        if (zone instanceof Expr.Variable variable && variable.name().equals(Scope.ZONE)) {
            return zone;
        }
        throw new Mismatch(
                ExpressionError.CONSTANT_NEEDED,
                Map.of("function", Function.DATE_OF.text(), "expected", Constants.ZONE + ", or " + Scope.ZONE),
                1);
    }

    private static Expr round(Function function, List<Expr> arguments) {
        Expr digits = arguments.size() == 1 ? Constants.of(0L) : arguments.get(1);
        boolean usable = digits instanceof Expr.Literal literal
                && literal.value() instanceof Long number
                && number >= 0
                && number <= MOST_ROUND_DIGITS;
        if (!usable) {
            throw new Mismatch(
                    ExpressionError.CONSTANT_NEEDED,
                    Map.of("function", function.text(), "expected", "0 – " + MOST_ROUND_DIGITS),
                    1);
        }
        return new Expr.Call(
                function, List.of(Rules.operand(0, arguments.getFirst(), Simple.DECIMAL), digits), Simple.DECIMAL);
    }

    /** A time of day; of a date-time that in UTC. */
    private static Expr time(Expr argument) {
        return argument.type() == Simple.DATE_TIME
                ? new Expr.Call(Function.TIME_OF, List.of(argument), Simple.TIME)
                : Rules.operand(0, argument, Simple.TIME);
    }

    /** A day; of a date-time its day in UTC. */
    private static Expr day(int index, Expr argument) {
        return argument.type() == Simple.DATE_TIME
                ? new Expr.Call(Function.DATE_OF, List.of(argument), Simple.DATE)
                : Rules.operand(index, argument, Simple.DATE);
    }
}
