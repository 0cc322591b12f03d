package dev.tenon.automation.port;

import dev.tenon.automation.ImportStatus;
import dev.tenon.automation.ImportStatus.RowError;
import dev.tenon.automation.Imports.Duplicates;
import dev.tenon.automation.Imports.Mode;
import dev.tenon.records.TriedRows.Tried;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Imports of each tenant, in the tenant's own tables. */
public interface ImportStore {

    void add(String tenant, Job job);

    Optional<Job> find(String tenant, UUID id);

    /** Of one user, newest first. */
    List<Job> list(String tenant, UUID startedBy, int limit);

    /** How many have not ended. */
    long open(String tenant);

    /**
     * Takes the oldest import that is queued, or that somebody has left in the middle; it is the claimant's until
     * {@code until}.
     */
    Optional<Job> claim(String tenant, String claimant, Instant now, Instant until);

    void noteTotal(String tenant, UUID id, long total);

    /**
     * Adds what became of some rows and keeps the claim until {@code until}. Joins the thread's transaction, so that rows
     * and progress are kept together.
     *
     * @return whether to go on; where the claim is lost nothing was added
     */
    Standing advance(String tenant, UUID id, String claimant, Progress progress, Instant until);

    /** What a dry run has kept by {@link #advance} under these keys; it is forgotten when the import ends. */
    List<Tried> tried(String tenant, UUID id, Collection<String> keys);

    /** How a running import stands with its claimant. */
    enum Standing {
        GO_ON,
        /** Somebody wants it to stop. */
        STOP,
        /** Somebody else has taken it. */
        LOST
    }

    /** Gives a running import back, for any node to go on with at once. */
    void release(String tenant, UUID id, String claimant);

    /** Asks it to stop; one that nobody works on ends at once. */
    void cancel(String tenant, UUID id, Instant at);

    /** Ends it, unless it is no longer the claimant's. */
    void end(String tenant, UUID id, String claimant, ImportStatus.State state, @Nullable String failure, Instant at);

    /** Lets go of the files of imports that ended before the time; true where there are no more of them. */
    boolean forgetFiles(String tenant, Instant endedBefore, int limit);

    /** Errors by line, from after a line on. */
    List<RowError> errors(String tenant, UUID id, long afterLine, int limit);

    /**
     * @param content hash of the file; empty where it is not kept any more
     * @param form how the file is written
     * @param columns for each column of the file the field, empty text for a column that is left out
     * @param keyField empty text for none
     * @param dryRun nothing is kept of what the rows do
     * @param total -1 until the rows are counted
     */
    record Job(
            UUID id,
            String object,
            String fileName,
            String content,
            FileForm form,
            List<String> columns,
            String keyField,
            Mode mode,
            boolean dryRun,
            Duplicates duplicates,
            UUID startedBy,
            ImportStatus.State state,
            long total,
            long processed,
            long created,
            long updated,
            long rejected,
            Instant queuedAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String failure) {

        public Job {
            columns = List.copyOf(columns);
        }
    }

    /**
     * How a file is written.
     *
     * @param workbook else it is CSV
     * @param charset of CSV
     * @param separator of CSV
     * @param sheet of a workbook, from 0
     */
    record FileForm(boolean workbook, String charset, char separator, int sheet) {}

    /**
     * What became of some rows.
     *
     * @param tried what a dry run remembers of them
     */
    record Progress(
            long processed, long created, long updated, long rejected, List<RowError> errors, List<Tried> tried) {
        public Progress {
            errors = List.copyOf(errors);
            tried = List.copyOf(tried);
        }
    }
}
