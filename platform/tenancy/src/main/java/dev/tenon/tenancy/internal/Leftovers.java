package dev.tenon.tenancy.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a node that died or a database that went away has left half done is taken up by whichever node is there, without a
 * restart. What is seen for the first time is left alone until the next look: somebody may just be on his way to it.
 */
final class Leftovers {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Supplier<Set<String>> left;
    private final Predicate<String> end;
    private final Duration pause;
    private final InstantSource time;
    private final Map<String, Retry> retries = new HashMap<>();

    private record Retry(Instant at, Duration pause) {}

    /**
     * @param left tenants in which something is half done
     * @param end tries to end it in one of them; false where somebody else is at it
     * @param pause before the first attempt; each one doubles it
     */
    Leftovers(Supplier<Set<String>> left, Predicate<String> end, Duration pause, InstantSource time) {
        this.left = left;
        this.end = end;
        this.pause = pause;
        this.time = time;
    }

    void look() {
        Set<String> found = left.get();
        retries.keySet().retainAll(found);
        for (String tenant : found) {
            Retry retry = retries.get(tenant);
            if (retry == null) {
                retries.put(tenant, new Retry(time.instant().plus(pause), pause));
            } else if (!time.instant().isBefore(retry.at())) {
                Duration next = end.test(tenant) ? longer(retry.pause()) : pause;
                retries.put(tenant, new Retry(time.instant().plus(next), next));
            }
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
    }
}
