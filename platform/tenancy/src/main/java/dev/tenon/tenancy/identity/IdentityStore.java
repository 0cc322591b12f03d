package dev.tenon.tenancy.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps accounts and what they hold, of all tenants, in the platform's own schema. */
public interface IdentityStore {

    /** Throws {@link dev.tenon.sdk.error.PlatformException} {@code identity.login-taken} when the tenant has the login. */
    void insert(Account account, String passwordHash, Set<String> permissionSets);

    Optional<Account> find(String tenant, UUID user);

    Optional<Credential> findCredential(String tenant, String login);

    List<Account> accounts(String tenant);

    /** Adds one failed attempt and returns how many there were since the last success. */
    int addFailure(String tenant, UUID user);

    /** No sign-in is tried before that time. */
    void pause(String tenant, UUID user, Instant until);

    void clearFailures(String tenant, UUID user);

    /** Sets the password, forgets failures and counts the revision. */
    void setPassword(String tenant, UUID user, String passwordHash);

    /** Sets whether the account may be used, and counts the revision. */
    void setActive(String tenant, UUID user, boolean active);

    Set<String> permissionSets(String tenant, UUID user);

    /** Replaces what the user holds, and counts the revision. */
    void replacePermissionSets(String tenant, UUID user, Set<String> permissionSets);

    /** Counts the revision, because something outside of this store has changed, for example the user's name. */
    void touch(String tenant, UUID user);

    /** Active users who hold the permission set, in the order of their ids. */
    List<UUID> holders(String tenant, String permissionSet);

    /** Removes everything this and the sibling stores keep of a tenant. */
    void removeTenant(String tenant);

    /**
     * @param revision counts changes to the account, so that what is cached of it can be recognized as old
     */
    record Account(String tenant, UUID user, String login, boolean active, long revision) {}

    /** What signing in needs. */
    record Credential(
            Account account, String passwordHash, @Nullable Instant pausedUntil) {}
}
