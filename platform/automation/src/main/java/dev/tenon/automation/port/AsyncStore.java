package dev.tenon.automation.port;

import dev.tenon.automation.AsyncRequests.Answer;
import dev.tenon.automation.AsyncRequests.Request;
import dev.tenon.automation.AsyncRequests.State;
import dev.tenon.automation.port.ImportStore.Standing;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests that are answered later, with what was sent and answered, in each tenant's own tables. */
public interface AsyncStore {

    /** Most bytes of a piece: H2 takes a million in one value. */
    int PIECE_BYTES = 512 * 1024;

    /** With what was sent. */
    void add(String tenant, Job job, byte[] body);

    Optional<Job> find(String tenant, UUID id);

    /** How many have not ended; of one person, or of all where none is named. */
    long open(String tenant, @Nullable UUID startedBy);

    /** As {@link ImportStore#claim}, but nothing of a person of whom something is being done. The job is told as it was before. */
    Optional<Job> claim(String tenant, String claimant, Instant now, Instant until);

    /** Keeps the claim. */
    Standing keep(String tenant, UUID id, String claimant, Instant until);

    void release(String tenant, UUID id, String claimant);

    void cancel(String tenant, UUID id, Instant at);

    /** Ends it and tells whether it was the claimant's to end. */
    boolean end(String tenant, UUID id, String claimant, State state, Answer answer, long bytes, Instant at);

    /** Adds to what is answered. */
    void append(String tenant, UUID id, int piece, byte[] bytes);

    /** Piece by piece, as it is read. */
    InputStream open(String tenant, UUID id, Part part);

    void clear(String tenant, UUID id, Part part);

    /** Forgets what has ended before a time, some at once. */
    int removeEnded(String tenant, Instant before, int limit);

    /** Forgets the oldest of a person that have ended, but for some. */
    void removeOldest(String tenant, UUID startedBy, int but);

    void remove(String tenant, UUID id);

    /** Which of the two texts of a request. */
    enum Part {
        SENT,
        ANSWERED
    }

    /** @param answer empty headers and status 0 until it has ended */
    record Job(UUID id, Request request, String locale, UUID startedBy, State state, Answer answer, Instant queuedAt) {}
}
