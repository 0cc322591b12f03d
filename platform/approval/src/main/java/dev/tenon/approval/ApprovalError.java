package dev.tenon.approval;

import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorKind;

/** What can be wrong with a command, a definition or a policy. */
public enum ApprovalError implements ErrorCode {
    /** The approval or task does not exist, or may not be seen. */
    NOT_FOUND("not-found", ErrorKind.USER),
    NOT_ALLOWED("not-allowed", ErrorKind.USER),
    WRONG_STATE("wrong-state", ErrorKind.USER),
    TASK_ALREADY_DECIDED("task-already-decided", ErrorKind.USER),
    STALE_VIEW("stale-view", ErrorKind.USER),
    ALREADY_PARTICIPANT("already-participant", ErrorKind.USER),
    TARGET_INACTIVE("target-inactive", ErrorKind.USER),
    COMMENT_REQUIRED("comment-required", ErrorKind.USER),
    COMMENT_TOO_LONG("comment-too-long", ErrorKind.USER),
    COMMAND_ID_INVALID("command-id-invalid", ErrorKind.USER),
    ACTIVE_INSTANCE_EXISTS("active-instance-exists", ErrorKind.USER),
    ENTRY_CONDITION_FALSE("entry-condition-false", ErrorKind.USER),
    RECORD_TYPE_OTHER("record-type-other", ErrorKind.USER),
    NO_APPROVER("no-approver", ErrorKind.USER),
    UNKNOWN_PROCESS("unknown-process", ErrorKind.USER),
    CURSOR_INVALID("cursor-invalid", ErrorKind.USER),
    RECORD_LOCKED("record-locked", ErrorKind.USER),
    RECORD_DELETE_BLOCKED("record-delete-blocked", ErrorKind.USER),
    /** Others kept changing the approval while this command was prepared. */
    BUSY("busy", ErrorKind.CAPACITY),
    EXPRESSION_INVALID("expression-invalid", ErrorKind.CUSTOMIZATION),
    RESOLVER_READ_ONLY("resolver-read-only", ErrorKind.CUSTOMIZATION),
    DEFINITION_NO_STEP("definition-no-step", ErrorKind.CUSTOMIZATION),
    DEFINITION_DUPLICATE_STEP("definition-duplicate-step", ErrorKind.CUSTOMIZATION),
    DEFINITION_NO_APPROVERS("definition-no-approvers", ErrorKind.CUSTOMIZATION),
    DEFINITION_UNKNOWN_OBJECT("definition-unknown-object", ErrorKind.CUSTOMIZATION),
    DEFINITION_UNKNOWN_FIELD("definition-unknown-field", ErrorKind.CUSTOMIZATION),
    DEFINITION_NOT_A_USER("definition-not-a-user", ErrorKind.CUSTOMIZATION),
    DEFINITION_NOT_A_LOOKUP("definition-not-a-lookup", ErrorKind.CUSTOMIZATION),
    DEFINITION_UNKNOWN_PERMISSION_SET("definition-unknown-permission-set", ErrorKind.CUSTOMIZATION),
    DEFINITION_UNKNOWN_CODE("definition-unknown-code", ErrorKind.CUSTOMIZATION),
    DEFINITION_BAD_LEVEL("definition-bad-level", ErrorKind.CUSTOMIZATION),
    DEFINITION_FIELD_NOT_WRITABLE("definition-field-not-writable", ErrorKind.CUSTOMIZATION),
    GRANT_NOT_POSSIBLE("grant-not-possible", ErrorKind.CUSTOMIZATION),
    POLICY_UNKNOWN_PROCESS("policy-unknown-process", ErrorKind.CUSTOMIZATION),
    POLICY_UNKNOWN_SYMBOL("policy-unknown-symbol", ErrorKind.CUSTOMIZATION),
    POLICY_BAD_OPERATION("policy-bad-operation", ErrorKind.CUSTOMIZATION),
    POLICY_TYPE_MISMATCH("policy-type-mismatch", ErrorKind.CUSTOMIZATION),
    POLICY_NOT_A_CONDITION("policy-not-a-condition", ErrorKind.CUSTOMIZATION),
    POLICY_FAILED("policy-failed", ErrorKind.CUSTOMIZATION);

    private final String id;
    private final ErrorKind kind;

    ApprovalError(String name, ErrorKind kind) {
        this.id = "approval." + name;
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
