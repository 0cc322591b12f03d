package dev.tenon.store.schema;

import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.StoreError;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Work that waits for its locks only for a moment, lets go of all that it holds, and comes back: whoever comes behind a
 * change that waits for a long query would wait for that query too.
 */
public final class GivingWay {

    /** The first statement of a transaction of such work on PostgreSQL. */
    public static final String SHORTLY = "set local lock_timeout = '400ms'";

    /** For what nobody sees and nobody can cancel. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int LONGEST_PAUSE = 10;

    private GivingWay() {}

    static void run(Runnable work) {
        doing(() -> {
            work.run();
            return true;
        });
    }

    public static <T> T doing(Supplier<T> work) {
        return doing(PATIENCE, () -> {}, work);
    }

    /**
     * Does the work as often as it has to.
     *
     * @param givenWay told each time before it comes back; may throw to end it
     */
    static <T> T doing(Duration patience, Runnable givenWay, Supplier<T> work) {
        long deadline = System.nanoTime() + patience.toNanos();
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (PlatformException e) {
                boolean passing = e.code() == StoreError.BUSY || e.code() == StoreError.CONFLICT;
                if (!passing || System.nanoTime() > deadline) {
                    throw e;
                }
                givenWay.run();
                pause(attempt);
            }
        }
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(PAUSE.multipliedBy(Math.min(attempt, LONGEST_PAUSE)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StoreError.BUSY
                    .error()
                    .with("state", "interrupted")
                    .causedBy(e)
                    .build();
        }
    }
}
