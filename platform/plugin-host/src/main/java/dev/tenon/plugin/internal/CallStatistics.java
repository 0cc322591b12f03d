package dev.tenon.plugin.internal;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a plugin did since its start. Keeps texts, never exceptions: those would hold the plugin's classes. */
final class CallStatistics {

    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicReference<@Nullable String> lastFailure = new AtomicReference<>();

    void called(long spent) {
        calls.incrementAndGet();
        nanos.addAndGet(spent);
    }

    void failed(String text) {
        failures.incrementAndGet();
        lastFailure.set(text);
    }

    long calls() {
        return calls.get();
    }

    long failures() {
        return failures.get();
    }

    long nanos() {
        return nanos.get();
    }

    Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailure.get());
    }
}
