package dev.tenon.automation.internal;

import dev.tenon.automation.port.ImportStore.Standing;
import dev.tenon.automation.port.Interruption;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks after a request while it is done: keeps the claim, and stops the work where it has to end. */
final class AsyncWatch implements AutoCloseable {

    /** How long a wish to stop that another node was told waits, at most. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    /** Why the work was stopped. */
    enum End {
        NONE,
        STOP,
        LOST,
        TOO_LONG,
        CLOSING
    }

    private final Function<Instant, Standing> keep;
    private final Node node;
    private final Instant longest;
    private final BooleanSupplier closing;
    private Interruption.@Nullable Work work;
    private boolean over;
    private volatile End end = End.NONE;

    /** @param closing whether the node stops and the work can be done elsewhere */
    AsyncWatch(Function<Instant, Standing> keep, Node node, Duration longest, BooleanSupplier closing) {
        this.keep = keep;
        this.node = node;
        this.longest = node.now().plus(longest);
        this.closing = closing;
    }

    void begin(Interruption.Work begun) {
        synchronized (this) {
            work = begun;
        }
        Thread.ofVirtual().name("tenon-request-watch").start(this::watch);
    }

    /** Why the work was stopped; who stops it at once tells the work only. */
    synchronized End end() {
        return end == End.NONE && work != null && work.stopped() ? End.STOP : end;
    }

    private synchronized void watch() {
        try {
            while (end == End.NONE) {
                // Woken, not interrupted: an interrupt in the middle of its input and output closes H2's file.
                wait(BETWEEN_LOOKS.toMillis());
                if (over) {
                    return;
                }
                end = look();
                if (end != End.NONE && work != null) {
                    work.stop();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private End look() {
        if (closing.getAsBoolean()) {
            return End.CLOSING;
        }
        if (node.now().isAfter(longest)) {
            return End.TOO_LONG;
        }
        try {
            return switch (keep.apply(node.claim())) {
                case GO_ON -> End.NONE;
                case STOP -> End.STOP;
                case LOST -> End.LOST;
            };
        } catch (RuntimeException unreachable) {
            // Told again soon; the claim bears that for a while.
            return End.NONE;
        }
    }

    @Override
    public synchronized void close() {
        over = true;
        notifyAll();
    }
}
