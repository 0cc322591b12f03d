package dev.tenon.sdk.approval;

import java.util.List;

/** A condition over the symbols of {@link VisibilitySymbols}; compiled into the condition of every query. */
public sealed interface VisibilityExpr {

    VisibilityExpr TRUE = new Literal(true);

    /** A symbol, by its dotted path, for example {@code item.nodeClosedSeq}. */
    record Symbol(String path) implements VisibilityExpr {}

    /** A constant: text, {@link Long}, {@link Boolean}. */
    record Literal(Object value) implements VisibilityExpr {}

    /** An operation: {@code and or not eq le lt in contains isNull}. Comparisons with an empty side are not true. */
    record Operation(String name, List<VisibilityExpr> operands) implements VisibilityExpr {
        public Operation {
            operands = List.copyOf(operands);
        }
    }

    default VisibilityExpr and(VisibilityExpr other) {
        return new Operation("and", List.of(this, other));
    }

    default VisibilityExpr or(VisibilityExpr other) {
        return new Operation("or", List.of(this, other));
    }

    default VisibilityExpr not() {
        return new Operation("not", List.of(this));
    }

    default VisibilityExpr eq(VisibilityExpr other) {
        return new Operation("eq", List.of(this, other));
    }

    /** The same person; another word for {@link #eq}. */
    default VisibilityExpr is(VisibilityExpr other) {
        return eq(other);
    }

    default VisibilityExpr le(VisibilityExpr other) {
        return new Operation("le", List.of(this, other));
    }

    default VisibilityExpr lt(VisibilityExpr other) {
        return new Operation("lt", List.of(this, other));
    }

    default VisibilityExpr contains(VisibilityExpr element) {
        return new Operation("contains", List.of(this, element));
    }

    default VisibilityExpr isNull() {
        return new Operation("isNull", List.of(this));
    }
}
