package dev.tenon.script;

import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorKind;

/** What can go wrong with a script. */
public enum ScriptError implements ErrorCode {
    /** The script threw a {@code UserError}: its message is for the person who saves. */
    USER_ERROR(ErrorKind.USER),
    FAILED(ErrorKind.CUSTOMIZATION),
    SYNTAX_ERROR(ErrorKind.CUSTOMIZATION),
    FILE_MISSING(ErrorKind.CUSTOMIZATION),
    EXPORT_MISSING(ErrorKind.CUSTOMIZATION),
    TIMEOUT(ErrorKind.CUSTOMIZATION),
    OUT_OF_MEMORY(ErrorKind.CUSTOMIZATION),
    TOO_DEEP(ErrorKind.CUSTOMIZATION),
    TOO_MUCH_OUTPUT(ErrorKind.CUSTOMIZATION),
    HOST_CALL_LIMIT(ErrorKind.CUSTOMIZATION),
    NESTED_TOO_DEEP(ErrorKind.CUSTOMIZATION),
    /** A value the script set or returned cannot be used. */
    BAD_VALUE(ErrorKind.CUSTOMIZATION),
    /** Had to be ended by force several times in a row. */
    BLOCKED(ErrorKind.CUSTOMIZATION),
    UNAVAILABLE(ErrorKind.CAPACITY);

    private final ErrorKind kind;

    ScriptError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public String owner() {
        return "script";
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }
}
