package dev.tenon.tenancy.identity;

import dev.tenon.tenancy.identity.IdentityStore.Account;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps personal access tokens, by the hash of their text; the text itself is nowhere. */
public interface TokenStore {

    void insert(StoredToken token, String hash);

    /** The token with this hash and the account behind it, expired ones included. */
    Optional<LiveToken> findToken(String hash);

    List<StoredToken> ofUser(String tenant, UUID user);

    /** False when the user has no such token. */
    boolean delete(String tenant, UUID user, UUID id);

    void deleteAll(String tenant, UUID user);

    void used(UUID id, Instant at);

    /** A token without its text. */
    record StoredToken(
            UUID id,
            String tenant,
            UUID user,
            String name,
            Set<TokenScope> scopes,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant lastUsedAt) {

        public StoredToken {
            scopes = scopes.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(scopes));
        }
    }

    /** A token and whose it is at this moment. */
    record LiveToken(StoredToken token, Account account) {}
}
