package dev.tenon.tenancy.identity;

import java.time.Instant;
import java.util.UUID;

/** Answer to a password. People are told the same for both refusals, so that logins cannot be probed. */
public sealed interface LoginOutcome {

    record Accepted(UUID user) implements LoginOutcome {}

    /** The password is right; something is left to do before the person is in. */
    record Further(UUID user, Step step) implements LoginOutcome {}

    /** Unknown tenant or login, wrong password, or an account that is deactivated or not yet activated. */
    record Refused() implements LoginOutcome {}

    /** Too many failures; not even the right password counts before that time. */
    record Paused(Instant until) implements LoginOutcome {}

    /** What is left to do. */
    enum Step {
        /** Give the code of the second factor. */
        CODE,
        /** Set up the second factor, which the tenant demands. */
        ENROLMENT,
        /** Choose another password, because this one is too old. */
        NEW_PASSWORD
    }
}
