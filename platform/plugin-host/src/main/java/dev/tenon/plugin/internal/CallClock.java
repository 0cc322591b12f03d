package dev.tenon.plugin.internal;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Tells calls that their time is up. */
public final class CallClock implements AutoCloseable {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("plugin-clock").factory());

    public CallClock() {
        timer.setRemoveOnCancelPolicy(true);
    }

    ScheduledFuture<?> at(Duration limit, GuardedCall call) {
        return timer.schedule(call::expire, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
