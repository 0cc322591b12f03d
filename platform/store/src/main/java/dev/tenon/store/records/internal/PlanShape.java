package dev.tenon.store.records.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.expression.ValueType.Simple;
import dev.tenon.store.schema.ColumnType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Param;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Takes the values out of a plan's expressions, so that all plans that differ only in values share one SQL text. Values
 * on which the text depends stay in: empty ones, what is searched for in texts (it becomes a pattern), lists. Of a
 * decimal the number of digits stays in, because it is part of a cast.
 *
 * <p>Collects for one plan; used by one thread.
 */
final class PlanShape {

    private static final String SLOT = "p";

    /** Between a decimal's slot, its precision and its scale. */
    private static final char DIGITS = '_';

    /** Precisions are rounded up to a multiple of this, so that amounts of different size share a text. */
    private static final int PRECISION_STEP = 10;

    private final Map<String, @Nullable Object> variables;
    private final List<Object> values = new ArrayList<>();
    private final Map<String, ValueType> types = new LinkedHashMap<>();

    PlanShape(Map<String, @Nullable Object> variables) {
        this.variables = variables;
    }

    /** The values taken out, in the order of their slots. */
    List<Object> values() {
        return values;
    }

    /** What the slots' names mean to the translator: parameters that get their value at each run. */
    Map<String, @Nullable Object> parameters() {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        types.forEach((name, type) -> parameters.put(name, parameter(name, type)));
        return parameters;
    }

    private static Param<?> parameter(String name, ValueType type) {
        if (type == Simple.DECIMAL) {
            String[] parts = name.split(String.valueOf(DIGITS), -1);
            return DSL.param(name, SQLDataType.NUMERIC(Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
        }
        ColumnType column = type instanceof Simple simple
                ? switch (simple) {
                    case TEXT -> ColumnType.SHORT_TEXT;
                    case INTEGER -> ColumnType.Simple.WHOLE;
                    case DATE -> ColumnType.Simple.DATE;
                    case DATE_TIME -> ColumnType.Simple.INSTANT;
                    case TIME -> ColumnType.Simple.TIME;
                    case ID -> ColumnType.Simple.ID;
                    case DECIMAL, BOOLEAN, JSON, ENCRYPTED_TEXT, NULL ->
                        throw new IllegalArgumentException("stays in: " + type);
                }
                : ColumnType.Simple.ID;
        return DSL.param(name, column.valueType());
    }

    /** The name of the slot with a number. */
    static String name(int slot) {
        return SLOT + slot;
    }

    /** The slot that a parameter's name stands for, -1 for another name. */
    static int slot(String name) {
        if (!name.startsWith(SLOT)) {
            return -1;
        }
        int digits = name.indexOf(DIGITS);
        return Integer.parseInt(name.substring(SLOT.length(), digits < 0 ? name.length() : digits));
    }

    List<Expr> without(List<Expr> exprs) {
        List<Expr> all = new ArrayList<>(exprs.size());
        for (Expr expr : exprs) {
            all.add(without(expr));
        }
        return all;
    }

    Expr without(Expr expr) {
        return switch (expr) {
            case Expr.FieldRef field -> field;
            case Expr.Literal(Object value, ValueType type) -> value(value, type);
            case Expr.Variable(String name, ValueType type) -> value(variable(name), type);
            case Expr.Unary(var operator, var operand, var type) -> new Expr.Unary(operator, without(operand), type);
            case Expr.Binary(var operator, var left, var right, var type) ->
                new Expr.Binary(operator, without(left), without(right), type);
            case Expr.IsNull(var operand) -> new Expr.IsNull(without(operand));
            case Expr.In(var value, var list) -> new Expr.In(without(value), without(list));
            case Expr.Conditional(var condition, var then, var otherwise, var type) ->
                new Expr.Conditional(without(condition), without(then), without(otherwise), type);
            case Expr.Call call -> call(call);
            case Expr.Convert(var operand, var type) -> new Expr.Convert(without(operand), type);
            case Expr.Exists(var object, var condition) -> new Expr.Exists(object, without(condition));
            case Expr.Count(var object, var condition) -> new Expr.Count(object, without(condition));
            case Expr.Related(var object, var condition, var field, var type) ->
                new Expr.Related(object, without(condition), field, type);
        };
    }

    private Expr call(Expr.Call call) {
        boolean first = switch (call.function()) {
            case CONTAINS, STARTS_WITH, ENDS_WITH -> true;
            case ROUND, ROUND_UP, ROUND_DOWN, ROUND_HALF_EVEN -> true;
            case DATE_OF, LABEL -> true;
            default -> false;
        };
        List<Expr> arguments = new ArrayList<>(call.arguments().size());
        for (Expr argument : call.arguments()) {
            arguments.add(first && !arguments.isEmpty() ? known(argument) : without(argument));
        }
        return new Expr.Call(call.function(), arguments, call.type());
    }

    /** A value the text depends on: a variable becomes the constant it has. */
    private Expr known(Expr expr) {
        return switch (expr) {
            case Expr.Literal literal -> literal;
            case Expr.Variable(String name, ValueType type) -> new Expr.Literal(variable(name), type);
            default -> without(expr);
        };
    }

    private @Nullable Object variable(String name) {
        if (!variables.containsKey(name)) {
            throw new IllegalArgumentException("the plan has no value for " + name);
        }
        return variables.get(name);
    }

    private Expr value(@Nullable Object value, ValueType type) {
        boolean free = value != null
                && switch (type) {
                    case Simple simple ->
                        switch (simple) {
                            case TEXT, INTEGER, DATE, DATE_TIME, TIME, ID -> true;
                            case DECIMAL -> value instanceof BigDecimal;
                            case BOOLEAN, JSON, ENCRYPTED_TEXT, NULL -> false;
                        };
                    case ValueType.Reference reference -> true;
                    case ValueType.ListOf list -> false;
                };
        if (!free || value == null) {
            return new Expr.Literal(value, type);
        }
        String slot = name(values.size());
        String name = value instanceof BigDecimal number ? slot + digits(number) : slot;
        types.put(name, type);
        values.add(value);
        return new Expr.Variable(name, type);
    }

    private static String digits(BigDecimal number) {
        int scale = Math.max(0, number.scale());
        int whole = Math.max(0, number.precision() - number.scale());
        int precision = (whole + scale + PRECISION_STEP) / PRECISION_STEP * PRECISION_STEP;
        return "" + DIGITS + precision + DIGITS + scale;
    }
}
