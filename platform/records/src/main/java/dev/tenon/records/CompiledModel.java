package dev.tenon.records;

import dev.tenon.access.AccessKernel;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Model;

/**
 * A model with everything compiled that requests need: rights, formulas, rules, defaults. Immutable.
 *
 * <p>Made by {@link ModelCompiler}; a request pins one and uses it to its end.
 */
public interface CompiledModel {

    Model model();

    AccessKernel access();

    /**
     * An expression of the model, checked against the fields of {@code object}: a rule, a condition of a trigger, action,
     * approval or step, a view's filter, an approval's outcome, a default. Throws {@link IllegalArgumentException} for
     * an expression that is not the model's.
     */
    Expr expression(String object, ExpressionText text);

    /** A path over lookups that the model names, for example the approver field of an approval step. */
    Expr path(String object, String path);
}
