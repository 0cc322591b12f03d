package dev.tenon.automation.port;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The outbox of each tenant as a queue. Works for several nodes at once: no event is with two of them. */
public interface OutboxQueue {

    /**
     * Takes events that nobody has, each the oldest of its key that is not done or dead, oldest first. They come back to
     * the queue at {@code until} unless they are done before.
     */
    List<Claimed> claim(String tenant, Set<String> topics, Instant now, Instant until, int limit);

    /** Removes events nobody wants. */
    void discardOthers(String tenant, Set<String> topics);

    /** Notes that one of several consumers has done its part. Joins the thread's transaction. */
    void noteDone(String tenant, UUID event, String consumer);

    /** Removes a delivered event. Joins the thread's transaction. */
    void remove(String tenant, UUID event);

    /** Gives an event back, to be taken again from {@code at} on. */
    void retry(String tenant, UUID event, Instant at, String fault);

    /** Puts an event aside for ever: the following ones of its key go on. */
    void bury(String tenant, UUID event, String fault);

    /** Events that were put aside. */
    long buried(String tenant);

    <T> T inTransaction(String tenant, Supplier<T> work);

    /**
     * @param attempt from 1
     * @param done names of consumers that have done their part
     */
    record Claimed(UUID id, String topic, String key, String payload, int attempt, Set<String> done) {}
}
