package dev.tenon.tenancy.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Keeps one-time links to accounts, by the hash of their text. */
public interface LinkStore {

    void insert(Link link, String hash);

    /** Expired ones included. */
    Optional<Link> find(String hash);

    /** Removes the link; false when somebody was quicker. */
    boolean take(String hash);

    void deleteLinks(String tenant, UUID user, Kind kind);

    void removeExpiredLinks(Instant now);

    /** What a link is good for. */
    enum Kind {
        /** Choose the first password. */
        INVITATION,
        /** Choose another password. */
        RESET,
        /** Go on with a sign-in whose password was right. */
        SIGN_IN,
        /** Go on with one whose second factor was right, too. */
        SIGN_IN_PROVEN
    }

    record Link(Kind kind, String tenant, UUID user, Instant createdAt, Instant expiresAt) {}
}
