package dev.tenon.store.sql.internal;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;

import dev.tenon.expression.Expr;
import dev.tenon.expression.Expr.BinaryOperator;
import dev.tenon.expression.Expr.UnaryOperator;
import dev.tenon.expression.Function;
import dev.tenon.expression.Scope;
import dev.tenon.expression.ValueType;
import dev.tenon.expression.ValueType.Simple;
import dev.tenon.store.schema.KeyList;
import dev.tenon.store.schema.SqlNaming;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Writes the nodes of expressions. SQL's three-valued logic is the language's, so most nodes are what they look like. */
public final class Translation {

    private final SqlFunctions functions;
    private final SqlNaming naming;
    private final Map<String, @Nullable Object> variables;
    private final Arithmetic arithmetic;
    private final Texts texts;
    private int aliases;

    public Translation(SqlFunctions functions, SqlNaming naming, Map<String, @Nullable Object> variables) {
        this.functions = functions;
        this.naming = naming;
        this.variables = variables;
        this.arithmetic = new Arithmetic(functions);
        this.texts = new Texts(functions);
    }

    public SqlNaming naming() {
        return naming;
    }

    /** An alias that the statement does not have yet. */
    public String nextAlias() {
        return "t" + ++aliases;
    }

    /** The frame of a record that stands by itself, with no record outside of it. */
    public Frame single(Table<Record> table, String object) {
        return new SingleRecord(this, table, object, null);
    }

    public SortField<?> order(Expr expr, boolean descending, Frame frame) {
        Field<?> value = field(expr, frame);
        Field<?> key = expr.type() == Simple.TEXT ? functions.orderKey(value.coerce(String.class)) : value;
        return functions.sort(key, descending);
    }

    public Field<?> quotient(Field<?> dividend, Field<?> divisor) {
        return arithmetic.apply(BinaryOperator.DIVIDE, dividend, divisor, Simple.DECIMAL);
    }

    public Condition condition(Expr expr, Frame frame) {
        return switch (expr) {
            case Expr.Literal literal
            when literal.value() instanceof Boolean truth -> truth ? DSL.trueCondition() : DSL.falseCondition();
            case Expr.Unary unary
            when unary.operator() == UnaryOperator.NOT -> DSL.not(condition(unary.operand(), frame));
            case Expr.Binary binary when binary.type() == Simple.BOOLEAN -> comparison(binary, frame);
            // What is always true or false is never empty, and no database parses "exists (…) is null".
            case Expr.IsNull(Expr.Exists always) -> DSL.falseCondition();
            case Expr.IsNull test -> field(test.operand(), frame).isNull();
            case Expr.In in -> in(in, frame);
            case Expr.Exists exists -> exists(exists, frame);
            case Expr.Call call
            when isTest(call.function()) ->
                texts.test(
                        call.function(),
                        typed(call.arguments().get(0), frame, String.class),
                        typed(call.arguments().get(1), frame, String.class),
                        constantText(call.arguments().get(1)));
            case Expr.Literal literal -> truth(literal, frame);
            case Expr.Unary unary -> truth(unary, frame);
            case Expr.Binary binary -> truth(binary, frame);
            case Expr.Call call -> truth(call, frame);
            case Expr.FieldRef field -> truth(field, frame);
            case Expr.Variable variable -> truth(variable, frame);
            case Expr.Conditional conditional -> truth(conditional, frame);
            case Expr.Convert convert -> truth(convert, frame);
            case Expr.Count count -> truth(count, frame);
            case Expr.Related related -> truth(related, frame);
        };
    }

    private Condition truth(Expr expr, Frame frame) {
        return DSL.condition(typed(expr, frame, Boolean.class));
    }

    private static boolean isTest(Function function) {
        return function == Function.CONTAINS || function == Function.STARTS_WITH || function == Function.ENDS_WITH;
    }

    /** The text where it is known now, which an index can then help to find. */
    private Optional<String> constantText(Expr expr) {
        return switch (expr) {
            case Expr.Literal literal -> Optional.ofNullable((String) literal.value());
            case Expr.Variable variable -> Optional.ofNullable((String) value(variable));
            default -> Optional.empty();
        };
    }

    public Field<?> field(Expr expr, Frame frame) {
        return switch (expr) {
            case Expr.Literal literal -> bind(literal.value(), literal.type());
            case Expr.Variable variable -> bind(value(variable), variable.type());
            case Expr.FieldRef field ->
                frame(frame, field.scope()).column(field.hops(), field.field()).coerce(SqlTypes.of(field.type()));
            case Expr.Unary unary ->
                unary.operator() == UnaryOperator.NOT
                        ? DSL.field(condition(unary, frame))
                        : arithmetic.negate(field(unary.operand(), frame), unary.type());
            case Expr.Binary binary ->
                binary.type() == Simple.BOOLEAN ? DSL.field(condition(binary, frame)) : arithmetic(binary, frame);
            case Expr.IsNull test -> DSL.field(condition(test, frame));
            case Expr.In in -> DSL.field(condition(in, frame));
            case Expr.Exists exists ->
                DSL.when(condition(exists, frame), DSL.inline(true)).otherwise(DSL.inline(false));
            case Expr.Conditional conditional -> conditional(conditional, frame);
            case Expr.Call call -> isTest(call.function()) ? DSL.field(condition(call, frame)) : call(call, frame);
            case Expr.Convert convert -> convert(convert, frame);
            case Expr.Count count -> count(count, frame);
            case Expr.Related related -> related(related, frame);
        };
    }

    private <T> Field<T> typed(Expr expr, Frame frame, Class<T> type) {
        return field(expr, frame).coerce(type);
    }

    private static Frame frame(Frame innermost, int scope) {
        Frame frame = innermost;
        for (int i = 0; i < scope; i++) {
            Frame outer = frame.outer();
            if (outer == null) {
                throw new IllegalArgumentException("no record " + scope + " scopes outside of the one at hand");
            }
            frame = outer;
        }
        return frame;
    }

    private @Nullable Object value(Expr.Variable variable) {
        if (!variables.containsKey(variable.name())) {
            throw new IllegalArgumentException("the plan has no value for " + variable.name());
        }
        return variables.get(variable.name());
    }

    private Field<?> bind(@Nullable Object value, ValueType type) {
        if (value instanceof BigDecimal decimal) {
            return functions.decimal(decimal);
        }
        if (value instanceof LocalDate day) {
            // As text: on its way through java.sql.Date a day before 1582 becomes another one.
            return DSL.field("cast({0} as date)", SQLDataType.LOCALDATE, DSL.val(day.toString()));
        }
        if (value instanceof LocalTime time) {
            // As text, too: java.sql.Time has no fractions of a second.
            return DSL.field("cast({0} as time(6))", SQLDataType.LOCALTIME, DSL.val(ISO_LOCAL_TIME.format(time)));
        }
        if (value instanceof org.jooq.Param<?> later) {
            return type == Simple.DECIMAL ? functions.decimal(later) : later;
        }
        return value == null ? DSL.castNull(SqlTypes.of(type)) : DSL.val(value, SqlTypes.of(type));
    }

    private Condition comparison(Expr.Binary binary, Frame frame) {
        if (binary.operator() == BinaryOperator.AND || binary.operator() == BinaryOperator.OR) {
            Condition left = condition(binary.left(), frame);
            Condition right = condition(binary.right(), frame);
            return binary.operator() == BinaryOperator.AND ? left.and(right) : left.or(right);
        }
        boolean ordered = binary.operator() != BinaryOperator.EQUAL && binary.operator() != BinaryOperator.NOT_EQUAL;
        boolean text = ordered && binary.left().type() == Simple.TEXT;
        Field<Object> left = comparable(binary.left(), text, frame);
        Field<Object> right = comparable(binary.right(), text, frame);
        return switch (binary.operator()) {
            case EQUAL -> left.eq(right);
            case NOT_EQUAL -> left.ne(right);
            case LESS -> left.lt(right);
            case LESS_OR_EQUAL -> left.le(right);
            case GREATER -> left.gt(right);
            case GREATER_OR_EQUAL -> left.ge(right);
            case AND, OR, ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER ->
                throw new IllegalArgumentException("no comparison: " + binary.operator());
        };
    }

    private Field<Object> comparable(Expr expr, boolean byCodePoint, Frame frame) {
        Field<?> value = field(expr, frame);
        Field<?> key = byCodePoint ? functions.orderKey(value.coerce(String.class)) : value;
        return key.coerce(Object.class);
    }

    private Field<?> arithmetic(Expr.Binary binary, Frame frame) {
        Field<?> left = field(binary.left(), frame);
        Field<?> right = field(binary.right(), frame);
        return arithmetic.apply(binary.operator(), left, right, binary.type());
    }

    private Condition in(Expr.In in, Frame frame) {
        Field<Object> value = comparable(in.value(), false, frame);
        List<Field<Object>> candidates = new ArrayList<>();
        Condition held = null;
        for (Expr element : in.list()) {
            if (isColumn(element)) {
                Condition among = among(typed(in.value(), frame, String.class), typed(element, frame, String.class));
                held = held == null ? among : held.or(among);
            } else if (element.type() instanceof ValueType.ListOf list) {
                for (Object single : values(element)) {
                    candidates.add(bind(single, list.element()).coerce(Object.class));
                }
            } else {
                candidates.add(comparable(element, false, frame));
            }
        }
        if (held != null) {
            return candidates.isEmpty() ? held : held.or(value.in(candidates));
        }
        if (candidates.isEmpty()) {
            // Null where the value is null, else false; SQL has no empty list.
            return DSL.condition(DSL.nullif(DSL.field(value.isNull()), DSL.inline(true)));
        }
        return value.in(candidates);
    }

    /** A list that is kept in a column; the cell may be one that only some may read. */
    private static boolean isColumn(Expr expr) {
        return expr.type() instanceof ValueType.ListOf
                && !(expr instanceof Expr.Literal literal && literal.value() != null)
                && !(expr instanceof Expr.Variable);
    }

    /** Whether the key is one of those in the text; of an empty cell's it is none. */
    private Condition among(Field<String> key, Field<String> keys) {
        Field<String> separator = DSL.inline(KeyList.SEPARATOR);
        return DSL.condition(functions.contains(
                DSL.coalesce(keys, DSL.inline("")),
                separator.concat(DSL.replace(key, separator, DSL.inline(" "))).concat(separator)));
    }

    private Collection<?> values(Expr list) {
        Object value = switch (list) {
            case Expr.Literal literal -> literal.value();
            case Expr.Variable variable -> value(variable);
            default -> throw new IllegalArgumentException("a list is a constant or a variable: " + list);
        };
        return value == null ? List.of() : (Collection<?>) value;
    }

    private Field<?> conditional(Expr.Conditional conditional, Frame frame) {
        Field<Object> then = field(conditional.then(), frame).coerce(Object.class);
        Field<Object> otherwise = field(conditional.otherwise(), frame).coerce(Object.class);
        return DSL.when(condition(conditional.condition(), frame), then)
                .otherwise(otherwise)
                .coerce(SqlTypes.of(conditional.type()));
    }

    private Field<?> convert(Expr.Convert convert, Frame frame) {
        Field<?> operand = field(convert.operand(), frame);
        ValueType from = convert.operand().type();
        if (from == Simple.INTEGER && convert.type() == Simple.DECIMAL) {
            return functions.widen(operand.coerce(Long.class));
        }
        if (from == Simple.DATE && convert.type() == Simple.DATE_TIME) {
            return functions.startOf(operand.coerce(LocalDate.class));
        }
        if (from == Simple.DECIMAL && convert.type() == Simple.TEXT) {
            // A column's number is written with all the digits of its scale by both databases.
            return operand.cast(SQLDataType.VARCHAR);
        }
        if (from == Simple.TEXT && convert.type() == Simple.ID) {
            return operand.cast(org.jooq.impl.SQLDataType.UUID);
        }
        throw new IllegalArgumentException(
                from.describe() + " does not widen to " + convert.type().describe());
    }

    private Field<?> call(Expr.Call call, Frame frame) {
        List<Expr> known = new ArrayList<>();
        List<Field<?>> arguments = new ArrayList<>();
        for (Expr argument : call.arguments()) {
            // How a zone is written depends on which one it is.
            boolean zone = argument instanceof Expr.Variable variable
                    && variable.name().equals(Scope.ZONE);
            known.add(zone ? new Expr.Literal(value((Expr.Variable) argument), argument.type()) : argument);
            arguments.add(field(argument, frame));
        }
        return Calls.write(new Expr.Call(call.function(), known, call.type()), arguments, functions, arithmetic);
    }

    private Condition exists(Expr.Exists exists, Frame outer) {
        Table<Record> table = naming.table(exists.object()).as(nextAlias());
        Frame inner = new SingleRecord(this, table, exists.object(), outer);
        return DSL.exists(DSL.selectOne().from(table).where(condition(exists.condition(), inner)));
    }

    private Field<?> count(Expr.Count count, Frame outer) {
        Table<Record> table = naming.table(count.object()).as(nextAlias());
        Frame inner = new SingleRecord(this, table, count.object(), outer);
        return DSL.field(DSL.selectCount().from(table).where(condition(count.condition(), inner)))
                .coerce(SqlTypes.of(count.type()));
    }

    private Field<?> related(Expr.Related related, Frame outer) {
        Table<Record> table = naming.table(related.object()).as(nextAlias());
        Frame inner = new SingleRecord(this, table, related.object(), outer);
        Condition condition = condition(related.condition(), inner);
        return DSL.field(DSL.select(naming.column(table, related.object(), related.field())
                                .coerce(Object.class))
                        .from(table)
                        .where(condition))
                .coerce(SqlTypes.of(related.type()));
    }
}
