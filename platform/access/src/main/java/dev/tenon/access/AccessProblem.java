package dev.tenon.access;

import dev.tenon.expression.ExpressionProblem;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.ErrorSource;

/** Why the access part of a model cannot be used, with the place that causes it. */
public record AccessProblem(ErrorDetail detail, ErrorSource source) {

    /** A fault of an expression, told at its place in the file that the expression stands in. */
    public static AccessProblem of(ExpressionText text, ExpressionProblem problem) {
        ErrorSource start = text.source();
        int line = start.line() == 0 ? 0 : start.line() + problem.line() - 1;
        int column =
                problem.line() == 1 && start.column() > 0 ? start.column() + problem.column() - 1 : problem.column();
        return new AccessProblem(
                problem.detail(), new ErrorSource(start.origin(), start.file(), line, line == 0 ? 0 : column));
    }
}
