package dev.tenon.expression;

import dev.tenon.sdk.error.ErrorDetail;

/**
 * Why an expression cannot be used.
 *
 * @param detail code and values of the text
 * @param line 1-based line in the expression's text
 * @param column 1-based column
 */
public record ExpressionProblem(ErrorDetail detail, int line, int column) {}
