package dev.tenon.automation.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * This process as one of those that share the work for all tenants.
 *
 * @param name by which it claims jobs
 * @param closing whether it stops; what it has begun is gone on with elsewhere
 */
public record Node(String name, InstantSource clock, BooleanSupplier closing) {

    /** A step of any job takes far less; a node that is silent for so long is gone. */
    private static final Duration CLAIM = Duration.ofSeconds(60);

    Instant now() {
        return clock.instant();
    }

    /** Until when a job is this node's if it keeps silent from now on. */
    Instant claim() {
        return now().plus(CLAIM);
    }

    boolean stops() {
        return closing.getAsBoolean();
    }

    /**
     * Does a tenant's jobs, one after the other.
     *
     * @param claim gives the next one, told the present and the end of the claim
     * @param work false where the rest waits for the next look
     */
    <J> void each(BiFunction<Instant, Instant, Optional<J>> claim, Predicate<J> work) {
        boolean more = true;
        while (more && !stops()) {
            more = claim.apply(now(), claim()).filter(work).isPresent();
        }
    }
}
