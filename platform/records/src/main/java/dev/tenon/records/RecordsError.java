package dev.tenon.records;

import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorKind;

/** What can be wrong with a query or a save, for every caller; texts in {@code tenon/errors/records*.properties}. */
public enum RecordsError implements ErrorCode {
    /** Also what a hidden object is. Args: object, suggestion. */
    UNKNOWN_OBJECT(ErrorKind.USER),
    /** Also what a hidden field is. Args: object, field, suggestion. */
    UNKNOWN_FIELD(ErrorKind.USER),
    /** Also what an action is that the user may not run. Args: object, action. */
    UNKNOWN_ACTION(ErrorKind.USER),
    /** Args: object, action. */
    ACTION_NOT_AVAILABLE(ErrorKind.USER),
    /** Args: action, parameter, suggestion. */
    UNKNOWN_PARAMETER(ErrorKind.USER),
    /** The code of a function tried to change something. */
    FUNCTION_WRITES(ErrorKind.CUSTOMIZATION),
    /** Args: action, reason. */
    FUNCTION_ANSWER(ErrorKind.CUSTOMIZATION),
    /** Args: object, id. */
    NOT_FOUND(ErrorKind.USER),
    /** Args: object, action ({@code create, update, delete, attach, lock, unlock, import}). */
    NOT_ALLOWED(ErrorKind.USER),
    /** The record would leave what the user may change. Args: object. */
    OUT_OF_REACH(ErrorKind.USER),
    /** Args: object, field. */
    FIELD_NOT_EDITABLE(ErrorKind.USER),
    /** As the record was before the change. Args: object, field. */
    FIELD_READ_ONLY(ErrorKind.USER),
    /** Formulas, roll-ups, numbers, what only the platform writes. Args: object, field. */
    COMPUTED_FIELD(ErrorKind.USER),
    /** Several of the following at once; they are the details. Args: count. */
    SEVERAL_PROBLEMS(ErrorKind.USER),
    /** Args: field. */
    FIELD_REQUIRED(ErrorKind.USER),
    /** A value is missing that this user may not give. */
    VALUE_NOT_YOURS_REQUIRED(ErrorKind.USER),
    /** Args: field, expected, value. */
    TYPE_MISMATCH(ErrorKind.USER),
    /** Args: field, limit, length. */
    VALUE_TOO_LONG(ErrorKind.USER),
    /** Args: field, minimum, maximum. */
    OUT_OF_RANGE(ErrorKind.USER),
    /** Args: field, precision, scale. */
    TOO_MANY_DIGITS(ErrorKind.USER),
    /** Args: field, format ({@code email, phone, url}). */
    WRONG_FORMAT(ErrorKind.USER),
    /** What somebody was shown of an encrypted text comes back as if it were one. Args: field. */
    MASKED_VALUE(ErrorKind.USER),
    /** Nothing sorts, groups or computes by what is encrypted. Args: field. */
    FIELD_ENCRYPTED(ErrorKind.USER),
    /** Text that a database or JSON cannot hold. Args: field, character ({@code U+0000}), position (1-based). */
    CHARACTER_NOT_ALLOWED(ErrorKind.USER),
    /** Args: field, line, column. */
    MALFORMED_JSON(ErrorKind.USER),
    /** Args: field, levels, digits (the most there may be). */
    JSON_TOO_DEEP(ErrorKind.USER),
    /** Of a multi-picklist. Args: field, limit. */
    TOO_MANY_VALUES(ErrorKind.USER),
    /** Of a many-to-many field in one save. Args: field, limit. */
    TOO_MANY_LINKS(ErrorKind.USER),
    /** Args: field, value, suggestion. */
    NOT_A_PICKLIST_VALUE(ErrorKind.USER),
    /** Args: field, from, to, allowed (labels; allowed joined by commas, empty for a final value). */
    TRANSITION_NOT_ALLOWED(ErrorKind.USER),
    /** A record may not begin with the value. Args: field, value, allowed (labels). */
    INITIAL_NOT_ALLOWED(ErrorKind.USER),
    /** A picklist's value that another field's does not allow. Args: field, value, other, otherValue, allowed (labels). */
    VALUE_NOT_ALLOWED_BESIDE(ErrorKind.USER),
    /** A record type that the caller may not give to a record. Args: field, value. */
    RECORD_TYPE_NOT_YOURS(ErrorKind.USER),
    /** Args: field. */
    REFERENCE_NOT_FOUND(ErrorKind.USER),
    /** A reference's condition does not hold. Args: field. */
    CANDIDATE_NOT_ALLOWED(ErrorKind.USER),
    /** A part stays with its whole. Args: field. */
    REPARENT_REFUSED(ErrorKind.USER),
    /** A record would lead, over others of its object, back to itself. Args: field, path. */
    CIRCLE(ErrorKind.USER),
    /** Not there, too old, for another field, somebody else's or another record's. Args: field. */
    FILE_NOT_UPLOADED(ErrorKind.USER),
    /** Args: field. */
    NOT_A_FILE_FIELD(ErrorKind.USER),
    /** Args: field, type (as told from the content), accepted. */
    FILE_TYPE_NOT_ACCEPTED(ErrorKind.USER),
    /** Args: field, type (as told from the content). */
    NOT_AN_IMAGE(ErrorKind.USER),
    /** Args: field, width, height, maxWidth, maxHeight (pixels). */
    IMAGE_TOO_LARGE(ErrorKind.USER),
    /** Args: field (several joined by commas), object. */
    DUPLICATE(ErrorKind.USER),
    /** Duplicate rules forbid the record; the details are what was found. Args: object, rules, message. */
    DUPLICATES_BLOCKED(ErrorKind.USER),
    /** Duplicate rules ask whether the record is meant; the details are what was found. Args: object, rules, message. */
    DUPLICATES_TO_CONFIRM(ErrorKind.USER),
    /** Args: rule, object, id, title. */
    DUPLICATE_FOUND(ErrorKind.USER),
    /** There is one that the caller may not see. Args: rule. */
    DUPLICATE_HIDDEN(ErrorKind.USER),
    /** Args: message (the rule's, in the caller's language), rule. */
    VALIDATION_FAILED(ErrorKind.USER),
    /** Args: object, expected, current. */
    STALE_VERSION(ErrorKind.USER),
    /** Somebody has locked the record. Args: who, at, reason (each empty where it is not told). */
    LOCKED(ErrorKind.USER),
    /** Somebody has locked what the record is a part of. Args: whole (label), who, at, reason (each empty where it is not told). */
    LOCKED_WITH_WHOLE(ErrorKind.USER),
    /** Args: who, at, reason (each empty where it is not told). */
    ALREADY_LOCKED(ErrorKind.USER),
    /** Args: object. */
    NOT_LOCKED(ErrorKind.USER),
    /** The lock is another one than the caller has seen. Args: object. */
    STALE_LOCK(ErrorKind.USER),
    /** Args: limit, length. */
    LOCK_REASON_TOO_LONG(ErrorKind.USER),
    /** Args: object. */
    DELETE_RESTRICTED(ErrorKind.USER),
    /** Also what a deletion is that is not for the caller. Args: id. */
    DELETION_NOT_FOUND(ErrorKind.USER),
    /** Args: object, field. */
    RESTORE_REFERENCE_GONE(ErrorKind.USER),
    /** Args: object, field. */
    RESTORE_VALUE_UNFIT(ErrorKind.USER),
    /** Args: limit ({@code top, skip, expand-depth, groups, expand-rows, import-rows, cascade, dependents, recycle-bin}), maximum. */
    LIMIT_EXCEEDED(ErrorKind.USER),
    /** A query's variable has the name of one that the platform gives. Args: name. */
    RESERVED_PARAMETER(ErrorKind.USER),
    /** A trigger failed in another way than telling the person what to do. Args: object, trigger, reason. */
    TRIGGER_FAILED(ErrorKind.CUSTOMIZATION),
    /** Args: object, trigger, limit, path. */
    TRIGGER_RECURSION(ErrorKind.CUSTOMIZATION),
    /** A trigger set what it must not set. Args: object, trigger, field. */
    TRIGGER_SET_REFUSED(ErrorKind.CUSTOMIZATION),
    /** A formula, rule or condition could not be computed for a record. Args: object, element, reason. */
    EXPRESSION_FAILED(ErrorKind.CUSTOMIZATION),
    /** Formulas and roll-ups. Args: object, path. */
    FORMULA_CYCLE(ErrorKind.CUSTOMIZATION),
    /** A stored formula or roll-up must not depend on who looks and when. Args: object, field, name. */
    FORMULA_NOT_STABLE(ErrorKind.CUSTOMIZATION),
    /** Another model was published meanwhile, on this or another node; tried again with that one. No args. */
    MODEL_CHANGED(ErrorKind.CAPACITY),
    /** An approval's expression asks of its submitter what is only known of who is at work. Args: process, name. */
    NOT_OF_THE_SUBMITTER(ErrorKind.CUSTOMIZATION),
    /** Args: object, field, path. */
    ROLL_UP_FILTER_PATH(ErrorKind.CUSTOMIZATION),
    /** Args: element, handler. */
    HANDLER_NOT_FOUND(ErrorKind.CUSTOMIZATION);

    private final ErrorKind kind;

    RecordsError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public String owner() {
        return "records";
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }
}
