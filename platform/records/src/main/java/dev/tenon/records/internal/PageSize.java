package dev.tenon.records.internal;

import java.time.Duration;
import java.util.function.IntFunction;

/**
 * How many records are worked on in one transaction: as many as take a moment, because nobody else changes them meanwhile.
 * It follows the time that the pages before took, so a busy machine or a costly formula gets small ones.
 */
final class PageSize {

    private static final int LEAST = 20;
    private static final int MOST = 2_000;

    /** Far below the half second that nobody may have to wait for. */
    private static final long TOO_LONG = Duration.ofMillis(200).toNanos();

    private static final long SHORT = Duration.ofMillis(80).toNanos();

    private int size = 250;

    /** Does the work with the size that fits now. */
    <T> T measured(IntFunction<T> work) {
        long begun = System.nanoTime();
        T result = work.apply(size);
        took(System.nanoTime() - begun);
        return result;
    }

    int size() {
        return size;
    }

    /** Smaller at once, larger step by step. */
    void took(long nanos) {
        if (nanos > TOO_LONG) {
            size = (int) Math.max(LEAST, Math.min(size / 2, size * TOO_LONG / nanos));
        } else if (nanos < SHORT) {
            size = Math.min(MOST, size * 2);
        }
    }
}
