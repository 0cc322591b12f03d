package dev.tenon.expression;

import dev.tenon.expression.Expr.BinaryOperator;
import dev.tenon.expression.internal.Symbols;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Prints a checked expression in the language, for explanations. Read again by {@link ExpressionCompiler} it is the same
 * expression, {@link Expr.Exists} and {@link Expr.Related} apart, for which the language has no words.
 */
public final class ExprText {

    private static final int CONDITIONAL = 1;
    private static final int OR = 2;
    private static final int AND = 3;
    private static final int RELATION = 4;
    private static final int SUM = 5;
    private static final int PRODUCT = 6;
    private static final int UNARY = 7;
    private static final int PRIMARY = 8;

    private ExprText() {}

    /** The text of the expression. */
    public static String of(Expr expr) {
        return print(expr, CONDITIONAL);
    }

    private static String print(Expr expr, int outside) {
        int own = strength(expr);
        String text = text(expr);
        return own < outside ? "(" + text + ")" : text;
    }

    private static int strength(Expr expr) {
        return switch (expr) {
            case Expr.Conditional conditional -> CONDITIONAL;
            case Expr.Binary binary -> strength(binary.operator());
            case Expr.IsNull test -> RELATION;
            case Expr.In in -> RELATION;
            case Expr.Unary unary -> hasTest(unary) ? PRIMARY : UNARY;
            case Expr.Literal literal -> literal.value() instanceof Number ? UNARY : PRIMARY;
            case Expr.Convert convert -> strength(convert.operand());
            case Expr.FieldRef field -> PRIMARY;
            case Expr.Variable variable -> PRIMARY;
            case Expr.Call call -> PRIMARY;
            case Expr.Exists exists -> PRIMARY;
            case Expr.Count count -> PRIMARY;
            case Expr.Related related -> PRIMARY;
        };
    }

    private static int strength(BinaryOperator operator) {
        return switch (operator) {
            case OR -> OR;
            case AND -> AND;
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> RELATION;
            case ADD, SUBTRACT -> SUM;
            case MULTIPLY, DIVIDE, REMAINDER -> PRODUCT;
        };
    }

    private static boolean hasTest(Expr.Unary unary) {
        return unary.operator() == Expr.UnaryOperator.NOT && unary.operand() instanceof Expr.IsNull;
    }

    private static String text(Expr expr) {
        return switch (expr) {
            case Expr.Literal literal -> constant(literal);
            case Expr.FieldRef field -> "outer.".repeat(field.scope()) + field.path();
            case Expr.Variable variable -> variable.name();
            case Expr.Unary unary when hasTest(unary) -> "has(" + of(((Expr.IsNull) unary.operand()).operand()) + ")";
            case Expr.Unary unary ->
                (unary.operator() == Expr.UnaryOperator.NOT ? "!" : "-") + print(unary.operand(), PRIMARY);
            case Expr.Binary binary -> {
                int own = strength(binary.operator());
                yield print(binary.left(), own)
                        + " "
                        + Symbols.of(binary.operator())
                        + " "
                        + print(binary.right(), own <= AND ? own : own + 1);
            }
            case Expr.IsNull test -> print(test.operand(), RELATION) + " == null";
            case Expr.In in -> print(in.value(), RELATION) + " in " + list(in);
            case Expr.Conditional conditional ->
                print(conditional.condition(), OR)
                        + " ? "
                        + print(conditional.then(), OR)
                        + " : "
                        + print(conditional.otherwise(), CONDITIONAL);
            case Expr.Call call
            when call.function() == Function.LABEL -> // the rest is the model's
                "label(" + of(call.arguments().get(0)) + ", "
                        + of(call.arguments().get(1)) + ")";
            case Expr.Call call ->
                call.function().text()
                        + call.arguments().stream().map(ExprText::of).collect(Collectors.joining(", ", "(", ")"));
            case Expr.Convert convert -> text(convert.operand());
            case Expr.Exists exists -> "exists(" + exists.object() + ", " + of(exists.condition()) + ")";
            case Expr.Count count -> "count(" + count.object() + ", " + of(count.condition()) + ")";
            case Expr.Related related ->
                "related(" + related.object() + ", " + of(related.condition()) + ")." + related.field();
        };
    }

    private static String list(Expr.In in) {
        boolean variable = in.list().size() == 1 && in.list().getFirst().type() instanceof ValueType.ListOf;
        return variable
                ? of(in.list().getFirst())
                : in.list().stream().map(ExprText::of).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String constant(Expr.Literal literal) {
        return switch (literal.value()) {
            case null -> "null";
            case BigDecimal number -> {
                String digits = number.toPlainString();
                yield digits.contains(".") ? digits : digits + ".0";
            }
            case LocalDate day -> "date(\"" + day + "\")";
            case LocalTime time -> "time(\"" + time + "\")";
            case Instant instant -> "timestamp(\"" + instant + "\")";
            case String text -> quoted(text);
            case UUID id -> quoted(id.toString());
            case Object other -> other.toString();
        };
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c == '\n') {
                quoted.append("\\n");
            } else if (c == '\r') {
                quoted.append("\\r");
            } else if (Character.isISOControl(c)) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }
}
