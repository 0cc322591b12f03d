package dev.tenon.tenancy.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Keeps the secrets of time-based one-time passwords, sealed, and the hashes of recovery codes. */
public interface SecondFactorStore {

    Optional<Factor> findFactor(String tenant, UUID user);

    /** Replaces what the user has, with its recovery codes. */
    void saveFactor(Factor factor);

    /** The first code was right: from now on it counts. False when it did already. */
    boolean confirm(String tenant, UUID user);

    /** Notes that the code of a time step was used; false when it, or a later one, was used before. */
    boolean advance(String tenant, UUID user, long step);

    /** False when there was none. */
    boolean removeFactor(String tenant, UUID user);

    void replaceRecoveryCodes(String tenant, UUID user, Set<String> hashes);

    /** Uses a recovery code up; false when the user has none with this hash. */
    boolean takeRecoveryCode(String tenant, UUID user, String hash);

    int recoveryCodes(String tenant, UUID user);

    /** Users with a confirmed one. */
    Set<UUID> users(String tenant);

    /** All, for sealing them anew. */
    List<Factor> factors();

    /** Keeps the secret in another form, unless it was changed since. */
    void replaceSecret(Factor before, String sealed);

    /** @param lastStep the latest time step whose code was used */
    record Factor(String tenant, UUID user, String secret, boolean confirmed, long lastStep, Instant createdAt) {
        @Override
        public String toString() {
            return "Factor[" + tenant + "/" + user + "]";
        }
    }
}
