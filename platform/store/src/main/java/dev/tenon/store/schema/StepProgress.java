package dev.tenon.store.schema;

import dev.tenon.store.StoreError;
import dev.tenon.tenancy.SchemaChange.Phase;
import java.util.UUID;
import java.util.function.LongConsumer;

/** Notes how far a step is, and ends it when somebody has cancelled the change. */
final class StepProgress {

    private final SchemaJournal journal;
    private final UUID change;
    private final String tenant;
    private final LongConsumer listener;

    StepProgress(SchemaJournal journal, UUID change, String tenant, LongConsumer listener) {
        this.journal = journal;
        this.change = change;
        this.tenant = tenant;
        this.listener = listener;
    }

    /** Throws {@code store.schema-change-cancelled}. */
    void at(String object, Phase phase, long done, long total) {
        boolean goOn = journal.progress(change, object, phase, done, total);
        listener.accept(done);
        if (!goOn) {
            throw cancelled(tenant);
        }
    }

    boolean cancelRequested() {
        return journal.cancelRequested(change);
    }

    static RuntimeException cancelled(String tenant) {
        return StoreError.SCHEMA_CHANGE_CANCELLED.error().with("tenant", tenant).build();
    }
}
