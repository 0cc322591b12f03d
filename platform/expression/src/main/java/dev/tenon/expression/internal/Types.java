package dev.tenon.expression.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ExpressionError;
import dev.tenon.expression.ValueType;
import dev.tenon.expression.ValueType.Simple;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which types meet, and how one widens to another. Every widening is exact. */
final class Types {

    static final Set<ValueType> NUMBERS = Set.of(Simple.INTEGER, Simple.DECIMAL);
    static final Set<ValueType> ORDERED =
            Set.of(Simple.TEXT, Simple.INTEGER, Simple.DECIMAL, Simple.DATE, Simple.DATE_TIME, Simple.TIME);

    private Types() {}

    /** The type to which all of them widen; {@link Simple#NULL} when all are the literal null. */
    static Optional<ValueType> common(List<Expr> exprs) {
        ValueType common = Simple.NULL;
        for (Expr expr : exprs) {
            Optional<ValueType> next = common(common, expr.type());
            if (next.isEmpty()) {
                return next;
            }
            common = next.get();
        }
        // A text constant beside an id is an id in text; text that is not constant never is.
        return Optional.of(common);
    }

    private static Optional<ValueType> common(ValueType a, ValueType b) {
        if (a.equals(b) || b == Simple.NULL) {
            return Optional.of(a);
        }
        if (a == Simple.NULL) {
            return Optional.of(b);
        }
        if (NUMBERS.contains(a) && NUMBERS.contains(b)) {
            return Optional.of(Simple.DECIMAL);
        }
        if (isDay(a) && isDay(b)) {
            return Optional.of(Simple.DATE_TIME);
        }
        if (isId(a) && isId(b) && (a == Simple.ID || b == Simple.ID)) {
            return Optional.of(a == Simple.ID ? b : a);
        }
        return Optional.empty();
    }

    /** Refuses lists and JSON, of which no expression makes a value. */
    static void requireComparable(List<Expr> exprs) {
        for (int i = 0; i < exprs.size(); i++) {
            ValueType type = exprs.get(i).type();
            if (!type.comparable()) {
                throw mismatch("single value", type).atOperand(i);
            }
        }
    }

    static boolean isDay(ValueType type) {
        return type == Simple.DATE || type == Simple.DATE_TIME;
    }

    static boolean isId(ValueType type) {
        return type == Simple.ID || type instanceof ValueType.Reference;
    }

    /** The expression as a value of the type, or a type mismatch. */
    static Expr convert(Expr expr, ValueType target) {
        ValueType found = expr.type();
        if (found.equals(target) || (isId(found) && isId(target) && (found == Simple.ID || target == Simple.ID))) {
            return expr;
        }
        boolean widens = found == Simple.NULL
                || (found == Simple.INTEGER && target == Simple.DECIMAL)
                || (found == Simple.DATE && target == Simple.DATE_TIME);
        if (widens) {
            return expr instanceof Expr.Literal literal
                    ? Constants.widen(literal, target)
                    : new Expr.Convert(expr, target);
        }
        String text = Constants.asText(expr);
        if (isId(target) && text != null) {
            return Constants.parseId(text);
        }
        throw mismatch(target.describe(), found);
    }

    static Mismatch mismatch(String expected, ValueType found) {
        return new Mismatch(ExpressionError.TYPE_MISMATCH, Map.of("expected", expected, "found", found.describe()));
    }
}
