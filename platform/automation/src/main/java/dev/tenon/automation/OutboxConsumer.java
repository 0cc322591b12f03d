package dev.tenon.automation;

import java.util.Set;
import java.util.UUID;

/**
 * Does something after a commit. Called at least once for every event of its topics, in order for each key; after a
 * failure again, later and later, while the following events of the same key wait. Must be safe for use by several
 * threads.
 */
public interface OutboxConsumer {

    /** Stable name; notes in the database that an event is done by this consumer carry it. */
    String name();

    /** Topics it wants. */
    Set<String> topics();

    /**
     * True for a consumer that only writes to the tenant's database: it is called inside a transaction that also notes
     * that it is done, so that its work is never done twice.
     */
    default boolean inTransaction() {
        return false;
    }

    /** An exception means: again later. */
    void handle(Event event);

    /**
     * @param payload JSON, as written by whoever appended the event
     * @param attempt from 1
     */
    record Event(String tenant, UUID id, String topic, String key, String payload, int attempt) {}
}
