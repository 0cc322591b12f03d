package dev.tenon.approval.engine;

/** Why a command is refused. */
public enum Refusal {
    NOT_FOUND,
    NOT_ALLOWED,
    WRONG_STATE,
    TASK_ALREADY_DECIDED,
    STALE_VIEW,
    ALREADY_PARTICIPANT,
    TARGET_INACTIVE,
    COMMENT_REQUIRED
}
