package dev.tenon.tenancy.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.tenancy.identity.IdentityStore.Account;
import dev.tenon.tenancy.identity.LoginStore.AuthorizationCode;
import dev.tenon.tenancy.identity.LoginStore.Session;
import dev.tenon.tenancy.identity.LoginStore.SigningKey;
import dev.tenon.tenancy.identity.TokenStore.StoredToken;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store of accounts, tokens and sign-ins does. */
public abstract class IdentityStoreContract {

    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
    private final String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final UUID user = RecordIds.next();

    protected abstract IdentityStore identities();

    protected abstract TokenStore tokens();

    protected abstract LoginStore logins();

    private void insertUser() {
        identities().insert(new Account(tenant, user, "ada", true, 1), "hash", Set.of("a", "b"));
    }

    @Test
    void anAccountIsFoundByIdAndByLogin() {
        insertUser();
        assertThat(identities().find(tenant, user)).contains(new Account(tenant, user, "ada", true, 1));
        assertThat(identities().findCredential(tenant, "ada").orElseThrow().passwordHash())
                .isEqualTo("hash");
        assertThat(identities().permissionSets(tenant, user)).containsExactly("a", "b");
        assertThat(identities().accounts(tenant)).hasSize(1);
    }

    @Test
    void anotherTenantKnowsNothingOfIt() {
        insertUser();
        assertThat(identities().find("other", user)).isEmpty();
        assertThat(identities().findCredential("other", "ada")).isEmpty();
        assertThat(identities().permissionSets("other", user)).isEmpty();
        assertThat(identities().holders("other", "a")).isEmpty();
    }

    @Test
    void aLoginIsTakenOncePerTenant() {
        insertUser();
        Account same = new Account(tenant, RecordIds.next(), "ada", true, 1);
        assertThatThrownBy(() -> identities().insert(same, "hash", Set.of()))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(IdentityError.LOGIN_TAKEN));
    }

    @Test
    void failuresAreCountedUntilASuccess() {
        insertUser();
        assertThat(identities().addFailure(tenant, user)).isEqualTo(1);
        assertThat(identities().addFailure(tenant, user)).isEqualTo(2);
        identities().pause(tenant, user, NOW);
        assertThat(identities().findCredential(tenant, "ada").orElseThrow().pausedUntil())
                .isEqualTo(NOW);
        identities().clearFailures(tenant, user);
        assertThat(identities().findCredential(tenant, "ada").orElseThrow().pausedUntil())
                .isNull();
        assertThat(identities().addFailure(tenant, user)).isEqualTo(1);
    }

    @Test
    void everyChangeOfAnAccountCountsItsRevision() {
        insertUser();
        identities().setActive(tenant, user, false);
        identities().replacePermissionSets(tenant, user, Set.of("c"));
        identities().setPassword(tenant, user, "other");
        identities().touch(tenant, user);
        assertThat(identities().find(tenant, user)).contains(new Account(tenant, user, "ada", false, 5));
        assertThat(identities().permissionSets(tenant, user)).containsExactly("c");
    }

    @Test
    void holdersAreTheActiveUsersWithASet() {
        insertUser();
        assertThat(identities().holders(tenant, "a")).containsExactly(user);
        assertThat(identities().holders(tenant, "z")).isEmpty();
        identities().setActive(tenant, user, false);
        assertThat(identities().holders(tenant, "a")).isEmpty();
    }

    @Test
    void aTokenIsFoundByItsHashAndDeletedByItsOwnerOnly() {
        insertUser();
        StoredToken token = new StoredToken(RecordIds.next(), tenant, user, "ci", NOW, NOW.plusSeconds(60), null);
        String hash = AccessTokens.hash(token.id().toString());
        tokens().insert(token, hash);
        assertThat(tokens().find(hash)).contains(token);
        assertThat(tokens().ofUser(tenant, user)).containsExactly(token);
        tokens().used(token.id(), NOW.plusSeconds(1));
        assertThat(tokens().find(hash).orElseThrow().lastUsedAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(tokens().delete(tenant, RecordIds.next(), token.id())).isFalse();
        assertThat(tokens().delete(tenant, user, token.id())).isTrue();
        assertThat(tokens().find(hash)).isEmpty();
    }

    @Test
    void sessionsEndOneByOneAndAllAtOnce() {
        insertUser();
        Session session = new Session(tenant, user, NOW, NOW.plusSeconds(60));
        logins().insertSession(session, "1" + tenant);
        logins().insertSession(session, "2" + tenant);
        logins().insertSession(session, "3" + tenant);
        logins().deleteSession("1" + tenant);
        assertThat(logins().findSession("1" + tenant)).isEmpty();
        logins().extendSession("2" + tenant, NOW.plusSeconds(120));
        assertThat(logins().findSession("2" + tenant).orElseThrow().expiresAt()).isEqualTo(NOW.plusSeconds(120));
        logins().removeExpired(NOW.plusSeconds(90));
        assertThat(logins().findSession("3" + tenant)).isEmpty();
        logins().deleteSessions(tenant, user);
        assertThat(logins().findSession("2" + tenant)).isEmpty();
    }

    @Test
    void aCodeIsReplacedWhenItIsUsed() {
        insertUser();
        AuthorizationCode fresh = new AuthorizationCode(
                "id" + tenant, "h" + tenant, "console", tenant, user, "{}", NOW, NOW.plusSeconds(60), false);
        logins().saveCode(fresh);
        assertThat(logins().findCode("h" + tenant)).contains(fresh);
        AuthorizationCode used = new AuthorizationCode(
                "id" + tenant, "h" + tenant, "console", tenant, user, "{}", NOW, NOW.plusSeconds(60), true);
        logins().saveCode(used);
        assertThat(logins().findCode("h" + tenant)).contains(used);
        logins().deleteCode("id" + tenant);
        assertThat(logins().findCode("h" + tenant)).isEmpty();
    }

    @Test
    void theFirstSigningKeyStays() {
        logins().insertFirstSigningKey(new SigningKey("first", "{}", NOW));
        var before = logins().signingKeys();
        logins().insertFirstSigningKey(new SigningKey("second", "{}", NOW));
        assertThat(logins().signingKeys()).isEqualTo(before).hasSize(1);
        SigningKey kept = before.getFirst();
        logins().replaceSigningKey(kept, "sealed");
        logins().replaceSigningKey(kept, "too late");
        assertThat(logins().signingKeys()).containsExactly(new SigningKey(kept.id(), "sealed", kept.createdAt()));
    }

    @Test
    void aRemovedTenantLeavesNothing() {
        insertUser();
        logins().insertSession(new Session(tenant, user, NOW, NOW.plusSeconds(60)), "s" + tenant);
        identities().removeTenant(tenant);
        assertThat(identities().accounts(tenant)).isEmpty();
        assertThat(logins().findSession("s" + tenant)).isEmpty();
    }
}
