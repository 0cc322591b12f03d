package dev.tenon.store.identity;

import dev.tenon.tenancy.identity.IdentityStore.Attempt;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What counting one more attempt comes to; the row is locked meanwhile. */
record Counting(int failures, @Nullable OffsetDateTime pausedUntil, Attempt attempt) {

    static Counting of(int failures, @Nullable Instant pausedUntil, Instant now, IntFunction<Optional<Instant>> pause) {
        if (pausedUntil != null && now.isBefore(pausedUntil)) {
            return new Counting(failures, pausedUntil.atOffset(ZoneOffset.UTC), new Attempt(true, true, pausedUntil));
        }
        int counted = failures + 1;
        Optional<Instant> until = pause.apply(counted);
        return new Counting(
                counted,
                until.map(time -> time.atOffset(ZoneOffset.UTC)).orElse(null),
                new Attempt(false, until.isPresent(), until.orElse(now)));
    }
}
