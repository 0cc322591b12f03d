package dev.tenon.records.internal;

import dev.tenon.records.RecordsError;
import dev.tenon.sdk.error.PlatformException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Tries a save again that lost against another one, or against a change of the model. Locks are taken in one order, so
 * the first is rare: it takes triggers that save further records, or a deletion whose parts somebody refers to.
 */
final class Conflicts {

    private static final int ATTEMPTS = 4;

    /** A package that is being set up is changed again and again; a save between its changes comes through all the same. */
    private static final int ATTEMPTS_OVERTAKEN = 20;

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
                boolean overtaken = lost.code() == RecordsError.MODEL_CHANGED;
                boolean again = overtaken || lost.code().id().equals(CONFLICT);
                if (!again || attempt >= (overtaken ? ATTEMPTS_OVERTAKEN : ATTEMPTS)) {
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
