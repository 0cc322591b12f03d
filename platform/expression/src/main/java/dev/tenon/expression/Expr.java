package dev.tenon.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checked expression: every name is resolved, every node has its type, conversions are explicit. Evaluated in memory
 * by {@link Evaluator} and translated to SQL by the store with the same answer.
 *
 * <p>Null semantics (three-valued, as in SQL): a null operand makes arithmetic, comparison, text and date functions null;
 * {@code &&}, {@code ||}, {@code !} follow Kleene logic; {@code == null} and {@code != null} are real tests, never null.
 * A condition holds only where it is true.
 *
 * <p>Evaluation never fails. Where there is no answer it is null: an integer result beyond 64 bits, a division by zero, a
 * day outside of the years 1 to 9999. Decimals are exact; text is compared by code point; days are days in UTC.
 */
public sealed interface Expr {

    ValueType type();

    Expr TRUE = new Literal(true, ValueType.Simple.BOOLEAN);
    Expr FALSE = new Literal(false, ValueType.Simple.BOOLEAN);

    /** A constant; also what a bound parameter becomes. */
    record Literal(@Nullable Object value, ValueType type) implements Expr {}

    /**
     * A field of the record at hand, or of a record reached over lookups.
     *
     * @param scope 0: the innermost record; 1: the record outside of the enclosing {@link Exists} or {@link Related}; …
     * @param object the record's object
     * @param hops lookups to follow, first to last; empty for an own field
     * @param field name of the field on the last hop's target
     */
    record FieldRef(int scope, String object, List<Hop> hops, String field, ValueType type) implements Expr {
        public FieldRef {
            hops = List.copyOf(hops);
        }

        /** The object that {@code field} belongs to. */
        public String owner() {
            return hops.isEmpty() ? object : hops.getLast().target();
        }

        /** Path as written, for example {@code candidate.email}. */
        public String path() {
            StringBuilder path = new StringBuilder();
            hops.forEach(h -> path.append(h.lookup()).append('.'));
            return path.append(field).toString();
        }
    }

    /** One step over a lookup field to the record it refers to. */
    record Hop(String lookup, String target) {}

    /** A value known at evaluation time only: {@code me}, {@code now}, {@code today}, a setting, a query parameter. */
    record Variable(String name, ValueType type) implements Expr {}

    record Unary(UnaryOperator operator, Expr operand, ValueType type) implements Expr {}

    record Binary(BinaryOperator operator, Expr left, Expr right, ValueType type) implements Expr {}

    /** Null test; never null itself. */
    record IsNull(Expr operand) implements Expr {
        @Override
        public ValueType type() {
            return ValueType.Simple.BOOLEAN;
        }
    }

    /**
     * {@code value in list}: as equal to one of them. Null where the value is null, or where it equals none and one of
     * them is null. An element of a list type stands for the values of that list.
     */
    record In(Expr value, List<Expr> list) implements Expr {
        public In {
            list = List.copyOf(list);
        }

        @Override
        public ValueType type() {
            return ValueType.Simple.BOOLEAN;
        }
    }

    /** {@code condition ? then : otherwise}; a null condition takes the second branch. */
    record Conditional(Expr condition, Expr then, Expr otherwise, ValueType type) implements Expr {}

    /** A function of the language; see {@link Function}. */
    record Call(Function function, List<Expr> arguments, ValueType type) implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * Exact widening of an integer to a decimal, or of a date to the instant at which it starts in UTC. Outside of the
     * text language also of text to the id it spells, for references to records of any object, and of a decimal field to
     * its digits as text.
     */
    record Convert(Expr operand, ValueType type) implements Expr {}

    /** Whether some record of {@code object} fulfils the condition, in which it is scope 0. Not in the text language. */
    record Exists(String object, Expr condition) implements Expr {
        @Override
        public ValueType type() {
            return ValueType.Simple.BOOLEAN;
        }
    }

    /**
     * The value {@code field} of the one record of {@code object} that fulfils the condition, null when there is none.
     * The condition must fix a unique key. Not in the text language.
     */
    record Related(String object, Expr condition, String field, ValueType type) implements Expr {}

    /** How many records of {@code object} fulfil the condition, in which each is scope 0. Not in the text language. */
    record Count(String object, Expr condition) implements Expr {
        @Override
        public ValueType type() {
            return ValueType.Simple.INTEGER;
        }
    }

    /** Operators with one operand. */
    enum UnaryOperator {
        NOT,
        NEGATE
    }

    /** Operators with two operands. */
    enum BinaryOperator {
        AND,
        OR,
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        ADD,
        SUBTRACT,
        MULTIPLY,
        /** Always decimal, also of integers: rounded half up to 16 digits behind the point; null for a zero divisor. */
        DIVIDE,
        /** With the sign of the left side; null for a zero divisor. */
        REMAINDER
    }

    static Expr and(Expr a, Expr b) {
        if (a.equals(FALSE) || b.equals(FALSE)) {
            return FALSE;
        }
        if (a.equals(TRUE)) {
            return b;
        }
        return b.equals(TRUE) ? a : new Binary(BinaryOperator.AND, a, b, ValueType.Simple.BOOLEAN);
    }

    static Expr or(Expr a, Expr b) {
        if (a.equals(TRUE) || b.equals(TRUE)) {
            return TRUE;
        }
        if (a.equals(FALSE)) {
            return b;
        }
        return b.equals(FALSE) ? a : new Binary(BinaryOperator.OR, a, b, ValueType.Simple.BOOLEAN);
    }

    static Expr not(Expr operand) {
        return new Unary(UnaryOperator.NOT, operand, ValueType.Simple.BOOLEAN);
    }

    static Expr equal(Expr a, Expr b) {
        return new Binary(BinaryOperator.EQUAL, a, b, ValueType.Simple.BOOLEAN);
    }
}
