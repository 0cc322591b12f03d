package dev.tenon.tenancy.identity;

import java.time.Instant;
import java.util.UUID;

/** Answer to an attempt to sign in. People are told the same for both refusals, so that logins cannot be probed. */
public sealed interface LoginOutcome {

    record Accepted(UUID user) implements LoginOutcome {}

    /** Unknown tenant or login, wrong password, or a deactivated account. */
    record Refused() implements LoginOutcome {}

    /** Too many failures; not even the right password counts before that time. */
    record Paused(Instant until) implements LoginOutcome {}
}
