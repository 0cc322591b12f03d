package dev.tenon.automation.port;

import dev.tenon.automation.port.ImportStore.Standing;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The noted work on keys of duplicate rules; each is noted by the publication of the model that needs it. */
public interface MatchKeyBuilds {

    Optional<Job> claim(String tenant, String node, Instant now, Instant until);

    Standing advance(String tenant, UUID id, String node, Reached reached, Instant until);

    /** Gives it back: another node, or this one later, goes on. */
    void release(String tenant, UUID id, String node);

    void end(String tenant, UUID id, String node, State state, @Nullable String failure, Instant at);

    /** What became of it. */
    enum State {
        DONE,
        FAILED,
        CANCELED
    }

    /** @param version of the model that needs it */
    record Job(UUID id, String object, Set<String> definitions, long version, Reached reached) {
        public Job {
            definitions = Set.copyOf(definitions);
        }
    }

    /**
     * @param last empty before the first record
     * @param total -1 before the work has begun
     */
    record Reached(Optional<UUID> last, long processed, long total) {}
}
