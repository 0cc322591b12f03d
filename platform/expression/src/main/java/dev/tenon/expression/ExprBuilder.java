package dev.tenon.expression;

import dev.tenon.expression.Expr.BinaryOperator;
import dev.tenon.expression.Expr.UnaryOperator;
import dev.tenon.expression.internal.Mismatch;
import dev.tenon.expression.internal.Rules;
import dev.tenon.sdk.error.PlatformException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds checked expressions from parts, for callers that have no text: a filter of the data API, a condition made by
 * the platform. The same rules, conversions and errors as {@link ExpressionCompiler}; each method throws
 * {@link PlatformException} with a code of {@link ExpressionError} where the text would be refused.
 */
public final class ExprBuilder {

    private final Rules rules;

    public ExprBuilder(Scope scope) {
        this.rules = new Rules(scope);
    }

    /** A field of the scope's object or a path over lookups, {@code application.position}; also a variable's name. */
    public Expr field(String path) {
        return checked(() -> rules.name(List.of(path.split("\\.", -1))));
    }

    /**
     * A constant.
     *
     * @param value of a Java type documented at {@link ValueType.Simple}; Integer and Short are taken as Long
     */
    public Expr literal(@Nullable Object value) {
        return checked(() -> rules.literal(value));
    }

    public Expr not(Expr operand) {
        return checked(() -> rules.unary(UnaryOperator.NOT, operand));
    }

    public Expr negate(Expr operand) {
        return checked(() -> rules.unary(UnaryOperator.NEGATE, operand));
    }

    public Expr binary(BinaryOperator operator, Expr left, Expr right) {
        return checked(() -> rules.binary(operator, left, right));
    }

    public Expr isNull(Expr operand) {
        return checked(() -> rules.isNull(operand));
    }

    public Expr in(Expr value, List<Expr> list) {
        return checked(() -> rules.in(value, list));
    }

    public Expr conditional(Expr condition, Expr then, Expr otherwise) {
        return checked(() -> rules.conditional(condition, then, otherwise));
    }

    public Expr call(Function function, List<Expr> arguments) {
        return checked(() -> rules.call(function, arguments));
    }

    /** The expression as a value of the type, widened where that is exact. */
    public Expr as(Expr expr, ValueType expected) {
        return checked(() -> rules.expect(expr, expected));
    }

    private static Expr checked(Supplier<Expr> rule) {
        try {
            return rule.get();
        } catch (Mismatch mismatch) {
            throw mismatch.asException();
        }
    }
}
