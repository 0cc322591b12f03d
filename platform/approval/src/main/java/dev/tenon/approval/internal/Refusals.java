package dev.tenon.approval.internal;

import dev.tenon.approval.ApprovalError;
import dev.tenon.approval.engine.InstanceState;
import dev.tenon.approval.engine.Refusal;
import dev.tenon.approval.engine.StepResult;
import dev.tenon.sdk.error.PlatformException;
import java.util.Optional;

/** The engine's refusals as errors for people. */
final class Refusals {

    private Refusals() {}

    static ApprovalError code(Refusal refusal) {
        return switch (refusal) {
            case NOT_FOUND -> ApprovalError.NOT_FOUND;
            case NOT_ALLOWED -> ApprovalError.NOT_ALLOWED;
            case WRONG_STATE -> ApprovalError.WRONG_STATE;
            case TASK_ALREADY_DECIDED -> ApprovalError.TASK_ALREADY_DECIDED;
            case STALE_VIEW -> ApprovalError.STALE_VIEW;
            case ALREADY_PARTICIPANT -> ApprovalError.ALREADY_PARTICIPANT;
            case TARGET_INACTIVE -> ApprovalError.TARGET_INACTIVE;
            case COMMENT_REQUIRED -> ApprovalError.COMMENT_REQUIRED;
        };
    }

    /** The error a stopped command ends with; absent when repeating it is harmless. */
    static Optional<ApprovalError> code(StepResult stopped) {
        return switch (stopped) {
            case StepResult.Refused(Refusal why) -> Optional.of(code(why));
            case StepResult.Already() -> Optional.of(ApprovalError.WRONG_STATE);
            case StepResult.Done ignored -> Optional.empty();
        };
    }

    static PlatformException error(Refusal refusal, InstanceState state) {
        return code(refusal).error().with("state", state.name()).build();
    }
}
