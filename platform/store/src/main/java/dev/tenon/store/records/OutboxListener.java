package dev.tenon.store.records;

import java.util.Set;

/** Whoever delivers what is in the outbox. */
public interface OutboxListener {

    /** Everything is kept, nobody is told. */
    OutboxListener NONE = new OutboxListener() {
        @Override
        public boolean wants(String topic) {
            return true;
        }

        @Override
        public void appended(String tenant, Set<String> topics) {}
    };

    /** Whether somebody may want events of the topic; others are not written. */
    boolean wants(String topic);

    /** Events of these topics have been committed. */
    void appended(String tenant, Set<String> topics);
}
