package dev.tenon.plugin;

import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorKind;

/** What can go wrong with a plugin. */
public enum PluginError implements ErrorCode {
    NOT_FOUND("plugin.not-found", ErrorKind.USER),
    NOT_STARTED("plugin.not-started", ErrorKind.CUSTOMIZATION),
    NO_CONTRIBUTION("plugin.no-contribution", ErrorKind.CUSTOMIZATION),
    BROKEN_JAR("plugin.broken-jar", ErrorKind.USER),
    TOO_LARGE("plugin.too-large", ErrorKind.USER),
    MANIFEST_MISSING("plugin.manifest-missing", ErrorKind.CUSTOMIZATION),
    MANIFEST_INVALID("plugin.manifest-invalid", ErrorKind.CUSTOMIZATION),
    SDK_TOO_NEW("plugin.sdk-too-new", ErrorKind.USER),
    SDK_TOO_OLD("plugin.sdk-too-old", ErrorKind.USER),
    CLASS_MISSING("plugin.class-missing", ErrorKind.CUSTOMIZATION),
    START_FAILED("plugin.start-failed", ErrorKind.CUSTOMIZATION),
    START_TIMEOUT("plugin.start-timeout", ErrorKind.CUSTOMIZATION),
    FAILED("plugin.failed", ErrorKind.CUSTOMIZATION),
    TIMEOUT("plugin.timeout", ErrorKind.CUSTOMIZATION),
    BUSY("plugin.busy", ErrorKind.CAPACITY),
    BAD_RESULT("plugin.bad-result", ErrorKind.CUSTOMIZATION),
    SCOPE_MISSING("plugin.scope-missing", ErrorKind.CUSTOMIZATION),
    CONTEXT_MISUSED("plugin.context-misused", ErrorKind.CUSTOMIZATION),
    STORAGE("plugin.storage", ErrorKind.EXTERNAL);

    private final String id;
    private final ErrorKind kind;

    PluginError(String id, ErrorKind kind) {
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
