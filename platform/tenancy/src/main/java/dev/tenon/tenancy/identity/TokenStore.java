package dev.tenon.tenancy.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps personal access tokens, by the hash of their text; the text itself is nowhere. */
public interface TokenStore {

    void insert(StoredToken token, String hash);

    /** The token with this hash, expired ones included. */
    Optional<StoredToken> find(String hash);

    List<StoredToken> ofUser(String tenant, UUID user);

    /** False when the user has no such token. */
    boolean delete(String tenant, UUID user, UUID id);

    void used(UUID id, Instant at);

    /** A token without its text. */
    record StoredToken(
            UUID id,
            String tenant,
            UUID user,
            String name,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant lastUsedAt) {}
}
