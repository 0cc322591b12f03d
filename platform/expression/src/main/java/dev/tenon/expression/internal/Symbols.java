package dev.tenon.expression.internal;

import dev.tenon.expression.Expr.BinaryOperator;

/** How operators are written. */
public final class Symbols {

    private Symbols() {}

    public static String of(BinaryOperator operator) {
        return switch (operator) {
            case AND -> "&&";
            case OR -> "||";
            case EQUAL -> "==";
            case NOT_EQUAL -> "!=";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<=";
            case GREATER -> ">";
            case GREATER_OR_EQUAL -> ">=";
            case ADD -> "+";
            case SUBTRACT -> "-";
            case MULTIPLY -> "*";
            case DIVIDE -> "/";
            case REMAINDER -> "%";
        };
    }
}
