package dev.tenon.plugin;

import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorKind;

/** What can go wrong with a plugin. */
public enum PluginError implements ErrorCode {
    NOT_FOUND(ErrorKind.USER),
    NOT_STARTED(ErrorKind.CUSTOMIZATION),
    NO_CONTRIBUTION(ErrorKind.CUSTOMIZATION),
    BROKEN_JAR(ErrorKind.USER),
    TOO_LARGE(ErrorKind.USER),
    MANIFEST_MISSING(ErrorKind.CUSTOMIZATION),
    MANIFEST_INVALID(ErrorKind.CUSTOMIZATION),
    SDK_TOO_NEW(ErrorKind.USER),
    SDK_TOO_OLD(ErrorKind.USER),
    CLASS_MISSING(ErrorKind.CUSTOMIZATION),
    START_FAILED(ErrorKind.CUSTOMIZATION),
    START_TIMEOUT(ErrorKind.CUSTOMIZATION),
    FAILED(ErrorKind.CUSTOMIZATION),
    TIMEOUT(ErrorKind.CUSTOMIZATION),
    BUSY(ErrorKind.CAPACITY),
    BAD_RESULT(ErrorKind.CUSTOMIZATION),
    SCOPE_MISSING(ErrorKind.CUSTOMIZATION),
    CONTEXT_MISUSED(ErrorKind.CUSTOMIZATION),
    STORAGE(ErrorKind.EXTERNAL);

    private final ErrorKind kind;

    PluginError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public String owner() {
        return "plugin";
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }
}
