package dev.tenon.automation;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far an export is.
 *
 * @param total rows when it began; -1 while they are not counted
 * @param processed rows that are read
 * @param altered characters and cells that the format cannot hold and that were written another way
 * @param bytes of the finished file
 * @param expiresAt when the finished file is deleted
 * @param failure why it could not go on; null unless FAILED
 */
public record ExportStatus(
        UUID id,
        State state,
        String object,
        String fileName,
        Exports.Format format,
        long total,
        long processed,
        long altered,
        long bytes,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Instant expiresAt,
        @Nullable String failure) {

    /** Where in its life an export is. */
    public enum State {
        QUEUED,
        RUNNING,
        DONE,
        FAILED,
        CANCELED,
        /** It was done, and its file is deleted. */
        EXPIRED
    }
}
