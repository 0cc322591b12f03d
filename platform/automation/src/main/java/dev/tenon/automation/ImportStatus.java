package dev.tenon.automation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far an import is.
 *
 * @param dryRun the counts tell what would happen
 * @param total rows of the file; -1 while they are not counted
 * @param processed rows done, good or bad
 * @param failure why the import as a whole could not go on; null unless FAILED
 * @param fileKept whether its file is still there, for the rejected rows and to do for real what was tried
 * @param errors the first {@value #SHOWN_ERRORS} of the rejected rows' errors
 */
public record ImportStatus(
        UUID id,
        State state,
        String object,
        String fileName,
        UUID startedBy,
        Imports.Mode mode,
        boolean dryRun,
        long total,
        long processed,
        long created,
        long updated,
        long rejected,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String failure,
        boolean fileKept,
        List<RowError> errors) {

    public static final int SHOWN_ERRORS = 100;

    public ImportStatus {
        errors = List.copyOf(errors);
    }

    /** Where in its life an import is. */
    public enum State {
        QUEUED,
        RUNNING,
        DONE,
        FAILED,
        CANCELED
    }

    /**
     * @param line in the file, 1-based, where the row begins
     * @param column title of the column; empty for the row as a whole
     * @param message in the language of the person who started the import
     */
    public record RowError(long line, String column, String code, String message) {}
}
