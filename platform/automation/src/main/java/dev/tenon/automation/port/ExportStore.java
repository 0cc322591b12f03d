package dev.tenon.automation.port;

import dev.tenon.automation.ExportStatus.State;
import dev.tenon.automation.Exports.Request;
import dev.tenon.automation.port.ImportStore.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Exports of each tenant, in the tenant's own tables. */
public interface ExportStore {

    void add(String tenant, Job job);

    Optional<Job> find(String tenant, UUID id);

    /** Of one person, newest first. */
    List<Job> list(String tenant, UUID startedBy, int limit);

    /** How many of a person have not ended. */
    long open(String tenant, UUID startedBy);

    /** As {@link ImportStore#claim}. */
    Optional<Job> claim(String tenant, String claimant, Instant now, Instant until);

    /** Tells how far the reading is and keeps the claim until {@code until}. */
    Standing advance(String tenant, UUID id, String claimant, Reached reached, Instant until);

    /** Keeps the claim only. */
    Standing keep(String tenant, UUID id, String claimant, Instant until);

    void release(String tenant, UUID id, String claimant);

    void cancel(String tenant, UUID id, Instant at);

    /** Ends it and tells whether it was the claimant's to end. Joins the thread's transaction. */
    boolean end(String tenant, UUID id, String claimant, Ended ended);

    /** Finished ones whose time is over. */
    List<UUID> expired(String tenant, Instant now, int limit);

    void markExpired(String tenant, UUID id);

    /**
     * @param titles of the columns, empty before the first rows are read
     * @param place behind which to go on
     * @param rowBytes of the rows' file that are told
     */
    record Reached(long total, long processed, List<String> titles, String place, long rowBytes) {
        public static final Reached NOTHING = new Reached(-1, 0, List.of(), "", 0);

        public Reached {
            titles = List.copyOf(titles);
        }
    }

    /** How it came out. */
    record Ended(
            State state,
            @Nullable String failure,
            long altered,
            long bytes,
            Instant at,
            @Nullable Instant expiresAt) {}

    /** @param locale language of the labels */
    record Job(
            UUID id,
            Request request,
            String locale,
            UUID startedBy,
            State state,
            Reached reached,
            long altered,
            long bytes,
            Instant queuedAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Instant expiresAt,
            @Nullable String failure) {}
}
