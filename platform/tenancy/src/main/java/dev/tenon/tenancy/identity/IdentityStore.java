package dev.tenon.tenancy.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps accounts and what they hold, of all tenants, in the platform's own schema. */
public interface IdentityStore {

    /**
     * Throws {@link dev.tenon.sdk.error.PlatformException} {@code identity.login-taken} when the tenant has the login.
     *
     * @param passwordHash {@link #NO_PASSWORD} for who has yet to choose one
     */
    void insert(Account account, String passwordHash, Set<String> permissionSets);

    /** What no password has as its hash. */
    String NO_PASSWORD = "";

    Optional<Account> find(String tenant, UUID user);

    Optional<Credential> findCredential(String tenant, String login);

    Optional<Credential> findCredential(String tenant, UUID user);

    List<Account> accounts(String tenant);

    /**
     * Counts an attempt to sign in before it is known whether it is a good one, so that those made at once cannot all pass.
     *
     * @param pause until when the next one has to wait if this one, the nth since the last success, is wrong
     */
    Attempt attempt(String tenant, UUID user, Instant now, IntFunction<Optional<Instant>> pause);

    /** The latest attempt was right. What was counted before goes on to count. */
    void forgive(String tenant, UUID user);

    /** A sign-in was completed: nothing that was counted counts any more. */
    void clearFailures(String tenant, UUID user);

    /** Sets the password, keeps the former one, forgets failures and counts the revision. */
    void setPassword(String tenant, UUID user, String passwordHash, Instant at);

    /** Keeps the same password in another form, unless it was changed since. */
    void replaceHash(String tenant, UUID user, String before, String after);

    /** Hashes of passwords before the current one, newest first. */
    List<String> formerPasswords(String tenant, UUID user, int limit);

    /** Sets whether the account may be used, and counts the revision. */
    void setActive(String tenant, UUID user, boolean active);

    Set<String> permissionSets(String tenant, UUID user);

    /** Replaces what the user holds, and counts the revision. */
    void replacePermissionSets(String tenant, UUID user, Set<String> permissionSets);

    /** Counts the revision, because something outside of this store has changed, for example the user's name. */
    void touch(String tenant, UUID user);

    /** Active users who hold the permission set, in the order of their ids. */
    List<UUID> holders(String tenant, String permissionSet);

    /** Users who have yet to choose a password. */
    Set<UUID> invited(String tenant);

    /** How many active users with a password hold one of the sets. */
    int countAble(String tenant, Set<String> permissionSets);

    /**
     * Runs a change in a transaction, one at a time for those who hold one of the sets: two changes cannot both rely on what
     * the other one takes away.
     */
    <T> T guardingHolders(String tenant, Set<String> permissionSets, Supplier<T> change);

    /** Removes everything this and the sibling stores keep of a tenant. */
    void removeTenant(String tenant);

    /**
     * @param revision counts changes to the account, so that what is cached of it can be recognized as old
     */
    record Account(String tenant, UUID user, String login, boolean active, long revision) {}

    /** What signing in needs. */
    record Credential(
            Account account, String passwordHash, @Nullable Instant passwordChangedAt) {

        boolean invited() {
            return passwordHash.equals(NO_PASSWORD);
        }

        @Override
        public String toString() {
            return "Credential[" + account + "]";
        }
    }

    /**
     * What became of counting an attempt.
     *
     * @param blocked an earlier pause is not over, and the attempt was not counted
     * @param until when the next attempt may be made; the present where there is no pause
     */
    record Attempt(boolean blocked, boolean paused, Instant until) {}
}
