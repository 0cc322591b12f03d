package dev.tenon.automation.port;

import dev.tenon.automation.HandOverStatus;
import dev.tenon.automation.HandOverStatus.State;
import dev.tenon.automation.port.ImportStore.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hand-overs of each tenant, in the tenant's own tables. */
public interface HandOverStore {

    void add(String tenant, HandOverStatus job);

    Optional<HandOverStatus> find(String tenant, UUID id);

    /** Newest first. */
    List<HandOverStatus> list(String tenant, int limit);

    /** How many of a giver have not ended. */
    long open(String tenant, UUID from);

    /** As {@link ImportStore#claim}. */
    Optional<Job> claim(String tenant, String claimant, Instant now, Instant until);

    /** Notes how far it is and keeps the claim. Joins the thread's transaction. */
    Standing advance(String tenant, UUID id, String claimant, Reached reached, Instant until);

    void release(String tenant, UUID id, String claimant);

    void cancel(String tenant, UUID id, Instant at);

    /** Ends it and tells whether it was the claimant's to end. Joins the thread's transaction. */
    boolean end(String tenant, UUID id, String claimant, State state, @Nullable String failure, Instant at);

    record Job(UUID id, UUID from, UUID to, UUID startedBy, Reached reached) {}

    /**
     * @param object whose records are being handed over; those before it by name are done. Empty at the beginning
     * @param last the last record of the object that was dealt with
     */
    record Reached(long total, long processed, long workItems, long leftOver, String object, Optional<UUID> last) {
        public static final Reached NOTHING = new Reached(-1, 0, 0, 0, "", Optional.empty());
    }
}
