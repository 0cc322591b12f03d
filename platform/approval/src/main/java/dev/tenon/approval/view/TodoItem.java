package dev.tenon.approval.view;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of an inbox list. In "mine" the line is an approval: it has no task, and {@code activatedAt} is when it was
 * submitted.
 *
 * @param state state of the approval
 * @param decision the reader's own decision, in "done"
 */
public record TodoItem(
        @Nullable UUID taskId,
        UUID instanceId,
        NameLabel process,
        String object,
        String objectLabel,
        UUID recordId,
        String title,
        @Nullable PersonView submitter,
        @Nullable String stepKey,
        @Nullable String stepLabel,
        @Nullable Instant activatedAt,
        @Nullable Instant decidedAt,
        String state,
        @Nullable String decision,
        @Nullable String outcome,
        @Nullable Long taskVersion) {}
