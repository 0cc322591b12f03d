package dev.tenon.tenancy.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps what happened to accounts. Entries are added and read, never changed. */
public interface EventStore {

    void append(Event event);

    /**
     * Newest first.
     *
     * @param before entries with smaller numbers only; {@link Long#MAX_VALUE} for the newest
     */
    List<Entry> events(String tenant, Optional<UUID> user, long before, int limit);

    /** What can happen. */
    enum Kind {
        INVITED,
        CREATED,
        ACTIVATED,
        CHANGED,
        RIGHTS_CHANGED,
        DEACTIVATED,
        REACTIVATED,
        HAND_OVER_STARTED,
        SIGNED_IN,
        SIGN_IN_REFUSED,
        SIGN_IN_PAUSED,
        SIGNED_OUT,
        PASSWORD_CHANGED,
        PASSWORD_LINK_MADE,
        SECOND_FACTOR_ADDED,
        SECOND_FACTOR_REMOVED,
        RECOVERY_CODES_MADE,
        RECOVERY_CODE_USED,
        SESSION_REVOKED,
        TOKEN_CREATED,
        TOKEN_REVOKED
    }

    /**
     * @param actor who did it; null where nobody was signed in yet
     * @param user whose account it is
     * @param address from where; empty where the platform did it itself
     */
    record Event(
            Instant at,
            String tenant,
            Kind kind,
            @Nullable UUID actor,
            @Nullable String actorName,
            @Nullable UUID user,
            @Nullable String userName,
            String address,
            String detail) {}

    record Entry(long seq, Event event) {}
}
