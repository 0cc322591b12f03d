package dev.tenon.tenancy.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.access.Identity;
import dev.tenon.records.shop.InMemoryRecordStore;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class UsersTest {

    private static final String TENANT = "shop";
    private static final String RIGHT = "correct horse";

    private final InMemoryIdentityStore store = new InMemoryIdentityStore();
    private final ShopDoor door = new ShopDoor(new InMemoryRecordStore(), ShopPackage.model(TENANT));
    private Instant now = Instant.parse("2026-05-04T10:00:00Z");
    private final Users users = new Users(store, store, new Plain(), door.records(), t -> door.model(), () -> now);
    private final AccessTokens tokens = new AccessTokens(store, users, () -> now);

    /** Hashing is the web room's; here only that it is used. */
    private static final class Plain implements PasswordHasher {
        @Override
        public String hash(String password) {
            return "#" + password;
        }

        @Override
        public boolean matches(String password, String hash) {
            return hash.equals("#" + password);
        }
    }

    private UserAccount create(String login, Set<String> sets) {
        return users.create(
                Users.platform(TENANT),
                new NewUser(login, "Ada", "ada@example.com", Locale.ENGLISH, ZoneOffset.UTC, RIGHT, sets, null));
    }

    private static void assertCode(IdentityError code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void theRightPasswordSignsInWhateverTheCaseOfTheLogin() {
        UUID id = create("Ada", Set.of()).id();
        assertThat(users.authenticate(TENANT, " ADA ", RIGHT)).isEqualTo(new LoginOutcome.Accepted(id));
    }

    @Test
    void unknownLoginsTenantsAndWrongPasswordsAreRefusedAlike() {
        create("ada", Set.of());
        assertThat(users.authenticate(TENANT, "ada", "wrong")).isEqualTo(new LoginOutcome.Refused());
        assertThat(users.authenticate(TENANT, "eve", RIGHT)).isEqualTo(new LoginOutcome.Refused());
        assertThat(users.authenticate("other", "ada", RIGHT)).isEqualTo(new LoginOutcome.Refused());
    }

    @Test
    void fiveFailuresPauseAndFurtherOnesPauseLonger() {
        create("ada", Set.of());
        for (int i = 0; i < 4; i++) {
            assertThat(users.authenticate(TENANT, "ada", "wrong")).isInstanceOf(LoginOutcome.Refused.class);
        }
        Instant first = now.plusSeconds(30);
        assertThat(users.authenticate(TENANT, "ada", "wrong")).isEqualTo(new LoginOutcome.Paused(first));
        assertThat(users.authenticate(TENANT, "ada", RIGHT)).isEqualTo(new LoginOutcome.Paused(first));
        now = first;
        assertThat(users.authenticate(TENANT, "ada", "wrong"))
                .isEqualTo(new LoginOutcome.Paused(first.plusSeconds(60)));
        now = first.plusSeconds(60);
        assertThat(users.authenticate(TENANT, "ada", RIGHT)).isInstanceOf(LoginOutcome.Accepted.class);
        assertThat(users.authenticate(TENANT, "ada", "wrong")).isInstanceOf(LoginOutcome.Refused.class);
    }

    @Test
    void aDeactivatedUserIsRefusedAtOnceAndHisSessionsEnd() {
        UUID id = create("ada", Set.of()).id();
        store.insertSession(new LoginStore.Session(TENANT, id, now, now.plusSeconds(600)), "s");
        assertThat(users.identity(TENANT, id)).isPresent();
        users.change(Users.platform(TENANT), id, new UserChange(null, null, null, null, false, null, null, null));
        assertThat(users.identity(TENANT, id)).isEmpty();
        assertThat(users.authenticate(TENANT, "ada", RIGHT)).isEqualTo(new LoginOutcome.Refused());
        assertThat(store.findSession("s")).isEmpty();
    }

    @Test
    void newPermissionSetsCountFromTheNextRequest() {
        UUID id = create("ada", Set.of()).id();
        assertThat(users.identity(TENANT, id).orElseThrow().permissionSets()).isEmpty();
        users.change(
                Users.platform(TENANT),
                id,
                new UserChange(null, null, null, null, null, null, Set.of("shop__clerk"), null));
        assertThat(users.identity(TENANT, id).orElseThrow().permissionSets()).containsExactly("shop__clerk");
    }

    @Test
    void anotherNodesChangeIsSeenWithinASecond() {
        UUID id = create("ada", Set.of()).id();
        assertThat(users.identity(TENANT, id).orElseThrow().permissionSets()).isEmpty();
        store.replacePermissionSets(TENANT, id, Set.of("shop__clerk"));
        now = now.plus(Duration.ofSeconds(1));
        assertThat(users.identity(TENANT, id).orElseThrow().permissionSets()).containsExactly("shop__clerk");
    }

    @Test
    void aUserChangesOwnLanguageButNothingElse() {
        UUID id = create("ada", Set.of()).id();
        Identity ada = users.identity(TENANT, id).orElseThrow();
        UserAccount changed =
                users.change(ada, id, UserChange.preferences(Locale.SIMPLIFIED_CHINESE, ZoneOffset.ofHours(8)));
        assertThat(changed.locale()).isEqualTo(Locale.SIMPLIFIED_CHINESE);
        assertThat(users.identity(TENANT, id).orElseThrow().user().locale()).isEqualTo(Locale.SIMPLIFIED_CHINESE);
        assertCode(
                IdentityError.NOT_ALLOWED,
                () -> users.change(
                        ada, id, new UserChange(null, null, null, null, null, null, Set.of("shop__manager"), null)));
        assertCode(IdentityError.NOT_ALLOWED, () -> users.all(ada));
    }

    @Test
    void anAdministratorCannotLockHimselfOut() {
        UUID id = create("ada", Set.of("sys__administrator")).id();
        Identity ada = users.identity(TENANT, id).orElseThrow();
        assertThat(users.all(ada)).extracting(UserAccount::login).contains("ada");
        assertCode(
                IdentityError.OWN_ADMINISTRATION,
                () -> users.change(ada, id, new UserChange(null, null, null, null, false, null, null, null)));
        assertCode(
                IdentityError.OWN_ADMINISTRATION,
                () -> users.change(ada, id, new UserChange(null, null, null, null, null, null, Set.of(), null)));
    }

    @Test
    void whatIsWrongWithANewUserIsTold() {
        create("ada", Set.of());
        assertCode(IdentityError.LOGIN_TAKEN, () -> create("ada", Set.of()));
        assertCode(IdentityError.LOGIN_MALFORMED, () -> create("a b", Set.of()));
        assertCode(IdentityError.UNKNOWN_PERMISSION_SET, () -> create("eve", Set.of("nobody")));
        NewUser weak = new NewUser("eve", "Eve", null, Locale.ENGLISH, ZoneOffset.UTC, "short", Set.of(), null);
        assertCode(IdentityError.PASSWORD_UNFIT, () -> users.create(Users.platform(TENANT), weak));
        NewUser unused = new NewUser("eve", "Eve", null, Locale.ENGLISH, ZoneOffset.UTC, RIGHT, Set.of(), null);
        assertThat(unused.toString()).doesNotContain(RIGHT);
    }

    @Test
    void aTokenActsForItsOwnerUntilItIsRevokedOrExpires() {
        UUID id = create("ada", Set.of("shop__clerk")).id();
        Identity ada = users.identity(TENANT, id).orElseThrow();
        AccessTokens.Created created = tokens.create(ada, "ci", 1);
        assertThat(created.text()).startsWith("tpat_").hasSizeGreaterThan(40);
        assertThat(tokens.authenticate(created.text()).map(i -> i.user().id())).isEqualTo(Optional.of(id));
        assertThat(tokens.authenticate("tpat_" + "A".repeat(43))).isEmpty();
        tokens.revoke(ada, created.token().id());
        assertThat(tokens.authenticate(created.text())).isEmpty();
        AccessTokens.Created second = tokens.create(ada, "ci", 1);
        now = now.plus(Duration.ofDays(1));
        assertThat(tokens.authenticate(second.text())).isEmpty();
        assertCode(
                IdentityError.UNKNOWN_TOKEN,
                () -> tokens.revoke(ada, created.token().id()));
        assertCode(IdentityError.TOKEN_LIFETIME, () -> tokens.create(ada, "ci", 4000));
    }

    @Test
    void everyErrorHasATextInBothLanguages() {
        for (IdentityError error : IdentityError.values()) {
            String english = ErrorTexts.render(error, Map.of(), Locale.ENGLISH);
            String chinese = ErrorTexts.render(error, Map.of(), Locale.SIMPLIFIED_CHINESE);
            assertThat(english).isNotEqualTo(error.id());
            assertThat(chinese).isNotEqualTo(error.id()).isNotEqualTo(english);
        }
    }
}
