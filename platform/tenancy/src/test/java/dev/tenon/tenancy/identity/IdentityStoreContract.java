package dev.tenon.tenancy.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.tenancy.identity.EventStore.Entry;
import dev.tenon.tenancy.identity.EventStore.Event;
import dev.tenon.tenancy.identity.IdentityStore.Account;
import dev.tenon.tenancy.identity.IdentityStore.Attempt;
import dev.tenon.tenancy.identity.IdentityStore.Credential;
import dev.tenon.tenancy.identity.LinkStore.Link;
import dev.tenon.tenancy.identity.LoginStore.AuthorizationCode;
import dev.tenon.tenancy.identity.LoginStore.LiveSession;
import dev.tenon.tenancy.identity.LoginStore.Session;
import dev.tenon.tenancy.identity.LoginStore.SigningKey;
import dev.tenon.tenancy.identity.SecondFactorStore.Factor;
import dev.tenon.tenancy.identity.TokenStore.LiveToken;
import dev.tenon.tenancy.identity.TokenStore.StoredToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of accounts, tokens and sign-ins does. */
public abstract class IdentityStoreContract {

    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
    private final String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final UUID user = RecordIds.next();

    protected abstract IdentityStores stores();

    private IdentityStore identities() {
        return stores().accounts();
    }

    private TokenStore tokens() {
        return stores().tokens();
    }

    private LoginStore logins() {
        return stores().logins();
    }

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

    private static Optional<Instant> fromTheThird(int nth) {
        return nth < 3 ? Optional.empty() : Optional.of(NOW.plusSeconds(60));
    }

    private Attempt attempt(Instant at) {
        return identities().attempt(tenant, user, at, IdentityStoreContract::fromTheThird);
    }

    @Test
    void attemptsAreCountedAndPausedUntilASuccess() {
        insertUser();
        assertThat(attempt(NOW)).isEqualTo(new Attempt(false, false, NOW));
        assertThat(attempt(NOW)).isEqualTo(new Attempt(false, false, NOW));
        assertThat(attempt(NOW)).isEqualTo(new Attempt(false, true, NOW.plusSeconds(60)));
        assertThat(attempt(NOW.plusSeconds(59))).isEqualTo(new Attempt(true, true, NOW.plusSeconds(60)));
        identities().forgive(tenant, user);
        assertThat(attempt(NOW)).isEqualTo(new Attempt(false, true, NOW.plusSeconds(60)));
        identities().clearFailures(tenant, user);
        assertThat(attempt(NOW).paused()).isFalse();
        assertThat(identities().attempt(tenant, RecordIds.next(), NOW, IdentityStoreContract::fromTheThird))
                .isEqualTo(new Attempt(false, false, NOW));
    }

    @Test
    void ofManyAttemptsAtOnceNoMoreAreLetThroughThanAreFree() throws Exception {
        insertUser();
        List<Callable<Attempt>> tries = Collections.nCopies(12, () -> attempt(NOW));
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Attempt> made = new ArrayList<>();
            for (Future<Attempt> done : threads.invokeAll(tries)) {
                made.add(done.get());
            }
            assertThat(made).filteredOn(a -> !a.blocked()).hasSize(3);
        }
    }

    @Test
    void anAddressIsPausedAndForgottenWhenItWasQuiet() {
        String address = "192.0.2.1/" + tenant;
        for (int i = 0; i < 2; i++) {
            assertThat(logins().attemptFrom(address, NOW, NOW.minusSeconds(900), IdentityStoreContract::fromTheThird)
                            .paused())
                    .isFalse();
        }
        logins().forgive(address);
        assertThat(logins().attemptFrom(address, NOW, NOW.minusSeconds(900), IdentityStoreContract::fromTheThird)
                        .paused())
                .isFalse();
        assertThat(logins().attemptFrom(address, NOW, NOW.minusSeconds(900), IdentityStoreContract::fromTheThird))
                .isEqualTo(new Attempt(false, true, NOW.plusSeconds(60)));
        assertThat(logins().attemptFrom(address, NOW, NOW.minusSeconds(900), IdentityStoreContract::fromTheThird)
                        .blocked())
                .isTrue();
        Instant later = NOW.plusSeconds(2_000);
        assertThat(logins().attemptFrom(address, later, later.minusSeconds(900), IdentityStoreContract::fromTheThird)
                        .paused())
                .isFalse();
    }

    @Test
    void formerPasswordsAreKeptNewestFirst() {
        insertUser();
        identities().setPassword(tenant, user, "second", NOW);
        identities().setPassword(tenant, user, "third", NOW.plusSeconds(1));
        assertThat(identities().formerPasswords(tenant, user, 5)).containsExactly("second", "hash");
        assertThat(identities().formerPasswords(tenant, user, 1)).containsExactly("second");
        Credential credential = identities().findCredential(tenant, user).orElseThrow();
        assertThat(credential.passwordHash()).isEqualTo("third");
        assertThat(credential.passwordChangedAt()).isEqualTo(NOW.plusSeconds(1));
        identities().replaceHash(tenant, user, "another", "lost");
        identities().replaceHash(tenant, user, "third", "third, slower");
        assertThat(identities().findCredential(tenant, user).orElseThrow().passwordHash())
                .isEqualTo("third, slower");
        assertThat(identities().formerPasswords(tenant, user, 5)).hasSize(2);
    }

    @Test
    void onlyActivePeopleWithAPasswordAreAbleToAdminister() {
        insertUser();
        UUID invited = RecordIds.next();
        identities().insert(new Account(tenant, invited, "eve", true, 1), IdentityStore.NO_PASSWORD, Set.of("a"));
        assertThat(identities().invited(tenant)).containsExactly(invited);
        assertThat(identities().countAble(tenant, Set.of("a", "z"))).isEqualTo(1);
        assertThat(identities().countAble(tenant, Set.of("z"))).isZero();
        assertThat(identities().countAble(tenant, Set.of())).isZero();
        identities().setActive(tenant, user, false);
        assertThat(identities().countAble(tenant, Set.of("a"))).isZero();
    }

    @Test
    void ofTwoChangesThatRelyOnEachOtherOneIsRefused() throws Exception {
        insertUser();
        UUID other = RecordIds.next();
        identities().insert(new Account(tenant, other, "eve", true, 1), "hash", Set.of("a"));
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Callable<Boolean>> both = List.of(() -> leaves(user), () -> leaves(other));
            int left = 0;
            for (Future<Boolean> done : threads.invokeAll(both)) {
                left += done.get() ? 1 : 0;
            }
            assertThat(left).isEqualTo(1);
        }
        assertThat(identities().countAble(tenant, Set.of("a"))).isEqualTo(1);
    }

    private boolean leaves(UUID who) {
        try {
            return identities().guardingHolders(tenant, Set.of("a"), () -> {
                identities().setActive(tenant, who, false);
                if (identities().countAble(tenant, Set.of("a")) == 0) {
                    throw IdentityError.LAST_ADMINISTRATOR.error().build();
                }
                return true;
            });
        } catch (PlatformException refused) {
            return false;
        }
    }

    @Test
    void aLinkIsTakenOnce() {
        insertUser();
        LinkStore links = stores().links();
        Link link = new Link(LinkStore.Kind.INVITATION, tenant, user, NOW, NOW.plusSeconds(60));
        links.insert(link, "1" + tenant);
        links.insert(new Link(LinkStore.Kind.SIGN_IN, tenant, user, NOW, NOW.plusSeconds(60)), "2" + tenant);
        assertThat(links.find("1" + tenant)).contains(link);
        assertThat(links.take("1" + tenant)).isTrue();
        assertThat(links.take("1" + tenant)).isFalse();
        links.insert(link, "3" + tenant);
        links.deleteLinks(tenant, user, LinkStore.Kind.INVITATION);
        assertThat(links.find("3" + tenant)).isEmpty();
        assertThat(links.find("2" + tenant)).isPresent();
        links.removeExpiredLinks(NOW.plusSeconds(61));
        assertThat(links.find("2" + tenant)).isEmpty();
    }

    @Test
    void aSecondFactorCountsWhenItIsConfirmedAndNoCodeTwice() {
        insertUser();
        SecondFactorStore factors = stores().factors();
        Factor factor = new Factor(tenant, user, "sealed", false, 0, NOW);
        factors.saveFactor(factor);
        assertThat(factors.findFactor(tenant, user)).contains(factor);
        assertThat(factors.users(tenant)).isEmpty();
        assertThat(factors.advance(tenant, user, 7)).isTrue();
        assertThat(factors.advance(tenant, user, 7)).isFalse();
        assertThat(factors.advance(tenant, user, 6)).isFalse();
        assertThat(factors.confirm(tenant, user)).isTrue();
        assertThat(factors.confirm(tenant, user)).isFalse();
        assertThat(factors.users(tenant)).containsExactly(user);
        factors.replaceRecoveryCodes(tenant, user, Set.of("x", "y"));
        factors.replaceRecoveryCodes(tenant, user, Set.of("y", "z"));
        assertThat(factors.takeRecoveryCode(tenant, user, "x")).isFalse();
        assertThat(factors.takeRecoveryCode(tenant, user, "y")).isTrue();
        assertThat(factors.takeRecoveryCode(tenant, user, "y")).isFalse();
        assertThat(factors.recoveryCodes(tenant, user)).isEqualTo(1);
        Factor kept = factors.findFactor(tenant, user).orElseThrow();
        factors.replaceSecret(kept, "sealed anew");
        factors.replaceSecret(kept, "too late");
        assertThat(factors.factors())
                .filteredOn(f -> f.tenant().equals(tenant))
                .containsExactly(new Factor(tenant, user, "sealed anew", true, 7, NOW));
        assertThat(factors.removeFactor(tenant, user)).isTrue();
        assertThat(factors.removeFactor(tenant, user)).isFalse();
        assertThat(factors.recoveryCodes(tenant, user)).isZero();
    }

    @Test
    void eventsAreReadNewestFirstPageByPage() {
        EventStore events = stores().events();
        for (int i = 0; i < 5; i++) {
            events.append(new Event(
                    NOW,
                    tenant,
                    EventStore.Kind.CHANGED,
                    null,
                    null,
                    i == 3 ? user : null,
                    "ada",
                    "192.0.2.1",
                    "change " + i));
        }
        List<Entry> first = events.events(tenant, Optional.empty(), Long.MAX_VALUE, 3);
        assertThat(first).extracting(e -> e.event().detail()).containsExactly("change 4", "change 3", "change 2");
        assertThat(events.events(tenant, Optional.empty(), first.getLast().seq(), 3))
                .extracting(e -> e.event().detail())
                .containsExactly("change 1", "change 0");
        assertThat(events.events(tenant, Optional.of(user), Long.MAX_VALUE, 3))
                .extracting(e -> e.event().detail())
                .containsExactly("change 3");
        assertThat(events.events("other", Optional.empty(), Long.MAX_VALUE, 3)).isEmpty();
    }

    @Test
    void everyChangeOfAnAccountCountsItsRevision() {
        insertUser();
        identities().setActive(tenant, user, false);
        identities().replacePermissionSets(tenant, user, Set.of("c"));
        identities().setPassword(tenant, user, "other", NOW);
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
        StoredToken token = new StoredToken(
                RecordIds.next(),
                tenant,
                user,
                "ci",
                Set.of(TokenScope.READ, TokenScope.ADMIN),
                NOW,
                NOW.plusSeconds(60),
                null);
        String hash = AccessTokens.hash(token.id().toString());
        tokens().insert(token, hash);
        assertThat(tokens().findToken(hash)).contains(new LiveToken(token, new Account(tenant, user, "ada", true, 1)));
        assertThat(tokens().ofUser(tenant, user)).containsExactly(token);
        tokens().used(token.id(), NOW.plusSeconds(1));
        assertThat(tokens().findToken(hash).orElseThrow().token().lastUsedAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(tokens().delete(tenant, RecordIds.next(), token.id())).isFalse();
        assertThat(tokens().delete(tenant, user, token.id())).isTrue();
        assertThat(tokens().findToken(hash)).isEmpty();
        tokens().insert(token, hash);
        tokens().deleteAll(tenant, user);
        assertThat(tokens().findToken(hash)).isEmpty();
    }

    @Test
    void sessionsEndOneByOneAndAllAtOnce() {
        insertUser();
        logins().insertSession(session("1"));
        logins().insertSession(session("2"));
        logins().insertSession(session("3"));
        assertThat(logins().findSession("1" + tenant))
                .contains(new LiveSession(session("1"), new Account(tenant, user, "ada", true, 1)));
        assertThat(logins().sessions(tenant, user, NOW)).hasSize(3);
        logins().deleteSession("1" + tenant);
        assertThat(logins().findSession("1" + tenant)).isEmpty();
        logins().extendSession("2" + tenant, NOW.plusSeconds(60), NOW.plusSeconds(120));
        Session extended = logins().findSession("2" + tenant).orElseThrow().session();
        assertThat(extended.expiresAt()).isEqualTo(NOW.plusSeconds(120));
        assertThat(extended.seenAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(logins().sessions(tenant, user, NOW))
                .extracting(Session::id)
                .containsExactly("2" + tenant, "3" + tenant);
        assertThat(logins().sessions(tenant, user, NOW.plusSeconds(90))).hasSize(1);
        logins().removeExpired(NOW.plusSeconds(90));
        assertThat(logins().findSession("3" + tenant)).isEmpty();
        assertThat(logins().deleteSession(tenant, RecordIds.next(), "2" + tenant))
                .isFalse();
        assertThat(logins().deleteSession("other", user, "2" + tenant)).isFalse();
        assertThat(logins().deleteSession(tenant, user, "2" + tenant)).isTrue();
        logins().insertSession(session("4"));
        logins().deleteSessions(tenant, user);
        assertThat(logins().findSession("4" + tenant)).isEmpty();
    }

    private Session session(String number) {
        return new Session(number + tenant, tenant, user, "192.0.2.1", "a browser", NOW, NOW, NOW.plusSeconds(60));
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
        logins().insertSession(session("s"));
        identities().removeTenant(tenant);
        assertThat(identities().accounts(tenant)).isEmpty();
        assertThat(logins().findSession("s" + tenant)).isEmpty();
    }
}
