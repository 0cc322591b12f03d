package dev.tenon.automation;

import static dev.tenon.sdk.error.ErrorKind.CAPACITY;
import static dev.tenon.sdk.error.ErrorKind.EXTERNAL;
import static dev.tenon.sdk.error.ErrorKind.INTERNAL;
import static dev.tenon.sdk.error.ErrorKind.USER;

import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorKind;

/** What can be wrong with imports and notifications; texts in {@code tenon/errors/automation*.properties}. */
public enum AutomationError implements ErrorCode {
    NOT_ALLOWED(USER),
    /** Args: id. */
    UNKNOWN_IMPORT(USER),
    /** Args: id. */
    UNKNOWN_NOTIFICATION(USER),
    FILE_EMPTY(USER),
    /** Neither UTF-8 nor GBK. */
    FILE_ENCODING(USER),
    /** Args: charset. */
    FILE_ENCODING_CHOSEN(USER),
    /** A workbook of before 2007. */
    FILE_OLD_EXCEL(USER),
    /** Takes far more to read than to send. Args: what, limit. */
    FILE_UNSAFE(USER),
    /** Args: separator. */
    SEPARATOR_UNKNOWN(USER),
    /** Args: sheet, known. */
    SHEET_UNKNOWN(USER),
    /** Args: reason. */
    FILE_MALFORMED(USER),
    /** Several of the following, as details. Args: count. */
    COLUMNS_UNFIT(USER),
    /** Args: column, suggestion. */
    COLUMN_UNKNOWN(USER),
    /** Args: column, field. */
    COLUMN_NOT_WRITABLE(USER),
    /** Two columns go to one field. Args: column, field. */
    COLUMN_TWICE(USER),
    /** A label fits several fields. Args: column, fields. */
    COLUMN_AMBIGUOUS(USER),
    /** Args: column, field, suggestion. */
    MAPPED_FIELD_UNKNOWN(USER),
    /** The mapping names a column that the file does not have. Args: column. */
    MAPPED_COLUMN_MISSING(USER),
    /** Args: field. */
    KEY_FIELD_UNFIT(USER),
    /** Args: mode. */
    KEY_FIELD_MISSING(USER),
    /** Args: field. */
    KEY_FIELD_UNNEEDED(USER),
    /** Args: field. */
    KEY_EMPTY(USER),
    /** Args: field, value. */
    KEY_NOT_FOUND(USER),
    /** Several records have the key. Args: field, value. */
    KEY_AMBIGUOUS(USER),
    /** Args: found, expected. */
    ROW_TOO_WIDE(USER),
    /** A row of initial data was not accepted. Args: line, reason. */
    ROW_REFUSED(USER),
    /** Args: field, value, object. */
    REFERENCE_NOT_FOUND(USER),
    /** Args: field, value, object. */
    REFERENCE_AMBIGUOUS(USER),
    /** The person who started the import may not go on. */
    IMPORTER_GONE(USER),
    /** The model has changed while the import waited or ran. Args: element. */
    IMPORT_TARGET_GONE(USER),
    /** The kept file is not there any more. */
    FILE_LOST(INTERNAL),
    /** Only what has tried an import can be turned into one. Args: id. */
    NOT_A_DRY_RUN(USER),
    /** Args: id. */
    UNKNOWN_EXPORT(USER),
    /** Args: charset. */
    CHARSET_UNKNOWN(USER),
    /** The person's rights or the model changed, so that columns are not the same any more. */
    EXPORT_CHANGED(USER),
    /** Args: state. */
    EXPORT_NOT_READY(USER),
    /** The person who started the export may not go on. */
    EXPORTER_GONE(USER),
    /** The finished file is not there any more. */
    EXPORT_LOST(INTERNAL),
    /** Args: limit. */
    TOO_MANY_EXPORTS(CAPACITY),
    /** Args: limit. */
    TOO_MANY_IMPORTS(CAPACITY),
    /** Args: id. */
    UNKNOWN_REQUEST(USER),
    /** Args: limit. */
    ASYNC_LIMIT(CAPACITY),
    /** The node that did it has died. */
    ASYNC_INTERRUPTED(EXTERNAL),
    /** Args: minutes. */
    ASYNC_TOO_LONG(USER),
    /** Args: limit. */
    ANSWER_TOO_LARGE(USER),
    /** Args: id. */
    UNKNOWN_HAND_OVER(USER),
    /** One for the same person has not ended. */
    HAND_OVER_RUNNING(USER);

    private final ErrorKind kind;

    AutomationError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public String owner() {
        return "automation";
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }
}
