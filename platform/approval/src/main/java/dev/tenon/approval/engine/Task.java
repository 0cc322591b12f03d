package dev.tenon.approval.engine;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One person's unit of work in a node run; a leaf of its approval tree.
 *
 * @param order position among the run's approvers
 * @param reason why it waits, was decided by the engine or canceled
 * @param origin the task it replaces
 * @param version counts changes of this task
 * @param activatedSeq when the person was asked; null as long as it waits, and for automatic decisions
 * @param decidedBy the person whose answer it holds; null for automatic decisions
 * @param recordVersion version of the record that the decision was about
 */
public record Task(
        UUID id,
        UUID run,
        int order,
        UUID assignee,
        TaskState state,
        @Nullable Reason reason,
        @Nullable UUID origin,
        long version,
        @Nullable Long activatedSeq,
        @Nullable Instant activatedAt,
        @Nullable Long decidedSeq,
        @Nullable Instant decidedAt,
        @Nullable UUID decidedBy,
        @Nullable Long recordVersion) {

    Task pending(long seq, Instant at) {
        return new Task(
                id,
                run,
                order,
                assignee,
                TaskState.PENDING,
                null,
                origin,
                version + 1,
                seq,
                at,
                null,
                null,
                null,
                null);
    }

    Task decided(TaskState next, UUID by, long seq, Instant at, long aboutVersion) {
        return new Task(
                id,
                run,
                order,
                assignee,
                next,
                null,
                origin,
                version + 1,
                activatedSeq,
                activatedAt,
                seq,
                at,
                by,
                aboutVersion);
    }

    Task closed(TaskState next, Reason why, Instant at) {
        return new Task(
                id,
                run,
                order,
                assignee,
                next,
                why,
                origin,
                version + 1,
                activatedSeq,
                activatedAt,
                decidedSeq,
                at,
                null,
                null);
    }
}
