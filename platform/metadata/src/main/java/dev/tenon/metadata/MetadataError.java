package dev.tenon.metadata;

import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorKind;

/** What can be wrong with packages, layers and edits. All are for the author of the definition. */
public enum MetadataError implements ErrorCode {
    /** Wraps all problems of a package or of the layers together. */
    INVALID,

    // files
    PACKAGE_FILE_MISSING,
    FILE_UNEXPECTED,
    FILE_UNREADABLE,
    PATH_UNSAFE,
    TOO_MANY_FILES,
    FILE_TOO_LARGE,
    PACKAGE_TOO_LARGE,
    ARCHIVE_BROKEN,
    NOT_UTF8,
    SCRIPT_MISSING,

    // content of one file
    YAML_SYNTAX,
    YAML_ALIAS,
    YAML_VALUE,
    DUPLICATE_KEY,
    UNKNOWN_KEY,
    /** Within braces a comma ends a text, so the rest of it looks like a key. */
    TEXT_CUT,
    MISSING_KEY,
    KEY_NOT_FOR_TYPE,
    WRONG_TYPE,
    VALUE_NOT_ALLOWED,
    VALUE_INVALID,
    ONE_OF,
    NAME_NOT_ALLOWED,
    NAME_RESERVED,
    NAME_PREFIXED,
    NAMESPACE_RESERVED,
    RANGE_INVALID,
    EXTENDS_ITSELF,
    TRANSLATION_TARGET_MISSING,
    TRANSLATED_TWICE,

    // layers together
    LAYER_TWICE,
    NAMESPACE_TWICE,
    REQUIREMENT_MISSING,
    REQUIREMENT_VERSION,
    REQUIREMENT_CYCLE,
    REQUIREMENT_UNDECLARED,
    DUPLICATE_NAME,
    NAMES_TOO_SIMILAR,
    TARGET_MISSING,
    PROPERTY_NOT_CHANGEABLE,
    CHANGED_TWICE,
    PLACEMENT_CYCLE,
    REFERENCE_UNKNOWN,
    PATH_UNKNOWN,
    PATH_NOT_LOOKUP,
    MASTER_DETAIL_TWICE,
    MASTER_DETAIL_CYCLE,
    PARENT_NEEDED,
    ROLL_UP_VIA,
    ROLL_UP_FIELD,
    RELATED_VIA,
    /** Args: field, type. */
    FIELD_NOT_COMPARABLE,
    APPROVER_NOT_USER,
    FIELD_COMPUTED,
    PICKLIST_EMPTY,
    /** Args: field, set. */
    VALUES_OF_SET,
    /** Args: set, fields. */
    VALUE_SET_IN_USE,
    CANDIDATE_FIELD,
    /** Only what is encrypted can be revealed. Args: field, type. */
    REVEAL_NOT_ENCRYPTED,
    /** Args: type. */
    RECORD_TYPE_INACTIVE,
    /** Values are allowed by another field, which none names. Args: field. */
    DEPENDENCE_MISSING,
    /** Only picklists and booleans of the same object decide, and no field by itself. Args: field, other. */
    DEPENDENCE_FIELD,
    SCALE_TOO_LARGE,
    PART_NAME_TAKEN,
    /** A lookup refers to records of no object, or of too many. Args: field, count, max. */
    TARGETS_NUMBER,
    /** A layer takes a lower one's object away from a lookup. Args: field. */
    TARGETS_ONLY_ADDED,
    /** Only records of one object can lead back to themselves. Args: field, object. */
    CIRCLES_TARGET,
    PART_NOT_ALONE,
    RATE_DATE,
    ROLL_UP_CURRENCY,
    /** Links can only be counted. Args: via. */
    ROLL_UP_LINKS,
    FIELD_DERIVED,
    SETTING_VALUE,
    INDEXED_TEXT_TOO_LONG,
    NUMBER_FORMAT,
    NUMBER_REPEATS,
    /** Args: field, type, measure. */
    MATCH_FIELD,
    MATCH_OBJECT,

    // edits of the custom layer
    EDIT_NAME,
    EDIT_TYPE_UNKNOWN,
    EDIT_TARGET_EXISTS,
    EDIT_TARGET_MISSING,
    EDIT_NOT_OWN,
    EDIT_PROPERTY_UNKNOWN,
    EDIT_NOTHING_SET;

    @Override
    public String owner() {
        return "metadata";
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.CUSTOMIZATION;
    }
}
