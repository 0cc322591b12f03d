package dev.tenon.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the evaluator finds values. */
public interface EvaluationContext {

    /** Value of a field of the record at hand, or over lookups of a related one; null where a hop is empty. */
    @Nullable
    Object field(List<Expr.Hop> hops, String field);

    /** Value of a variable: {@code me} as the user's {@link java.util.UUID}, {@code settings.<name>}, parameters. */
    @Nullable
    Object variable(String name);
}
