package dev.tenon.records.internal;

import dev.tenon.records.RecordsError;
import dev.tenon.sdk.error.PlatformException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Tries a save again that lost against another one, or against a change of the model. Locks are taken in one order, so this is rare: it takes triggers that
 * save further records, or foreign keys of the database.
 */
final class Conflicts {

    private static final int ATTEMPTS = 4;

    /** Longer with each attempt, and by chance, so that the same two do not meet again. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** The store's code for a lost transaction; the store itself is a room that this one does not know. */
    private static final String CONFLICT = "store.conflict";

    private Conflicts() {}

    static <T> T retrying(Supplier<T> transaction) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction.get();
            } catch (PlatformException lost) {
                boolean again = lost.code().id().equals(CONFLICT) || lost.code() == RecordsError.MODEL_CHANGED;
                if (!again || attempt == ATTEMPTS) {
                    throw lost;
                }
                pause(attempt, lost);
            }
        }
    }

    private static void pause(int attempt, PlatformException lost) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(PAUSE.toMillis() * attempt) + 1);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw lost;
        }
    }
}
