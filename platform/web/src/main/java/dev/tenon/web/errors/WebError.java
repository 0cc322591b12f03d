package dev.tenon.web.errors;

import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorKind;

/** What can be wrong with a request before any room below has looked at it. */
public enum WebError implements ErrorCode {
    NOT_FOUND(ErrorKind.USER),
    METHOD_NOT_ALLOWED(ErrorKind.USER),
    UNSUPPORTED_MEDIA_TYPE(ErrorKind.USER),
    NOT_ACCEPTABLE(ErrorKind.USER),
    TOO_LARGE(ErrorKind.USER),
    MALFORMED_JSON(ErrorKind.USER),
    MALFORMED_BODY(ErrorKind.USER),
    MALFORMED_REQUEST(ErrorKind.USER),
    PARAMETER_MISSING(ErrorKind.USER),
    PARAMETER_MALFORMED(ErrorKind.USER),
    UNAUTHENTICATED(ErrorKind.USER),
    FORBIDDEN(ErrorKind.USER),
    PERMISSION_NEEDED(ErrorKind.USER),
    /** The access token was not made for this. Args: scope. */
    SCOPE_NEEDED(ErrorKind.USER),
    PRECONDITION_REQUIRED(ErrorKind.USER),
    MALFORMED_ETAG(ErrorKind.USER),
    ODATA_SYNTAX(ErrorKind.USER),
    ODATA_NOT_SUPPORTED(ErrorKind.USER),
    ODATA_TYPE_MISMATCH(ErrorKind.USER),
    ODATA_OPTION_VALUE(ErrorKind.USER),
    ODATA_EXPAND_TOO_DEEP(ErrorKind.USER),
    ODATA_EXPAND_TOO_WIDE(ErrorKind.USER),
    ODATA_TOO_COMPLEX(ErrorKind.USER),
    ODATA_PAGE_TOKEN(ErrorKind.USER),
    ODATA_ORDER_TOO_LONG(ErrorKind.USER),
    ODATA_DEEP_TOO_MUCH(ErrorKind.USER),
    ODATA_KEY_TAKEN(ErrorKind.USER),
    ODATA_BATCH_MALFORMED(ErrorKind.USER),
    ODATA_BATCH_TOO_MANY(ErrorKind.USER),
    ODATA_BATCH_ID_TWICE(ErrorKind.USER),
    ODATA_BATCH_GROUP_SPLIT(ErrorKind.USER),
    ODATA_BATCH_ORDER(ErrorKind.USER),
    ODATA_BATCH_NESTED(ErrorKind.USER),
    ODATA_BATCH_URL(ErrorKind.USER),
    ODATA_BATCH_REFERENCE(ErrorKind.USER),
    ODATA_BATCH_DEPENDENCY(ErrorKind.USER),
    ODATA_BATCH_CONDITION(ErrorKind.USER),
    ODATA_BATCH_CONDITION_UNCLEAR(ErrorKind.USER),
    ODATA_BATCH_ROLLED_BACK(ErrorKind.USER),
    ODATA_BATCH_STOPPED(ErrorKind.USER),
    /** Args: object, columns. */
    EXPORT_COLUMN_UNKNOWN(ErrorKind.USER),
    UNKNOWN_VIEW(ErrorKind.USER),
    UNKNOWN_SCRIPT(ErrorKind.USER),
    UNKNOWN_ELEMENT(ErrorKind.USER),
    UNREADABLE_UPLOAD(ErrorKind.USER),
    PLUGIN_STILL_ENABLED(ErrorKind.USER),
    NOT_CONFIRMED(ErrorKind.USER),
    OPERATOR_TOKEN_UNFIT(ErrorKind.USER),
    STARTING(ErrorKind.CAPACITY),
    BUSY(ErrorKind.CAPACITY),
    INTERNAL(ErrorKind.INTERNAL);

    private final ErrorKind kind;

    WebError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public String owner() {
        return "web";
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }
}
