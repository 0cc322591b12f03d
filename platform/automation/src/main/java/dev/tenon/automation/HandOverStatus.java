package dev.tenon.automation;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a hand-over is.
 *
 * @param total records to hand over, -1 before they are counted
 * @param processed records that were handed over or could not be
 * @param workItems open work items that were handed over
 * @param leftOver records and work items that stay where they are: they refused the change
 */
public record HandOverStatus(
        UUID id,
        State state,
        UUID from,
        UUID to,
        UUID startedBy,
        long total,
        long processed,
        long workItems,
        long leftOver,
        Instant queuedAt,
        @Nullable Instant endedAt,
        @Nullable String failure) {

    public enum State {
        QUEUED,
        RUNNING,
        DONE,
        FAILED,
        CANCELED
    }
}
