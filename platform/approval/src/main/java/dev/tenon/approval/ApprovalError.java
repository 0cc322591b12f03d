package dev.tenon.approval;

import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorKind;

/** What can be wrong with a command, a definition or a policy. */
public enum ApprovalError implements ErrorCode {
    /** The approval or task does not exist, or may not be seen. */
    NOT_FOUND(ErrorKind.USER),
    NOT_ALLOWED(ErrorKind.USER),
    WRONG_STATE(ErrorKind.USER),
    TASK_ALREADY_DECIDED(ErrorKind.USER),
    STALE_VIEW(ErrorKind.USER),
    ALREADY_PARTICIPANT(ErrorKind.USER),
    TARGET_INACTIVE(ErrorKind.USER),
    COMMENT_REQUIRED(ErrorKind.USER),
    COMMENT_TOO_LONG(ErrorKind.USER),
    COMMAND_ID_INVALID(ErrorKind.USER),
    ACTIVE_INSTANCE_EXISTS(ErrorKind.USER),
    ENTRY_CONDITION_FALSE(ErrorKind.USER),
    RECORD_TYPE_OTHER(ErrorKind.USER),
    NO_APPROVER(ErrorKind.USER),
    UNKNOWN_PROCESS(ErrorKind.USER),
    CURSOR_INVALID(ErrorKind.USER),
    RECORD_LOCKED(ErrorKind.USER),
    RECORD_DELETE_BLOCKED(ErrorKind.USER),
    /** Others kept changing the approval while this command was prepared. */
    BUSY(ErrorKind.CAPACITY),
    EXPRESSION_INVALID(ErrorKind.CUSTOMIZATION),
    RESOLVER_READ_ONLY(ErrorKind.CUSTOMIZATION),
    DEFINITION_NO_STEP(ErrorKind.CUSTOMIZATION),
    DEFINITION_DUPLICATE_STEP(ErrorKind.CUSTOMIZATION),
    DEFINITION_NO_APPROVERS(ErrorKind.CUSTOMIZATION),
    DEFINITION_UNKNOWN_OBJECT(ErrorKind.CUSTOMIZATION),
    DEFINITION_UNKNOWN_FIELD(ErrorKind.CUSTOMIZATION),
    DEFINITION_NOT_A_USER(ErrorKind.CUSTOMIZATION),
    DEFINITION_NOT_A_LOOKUP(ErrorKind.CUSTOMIZATION),
    DEFINITION_UNKNOWN_PERMISSION_SET(ErrorKind.CUSTOMIZATION),
    DEFINITION_UNKNOWN_CODE(ErrorKind.CUSTOMIZATION),
    DEFINITION_BAD_LEVEL(ErrorKind.CUSTOMIZATION),
    DEFINITION_FIELD_NOT_WRITABLE(ErrorKind.CUSTOMIZATION),
    GRANT_NOT_POSSIBLE(ErrorKind.CUSTOMIZATION),
    POLICY_UNKNOWN_PROCESS(ErrorKind.CUSTOMIZATION),
    POLICY_UNKNOWN_SYMBOL(ErrorKind.CUSTOMIZATION),
    POLICY_BAD_OPERATION(ErrorKind.CUSTOMIZATION),
    POLICY_TYPE_MISMATCH(ErrorKind.CUSTOMIZATION),
    POLICY_NOT_A_CONDITION(ErrorKind.CUSTOMIZATION),
    POLICY_FAILED(ErrorKind.CUSTOMIZATION);

    private final ErrorKind kind;

    ApprovalError(ErrorKind kind) {
        this.kind = kind;
    }

    @Override
    public String owner() {
        return "approval";
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }
}
