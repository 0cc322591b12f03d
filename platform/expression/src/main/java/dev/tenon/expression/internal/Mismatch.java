package dev.tenon.expression.internal;

import dev.tenon.expression.ExpressionError;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.PlatformException;
import java.util.Map;

/**
 * A rule of the language is broken. Thrown by {@link Rules}, caught by the two doors that know the place: it never
 * leaves the room.
 */
public final class Mismatch extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The node itself is at fault, not one of its operands. */
    static final int NODE = -1;

    private final ExpressionError error;
    private final transient Map<String, Object> values;
    private final int operand;

    Mismatch(ExpressionError error, Map<String, Object> values, int operand) {
        // Thrown for every wrong expression, and nobody looks at its stack.
        super(error.id(), null, false, false);
        this.error = error;
        this.values = Map.copyOf(values);
        this.operand = operand;
    }

    Mismatch(ExpressionError error, Map<String, Object> values) {
        this(error, values, NODE);
    }

    /** The same fault, seen from a node that has the culprit as its operand. */
    Mismatch atOperand(int index) {
        return new Mismatch(error, values, index);
    }

    /** Index of the operand at fault, or {@link #NODE}. */
    int operand() {
        return operand;
    }

    ErrorDetail detail() {
        return new ErrorDetail(error, "", values);
    }

    /** The fault for callers that have no text to point into. */
    public PlatformException asException() {
        PlatformException.Builder builder = error.error();
        values.forEach(builder::with);
        return builder.build();
    }
}
