package dev.tenon.approval.view;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One approver's part of a step.
 *
 * @param user null where a policy hides who it is
 * @param state state of the task; null where a policy hides the decision
 * @param decision {@code APPROVE}, {@code REJECT} or {@code RETURN} once taken by a person
 * @param auto why the engine decided in the approver's place: {@code SELF}, {@code DUPLICATE} or {@code EMPTY}
 */
public record ApproverView(
        UUID taskId,
        @Nullable PersonView user,
        @Nullable String state,
        @Nullable String decision,
        @Nullable Instant decidedAt,
        @Nullable String auto) {}
