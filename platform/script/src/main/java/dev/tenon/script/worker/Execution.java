package dev.tenon.script.worker;

import dev.tenon.script.wire.Wire;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.graalvm.polyglot.Context;
import org.jspecify.annotations.Nullable;

/** One call in its context, with what is needed to end it from outside. */
final class Execution {

    /** Where the lane's thread is; only a thread that computes may be interrupted, for an interrupt closes a socket. */
    private enum Phase {
        COMPUTING,
        ASKING,
        ENDING,
        SETTLED
    }

    /**
     * Waiting is added up in steps of at most this much, so that time in which the whole machine stood still (a laptop that
     * slept, a paused container) is not held against a script.
     */
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Why a call was ended from outside; the words are those of the wire. */
    enum Reason {
        TIME("timeout"),
        MEMORY("out-of-memory");

        private final String kind;

        Reason(String kind) {
            this.kind = kind;
        }

        String kind() {
            return kind;
        }
    }

    private final Context context;
    private final Thread thread = Thread.currentThread();
    private final long computingLimit;
    private final long waitingLimit;
    private final Consumer<Reason> stuck;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.COMPUTING);
    private final long computingStart;
    private final long allocatedStart;

    /** Of the watchdog's thread alone, from here on. */
    private long lastLook = System.nanoTime();

    private long waited;
    private long ending;
    private volatile Reason reason = Reason.TIME;
    private volatile boolean told;
    private volatile @Nullable Thread closer;

    /**
     * @param stuck called by the watchdog when the script does not end although its context was closed
     */
    Execution(Context context, long computingMillis, long waitingMillis, Consumer<Reason> stuck) {
        this.context = context;
        this.computingLimit = TimeUnit.MILLISECONDS.toNanos(computingMillis);
        this.waitingLimit = TimeUnit.MILLISECONDS.toNanos(waitingMillis);
        this.stuck = stuck;
        this.computingStart = Watchdog.computingTime(thread);
        this.allocatedStart = Watchdog.allocated(thread);
    }

    /** Why the call is being ended, empty while it is not. */
    Optional<Reason> ended() {
        return phase.get() == Phase.ENDING ? Optional.of(reason) : Optional.empty();
    }

    /** Bytes allocated so far, most of them garbage by now. */
    long allocated() {
        return phase.get() == Phase.ENDING ? 0 : Watchdog.allocated(thread) - allocatedStart;
    }

    /** Before the server is asked. False when the call is being ended and must not be interrupted in a socket. */
    boolean beginAsking() {
        return phase.compareAndSet(Phase.COMPUTING, Phase.ASKING);
    }

    void endAsking() {
        phase.compareAndSet(Phase.ASKING, Phase.COMPUTING);
    }

    /** Called by the watchdog, again and again. */
    void endWhenOverdue() {
        long now = System.nanoTime();
        long step = Math.min(now - lastLook, STEP_NANOS);
        lastLook = now;
        switch (phase.get()) {
            case ASKING, SETTLED -> {}
            case COMPUTING -> {
                waited += step;
                boolean computedTooLong = Watchdog.computingTime(thread) - computingStart > computingLimit;
                if (computedTooLong || waited > waitingLimit) {
                    end(Reason.TIME);
                }
            }
            case ENDING -> {
                ending += step;
                if (!told && ending > TimeUnit.MILLISECONDS.toNanos(Wire.GRACE_MILLIS)) {
                    told = true;
                    stuck.accept(reason);
                }
            }
        }
    }

    /** Ends a call that computes; one that waits for the server is left alone. */
    void end(Reason why) {
        // Set before the phase: whoever sees the phase sees the reason.
        Reason before = reason;
        reason = why;
        if (!phase.compareAndSet(Phase.COMPUTING, Phase.ENDING)) {
            reason = before;
        } else {
            closer = Thread.ofPlatform().daemon().name("closer").start(this::close);
        }
    }

    private void close() {
        try {
            context.close(true);
        } catch (RuntimeException alreadyClosing) {
            // The lane's thread closes it too; one of the two is late.
        }
    }

    /** After the lane's thread has left the context: nothing may interrupt it any more. */
    void settle() {
        Watchdog.forget(this);
        // From here on the watchdog, if it is just looking at this call, finds it settled.
        if (!phase.compareAndSet(Phase.COMPUTING, Phase.SETTLED)) {
            Thread closing = closer;
            while (closing == null && phase.get() == Phase.ENDING) {
                Thread.onSpinWait();
                closing = closer;
            }
            if (closing != null) {
                join(closing);
            }
        }
        Thread.interrupted();
    }

    private static void join(Thread closing) {
        boolean waiting = true;
        while (waiting) {
            try {
                closing.join(Wire.GRACE_MILLIS);
                waiting = false;
            } catch (InterruptedException byTheCloser) {
                // The interrupt that was to reach the script; it is cleared by having been thrown.
            }
        }
    }
}
