package dev.tenon.approval.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step, as it stands in its latest run; a step of the current round that was not reached is WAITING.
 *
 * @param state {@code WAITING, ACTIVE, PASSED, REJECTED, RETURNED, SKIPPED, CANCELED} or {@code BLOCKED}
 * @param round the round of the run; the current round for a waiting step
 */
public record StepView(
        String key,
        String label,
        String state,
        int round,
        List<ApproverView> approvers,
        @Nullable Instant activatedAt,
        @Nullable Instant closedAt) {

    public StepView {
        approvers = List.copyOf(approvers);
    }
}
