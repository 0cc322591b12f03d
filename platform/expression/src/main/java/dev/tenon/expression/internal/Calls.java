package dev.tenon.expression.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ExpressionError;
import dev.tenon.expression.Function;
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
            case LOWER, UPPER, TRIM, CONCAT -> typed(function, arguments, Simple.TEXT, Simple.TEXT);
            case SIZE -> typed(function, arguments, Simple.TEXT, Simple.INTEGER);
            case COALESCE -> coalesce(arguments);
            case ABS -> {
                Rules.number(0, arguments.getFirst());
                yield new Expr.Call(function, arguments, arguments.getFirst().type());
            }
            case ROUND -> round(arguments);
            case FLOOR, CEIL -> typed(function, arguments, Simple.DECIMAL, Simple.INTEGER);
            case YEAR, MONTH, DAY, DAYS_BETWEEN -> {
                List<Expr> days = new ArrayList<>();
                for (int i = 0; i < arguments.size(); i++) {
                    days.add(day(i, arguments.get(i)));
                }
                yield new Expr.Call(function, days, Simple.INTEGER);
            }
            case ADD_DAYS ->
                new Expr.Call(
                        function,
                        List.of(
                                Rules.operand(0, arguments.get(0), Simple.DATE),
                                Rules.operand(1, arguments.get(1), Simple.INTEGER)),
                        Simple.DATE);
            case DATE_OF -> {
                String text = Constants.asText(arguments.getFirst());
                yield text == null ? day(0, arguments.getFirst()) : Rules.at(0, () -> Constants.parseDate(text));
            }
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

    private static Expr round(List<Expr> arguments) {
        Expr digits = arguments.size() == 1 ? Constants.of(0L) : arguments.get(1);
        boolean usable = digits instanceof Expr.Literal literal
                && literal.value() instanceof Long number
                && number >= 0
                && number <= MOST_ROUND_DIGITS;
        if (!usable) {
            throw new Mismatch(
                    ExpressionError.CONSTANT_NEEDED,
                    Map.of("function", Function.ROUND.text(), "expected", "0 – " + MOST_ROUND_DIGITS),
                    1);
        }
        return new Expr.Call(
                Function.ROUND,
                List.of(Rules.operand(0, arguments.getFirst(), Simple.DECIMAL), digits),
                Simple.DECIMAL);
    }

    /** A day; of a date-time its day in UTC. */
    private static Expr day(int index, Expr argument) {
        return argument.type() == Simple.DATE_TIME
                ? new Expr.Call(Function.DATE_OF, List.of(argument), Simple.DATE)
                : Rules.operand(index, argument, Simple.DATE);
    }
}
