package dev.tenon.script;

import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorKind;

/** What can go wrong with a script. */
public enum ScriptError implements ErrorCode {
    /** The script threw a {@code UserError}: its message is for the person who saves. */
    USER_ERROR("script.user-error", ErrorKind.USER),
    FAILED("script.failed", ErrorKind.CUSTOMIZATION),
    SYNTAX_ERROR("script.syntax-error", ErrorKind.CUSTOMIZATION),
    FILE_MISSING("script.file-missing", ErrorKind.CUSTOMIZATION),
    EXPORT_MISSING("script.export-missing", ErrorKind.CUSTOMIZATION),
    TIMEOUT("script.timeout", ErrorKind.CUSTOMIZATION),
    OUT_OF_MEMORY("script.out-of-memory", ErrorKind.CUSTOMIZATION),
    TOO_DEEP("script.too-deep", ErrorKind.CUSTOMIZATION),
    TOO_MUCH_OUTPUT("script.too-much-output", ErrorKind.CUSTOMIZATION),
    HOST_CALL_LIMIT("script.host-call-limit", ErrorKind.CUSTOMIZATION),
    NESTED_TOO_DEEP("script.nested-too-deep", ErrorKind.CUSTOMIZATION),
    /** A value the script set or returned cannot be used. */
    BAD_VALUE("script.bad-value", ErrorKind.CUSTOMIZATION),
    /** Had to be ended by force several times in a row. */
    BLOCKED("script.blocked", ErrorKind.CUSTOMIZATION),
    UNAVAILABLE("script.unavailable", ErrorKind.CAPACITY);

    private final String id;
    private final ErrorKind kind;

    ScriptError(String id, ErrorKind kind) {
        this.id = id;
        this.kind = kind;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }
}
