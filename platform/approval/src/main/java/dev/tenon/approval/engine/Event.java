package dev.tenon.approval.engine;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened; never changed afterwards. Events of one approval are numbered without gaps, from 1.
 *
 * @param actor the person, null when the engine acted
 * @param run the node run it belongs to
 * @param task the task it decides or concerns
 * @param reason why the engine acted, or what a fault is about
 * @param data the inputs that were used: found approvers, condition results; never text of comments
 */
public record Event(
        long seq,
        Instant at,
        Kind kind,
        @Nullable UUID actor,
        @Nullable UUID run,
        @Nullable String stepKey,
        @Nullable UUID task,
        int round,
        @Nullable String reason,
        Map<String, Object> data) {

    public Event {
        data = Map.copyOf(data);
    }

    /** What can happen. */
    public enum Kind {
        SUBMITTED,
        RESUBMITTED,
        ACTIVATED,
        SKIPPED,
        APPROVED,
        REJECTED,
        RETURNED,
        AUTO_APPROVED,
        AUTO_REJECTED,
        NODE_PASSED,
        NODE_REJECTED,
        COMMENTED,
        WITHDRAWN,
        REASSIGNED,
        RETRIED,
        FAULTED,
        TERMINATED,
        INSTANCE_APPROVED,
        INSTANCE_REJECTED,
        AUTO_COMPLETED;

        /** Who chose what: a visibility policy may hide it. */
        public boolean decision() {
            return switch (this) {
                case APPROVED, REJECTED, RETURNED, AUTO_APPROVED, AUTO_REJECTED -> true;
                case SUBMITTED,
                        RESUBMITTED,
                        ACTIVATED,
                        SKIPPED,
                        NODE_PASSED,
                        NODE_REJECTED,
                        COMMENTED,
                        WITHDRAWN,
                        REASSIGNED,
                        RETRIED,
                        FAULTED,
                        TERMINATED,
                        INSTANCE_APPROVED,
                        INSTANCE_REJECTED,
                        AUTO_COMPLETED -> false;
            };
        }
    }
}
