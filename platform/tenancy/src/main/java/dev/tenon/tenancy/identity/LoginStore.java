package dev.tenon.tenancy.identity;

import dev.tenon.tenancy.identity.IdentityStore.Account;
import dev.tenon.tenancy.identity.IdentityStore.Attempt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * Keeps what signing in leaves behind: browser sessions, authorization codes under way, addresses from which sign-ins
 * failed, and the keys that sign access tokens. In the database, so that neither a restart nor a second node ends
 * anybody's session.
 */
public interface LoginStore {

    void insertSession(Session session);

    /** The session with the account behind it, asked with each request. */
    Optional<LiveSession> findSession(String id);

    void extendSession(String id, Instant seenAt, Instant expiresAt);

    /** False when the user has no such session. */
    boolean deleteSession(String tenant, UUID user, String id);

    void deleteSession(String id);

    /** Ends all sessions of a user, and forgets his authorization codes. */
    void deleteSessions(String tenant, UUID user);

    /** Those that are not over, the last used first. */
    List<Session> sessions(String tenant, UUID user, Instant now);

    /** Inserts the code or replaces the one with the same id. */
    void saveCode(AuthorizationCode code);

    Optional<AuthorizationCode> findCode(String hash);

    void deleteCode(String id);

    /** Removes sessions and codes that are over. */
    void removeExpired(Instant now);

    /**
     * As {@link IdentityStore#attempt}, for an address.
     *
     * @param forget failures that were followed by none since then do not count
     */
    Attempt attemptFrom(String address, Instant now, Instant forget, IntFunction<Optional<Instant>> pause);

    /** The address's latest attempt was right. What was counted before goes on to count. */
    void forgive(String address);

    /** Newest first. */
    List<SigningKey> signingKeys();

    /** Adds a key unless there is one already; several nodes may start at once. */
    void insertFirstSigningKey(SigningKey key);

    /** Keeps the key in another form, unless another node has changed it since. */
    void replaceSigningKey(SigningKey before, String jwk);

    /**
     * A person signed in with a browser.
     *
     * @param id the sum of its cookie; the cookie itself is nowhere
     * @param device what the browser says of itself
     */
    record Session(
            String id,
            String tenant,
            UUID user,
            String address,
            String device,
            Instant createdAt,
            Instant seenAt,
            Instant expiresAt) {}

    /** A session and whose it is at this moment. */
    record LiveSession(Session session, Account account) {}

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
