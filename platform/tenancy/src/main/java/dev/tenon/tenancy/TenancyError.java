package dev.tenon.tenancy;

import static dev.tenon.sdk.error.ErrorKind.CAPACITY;
import static dev.tenon.sdk.error.ErrorKind.CUSTOMIZATION;
import static dev.tenon.sdk.error.ErrorKind.INTERNAL;
import static dev.tenon.sdk.error.ErrorKind.USER;

import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorKind;

/** What can be wrong in a tenant's life; texts in {@code tenon/errors/tenancy*.properties}. */
public enum TenancyError implements ErrorCode {
    /** Args: tenant. */
    UNKNOWN_TENANT(USER),
    /** Args: tenant. */
    TENANT_EXISTS(USER),
    /** Args: tenant. */
    TENANT_KEY_INVALID(USER),
    /** Args: limit. */
    TENANT_NAME_INVALID(USER),
    /** Args: permission. */
    NOT_ALLOWED(USER),
    /** The problems are the details. Args: count. */
    MODEL_REFUSED(CUSTOMIZATION),
    /** Another change of the tenant's model did not end in time. Args: tenant. */
    PUBLISH_BUSY(CAPACITY),
    /** Tables are being changed for a model that is not in force yet. Args: tenant. */
    SCHEMA_CHANGE_RUNNING(CAPACITY),
    /** Args: id. */
    UNKNOWN_SCHEMA_CHANGE(USER),
    /** Args: id, state. */
    SCHEMA_CHANGE_DECIDED(USER),
    /** Values are computed for more than one version, or for one that cannot be taken back by itself. Args: id. */
    COMPUTING_GOES_ON(USER),
    /** Args: version. */
    UNKNOWN_VERSION(USER),
    /** The version changed installed packages or plugins, not the tenant's own layer. Args: version. */
    NOTHING_TO_UNDO(USER),
    /** Later changes are in the way; the details name them. Args: version. */
    UNDO_BLOCKED(USER),
    /** Args: element, property. */
    UNDO_CHANGED_SINCE(USER),
    /** What the version took out of the model was removed with its data meanwhile; the details name it. Args: version. */
    UNDO_DATA_PURGED(USER),
    /** Args: element, at. */
    UNDO_DATA_GONE(USER),
    /** The stored model does not compile with this program. Args: tenant, version. */
    MODEL_BROKEN(INTERNAL),
    /** Args: object, suggestion. */
    UNKNOWN_OBJECT(USER),
    /** Args: origin, path. */
    UNKNOWN_SCRIPT(USER),
    /** Args: origin, path. */
    SCRIPT_NOT_OWN(USER),
    /** Args: path. */
    SCRIPT_PATH_INVALID(USER),
    /** Code does not compile. Args: message. */
    SCRIPT_SYNTAX(CUSTOMIZATION),
    /** Args: element, handler. */
    HANDLER_MISSING(CUSTOMIZATION),
    /** Args: name, version, suggestion. */
    UNKNOWN_PACKAGE(USER),
    /** Args: name. */
    PACKAGE_NOT_INSTALLED(USER),
    /** The same version was stored before with other content. Args: name, version. */
    PACKAGE_VERSION_TAKEN(USER),
    /** The folder is not a tenant's own layer. Args: name. */
    NOT_A_CUSTOM_LAYER(USER),
    /** The folder is a tenant's own layer. Args: name. */
    NOT_A_PRODUCT(USER),
    /** Another installed package has the name or namespace. Args: name, namespace, other. */
    NAMESPACE_TAKEN(USER),
    /** Args: name, version, installed. */
    NOT_AN_UPGRADE(USER),
    /** Args: name, version. */
    NO_EARLIER_VERSION(USER),
    /** Args: id. */
    UNKNOWN_CONFLICT(USER),
    /** Args: id, decision. */
    CONFLICT_DECIDED(USER),
    /** Args: plugin. */
    PLUGIN_NOT_ENABLED(USER),
    /** Something else refers to what the plugin brings; the details say what. Args: plugin. */
    PLUGIN_IN_USE(USER),
    /** A row of a package's initial data was not accepted. Args: name, file, line, reason. */
    SEED_ROW_REFUSED(CUSTOMIZATION),
    /** Args: name, file, reason. */
    SEED_FILE_INVALID(CUSTOMIZATION);

    private final ErrorKind kind;

    TenancyError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public String owner() {
        return "tenancy";
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }
}
