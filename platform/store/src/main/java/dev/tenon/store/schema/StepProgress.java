package dev.tenon.store.schema;

import dev.tenon.store.StoreError;
import dev.tenon.tenancy.SchemaChange.Phase;
import java.time.Duration;
import java.util.UUID;
import java.util.function.LongConsumer;

/** Notes how far a step is, and ends it when somebody has cancelled the change. */
final class StepProgress {

    /** How often a step gives way before it is told as something that waits for others: some seconds. */
    private static final int UNNOTICED = 5;

    private final SchemaJournal journal;
    private final UUID change;
    private final String tenant;
    private final Duration patience;
    private final Runnable background;
    private final LongConsumer listener;
    private int givenWay;

    /**
     * @param patience how long it waits for others to end what they are at
     * @param background told when that has become long
     */
    StepProgress(
            SchemaJournal journal,
            SchemaJournal.Change change,
            Duration patience,
            Runnable background,
            LongConsumer listener) {
        this.journal = journal;
        this.change = change.id();
        this.tenant = change.tenant();
        this.patience = patience;
        this.background = background;
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

    /** Does something that gives way to others as often as it has to; throws as {@link #at} does. */
    void giving(String object, Runnable work) {
        GivingWay.doing(patience, () -> waiting(object), () -> {
            work.run();
            return true;
        });
    }

    /** To be called each time that the step has given way. */
    void waiting(String object) {
        if (++givenWay < UNNOTICED) {
            return;
        }
        boolean goOn = journal.waits(change, object);
        if (givenWay == UNNOTICED) {
            background.run();
        }
        if (!goOn) {
            throw cancelled(tenant);
        }
    }

    static RuntimeException cancelled(String tenant) {
        return StoreError.SCHEMA_CHANGE_CANCELLED.error().with("tenant", tenant).build();
    }
}
