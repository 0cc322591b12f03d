package dev.tenon.store;

import static dev.tenon.sdk.error.ErrorKind.CAPACITY;
import static dev.tenon.sdk.error.ErrorKind.CUSTOMIZATION;
import static dev.tenon.sdk.error.ErrorKind.EXTERNAL;
import static dev.tenon.sdk.error.ErrorKind.INTERNAL;
import static dev.tenon.sdk.error.ErrorKind.USER;

import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorKind;

/** What can go wrong between the platform and its database or files. */
public enum StoreError implements ErrorCode {
    UNSUPPORTED_URL(EXTERNAL),
    UNREACHABLE(EXTERNAL),
    ACCESS_DENIED(EXTERNAL),
    DATABASE_MISSING(EXTERNAL),
    DATABASE_UNSUITABLE(EXTERNAL),
    FOLDER_UNWRITABLE(EXTERNAL),
    LOCKED_BY_ANOTHER_PROCESS(EXTERNAL),
    DATA_DAMAGED(EXTERNAL),
    /** The data was written by a newer program than this one. */
    DATA_NEWER(EXTERNAL),
    MIGRATION_FAILED(INTERNAL),
    /** Lost against a concurrent transaction; the same work may be tried again. */
    CONFLICT(CAPACITY),
    /** No connection or lock was to be had in time. */
    BUSY(CAPACITY),
    /** Its asker did not want the work to go on. */
    STOPPED(USER),
    /** The connection broke. What the transaction did is rolled back, unless it broke during the commit. */
    CONNECTION_LOST(EXTERNAL),
    DISK_FULL(EXTERNAL),
    DUPLICATE(USER),
    VALUE_OUT_OF_RANGE(USER),
    UNKNOWN_TENANT(INTERNAL),
    /** Object or field of a model whose tables were not brought up to it. */
    UNKNOWN_COLUMN(INTERNAL),
    FAILURE(INTERNAL),
    SCHEMA_CHANGE_REFUSED(CUSTOMIZATION),
    COLUMN_TYPE_CHANGE(CUSTOMIZATION),
    VALUES_WOULD_BE_LOST(CUSTOMIZATION),
    TARGET_IN_USE(CUSTOMIZATION),
    DUPLICATES_PRESENT(CUSTOMIZATION),
    SCHEMA_CHANGE_FAILED(INTERNAL),
    /** Somebody cancelled it. Args: tenant. */
    SCHEMA_CHANGE_CANCELLED(USER),
    /** A save waited for a table that is being copied. Args: object. */
    OBJECT_BEING_CHANGED(CAPACITY),
    /** Args: name, value, allowed. */
    SCHEMA_SETTING_INVALID(EXTERNAL),
    /** How long deleted records are kept. Args: days, maximum. */
    RETENTION_OUT_OF_RANGE(EXTERNAL),
    /** Args: place. */
    ENCRYPTION_KEYS_INVALID(EXTERNAL),
    /** Args: place. */
    ENCRYPTION_KEYS_UNREADABLE(EXTERNAL),
    /** Something is sealed with a key that is not configured. Args: key (its id), place. */
    ENCRYPTION_KEY_MISSING(EXTERNAL),
    /** Something sealed was changed, or comes from another place or key of the same id. Args: place. */
    SECRET_DAMAGED(EXTERNAL),
    FILE_TOO_LARGE(USER),
    FILE_FAILURE(EXTERNAL);

    private final ErrorKind kind;

    StoreError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public String owner() {
        return "store";
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }
}
