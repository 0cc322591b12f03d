package dev.tenon.expression;

import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorKind;

/** What can be wrong with an expression; texts in {@code tenon/errors/expression*.properties}. */
public enum ExpressionError implements ErrorCode {
    /** Several of the following at once, or one with its place; they are the details. Args: count. */
    INVALID,
    /** Args: length, limit. */
    TOO_LONG,
    /** Args: limit. */
    TOO_DEEP,
    /** More multiplications within each other than decimals stay reasonable. Args: limit. */
    TOO_COMPLEX,
    /** Args: path, limit. */
    PATH_TOO_LONG,
    /** Args: found. */
    SYNTAX,
    /** The text ends where more must come. */
    UNFINISHED,
    /** Grammar of CEL that this language does not use. Args: construct. */
    UNSUPPORTED,
    /** A name that does not exist, or that the author may not use. Args: name, object, suggestion. */
    UNKNOWN_NAME,
    /** Args: name, suggestion. */
    UNKNOWN_SETTING,
    /** Args: name, suggestion. */
    UNKNOWN_FUNCTION,
    /** A path goes on behind something that refers to no record. Args: name, type. */
    NOT_A_REFERENCE,
    /** A field that no record keeps, in an expression that looks at records by themselves. Args: name. */
    ONLY_IN_QUERIES,
    /** Args: expected, found. */
    TYPE_MISMATCH,
    /** Args: operator, left, right. */
    OPERAND_MISMATCH,
    /** Args: function, expected, found. */
    ARGUMENT_COUNT,
    /** Args: value, field, suggestion. */
    UNKNOWN_PICKLIST_VALUE,
    /** A constant that is no value of the type. Args: value, expected. */
    INVALID_CONSTANT,
    /** Something that must be a constant. Args: function, expected. */
    CONSTANT_NEEDED,
    EMPTY_LIST;

    @Override
    public String owner() {
        return "expression";
    }

    /** Whoever wrote the expression: a person in the console or a program that filters. */
    @Override
    public ErrorKind kind() {
        return ErrorKind.USER;
    }
}
