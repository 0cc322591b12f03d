package dev.tenon.tenancy.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps what signing in leaves behind: browser sessions, authorization codes under way and the keys that sign access
 * tokens. In the database, so that neither a restart nor a second node ends anybody's session.
 */
public interface LoginStore {

    void insertSession(Session session, String hash);

    Optional<Session> findSession(String hash);

    void extendSession(String hash, Instant expiresAt);

    void deleteSession(String hash);

    /** Ends all sessions of a user. */
    void deleteSessions(String tenant, UUID user);

    /** Inserts the code or replaces the one with the same id. */
    void saveCode(AuthorizationCode code);

    Optional<AuthorizationCode> findCode(String hash);

    void deleteCode(String id);

    /** Removes sessions and codes that are over. */
    void removeExpired(Instant now);

    /** Newest first. */
    List<SigningKey> signingKeys();

    /** Adds a key unless there is one already; several nodes may start at once. */
    void insertFirstSigningKey(SigningKey key);

    /** Keeps the key in another form, unless another node has changed it since. */
    void replaceSigningKey(SigningKey before, String jwk);

    /** A person signed in with a browser. */
    record Session(String tenant, UUID user, Instant createdAt, Instant expiresAt) {}

    /**
     * An authorization under way.
     *
     * @param hash of the code's text
     * @param request the authorization request as JSON
     * @param used the code was exchanged; another try is an attack
     */
    record AuthorizationCode(
            String id,
            String hash,
            String client,
            String tenant,
            UUID user,
            String request,
            Instant issuedAt,
            Instant expiresAt,
            boolean used) {}

    /** A private key as JSON Web Key. */
    record SigningKey(String id, String jwk, Instant createdAt) {
        @Override
        public String toString() {
            return "SigningKey[id=" + id + "]";
        }
    }
}
