package dev.tenon.tenancy.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.access.Identity;
import dev.tenon.records.SaveGuard;
import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class UsersTest {

    private static final String TENANT = ShopAccounts.TENANT;
    private static final String RIGHT = ShopAccounts.RIGHT;

    private final ShopAccounts shop = new ShopAccounts();
    private final InMemoryIdentityStore store = shop.store;
    private final Users users = shop.users;
    private final AccessTokens tokens = shop.accounts.tokens();
    private final Sessions sessions = shop.accounts.sessions();

    private UserAccount create(String login, Set<String> sets) {
        return shop.create(login, sets);
    }

    private Identity identity(UUID user) {
        return shop.identity(user);
    }

    private static UserChange active(boolean active) {
        return new UserChange(null, null, null, null, active, null, null, null);
    }

    private static UserChange holding(String... sets) {
        return new UserChange(null, null, null, null, null, null, Set.of(sets), null);
    }

    static void assertCode(IdentityError code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void theRightPasswordSignsInWhateverTheCaseOfTheLogin() {
        UUID id = create("Ada", Set.of()).id();
        assertThat(shop.signIn(" ADA ", RIGHT)).isEqualTo(new LoginOutcome.Accepted(id));
    }

    @Test
    void unknownLoginsTenantsAndWrongPasswordsAreRefusedAlike() {
        create("ada", Set.of());
        assertThat(shop.signIn("ada", "wrong")).isEqualTo(new LoginOutcome.Refused());
        assertThat(shop.signIn("eve", RIGHT)).isEqualTo(new LoginOutcome.Refused());
        assertThat(shop.accounts.signIn().password("other", "ada", RIGHT)).isEqualTo(new LoginOutcome.Refused());
    }

    @Test
    void fiveFailuresPauseAndFurtherOnesPauseLonger() {
        create("ada", Set.of());
        for (int i = 0; i < 4; i++) {
            assertThat(shop.signIn("ada", "wrong")).isInstanceOf(LoginOutcome.Refused.class);
        }
        Instant first = shop.now.plusSeconds(30);
        assertThat(shop.signIn("ada", "wrong")).isEqualTo(new LoginOutcome.Paused(first));
        assertThat(shop.signIn("ada", RIGHT)).isEqualTo(new LoginOutcome.Paused(first));
        shop.now = first;
        assertThat(shop.signIn("ada", "wrong")).isEqualTo(new LoginOutcome.Paused(first.plusSeconds(60)));
        shop.now = first.plusSeconds(60);
        assertThat(shop.signIn("ada", RIGHT)).isInstanceOf(LoginOutcome.Accepted.class);
        assertThat(shop.signIn("ada", "wrong")).isInstanceOf(LoginOutcome.Refused.class);
    }

    @Test
    void aDeactivatedUserIsRefusedAtOnceAndHisSessionsAndTokensEndForEver() {
        UUID id = create("ada", Set.of()).id();
        String session = AccessTokens.hash(sessions.begin(identity(id), "a browser"));
        String token =
                tokens.create(identity(id), "ci", 1, Set.of(TokenScope.READ)).text();
        assertThat(sessions.identity(session, true)).isPresent();
        users.change(Users.platform(TENANT), id, active(false));
        assertThat(users.identity(TENANT, id)).isEmpty();
        assertThat(shop.signIn("ada", RIGHT)).isEqualTo(new LoginOutcome.Refused());
        assertThat(sessions.identity(session, true)).isEmpty();
        assertThat(tokens.authenticate(token)).isEmpty();
        users.change(Users.platform(TENANT), id, active(true));
        assertThat(sessions.identity(session, true)).isEmpty();
        assertThat(tokens.authenticate(token)).isEmpty();
        assertThat(shop.signIn("ada", RIGHT)).isEqualTo(new LoginOutcome.Accepted(id));
    }

    @Test
    void whatAnotherNodeTakesAwayEndsWithTheNextRequest() {
        UUID id = create("ada", Set.of("shop__clerk")).id();
        String session = AccessTokens.hash(sessions.begin(identity(id), "a browser"));
        String token =
                tokens.create(identity(id), "ci", 1, Set.of(TokenScope.READ)).text();
        assertThat(sessions.identity(session, true).orElseThrow().permissionSets())
                .containsExactly("shop__clerk");
        store.replacePermissionSets(TENANT, id, Set.of("shop__manager"));
        assertThat(sessions.identity(session, true).orElseThrow().permissionSets())
                .containsExactly("shop__manager");
        assertThat(tokens.authenticate(token).orElseThrow().identity().permissionSets())
                .containsExactly("shop__manager");
        store.setActive(TENANT, id, false);
        assertThat(sessions.identity(session, true)).isEmpty();
        assertThat(tokens.authenticate(token)).isEmpty();
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
        shop.now = shop.now.plus(Duration.ofSeconds(1));
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
        UUID id = create("ada", Set.of(ShopAccounts.ADMINISTRATOR)).id();
        create("eve", Set.of(ShopAccounts.ADMINISTRATOR));
        Identity ada = identity(id);
        assertThat(users.all(ada)).extracting(UserAccount::login).contains("ada");
        assertCode(IdentityError.OWN_ADMINISTRATION, () -> users.change(ada, id, active(false)));
        assertCode(IdentityError.OWN_ADMINISTRATION, () -> users.change(ada, id, holding()));
    }

    @Test
    void theLastAdministratorStaysWhoeverTakesHisRight() {
        UUID ada = create("ada", Set.of(ShopAccounts.ADMINISTRATOR)).id();
        shop.create("eve", null, Set.of(ShopAccounts.ADMINISTRATOR));
        String token =
                tokens.create(identity(ada), "ci", 1, Set.of(TokenScope.READ)).text();
        Identity platform = Users.platform(TENANT);
        assertCode(IdentityError.LAST_ADMINISTRATOR, () -> users.change(platform, ada, active(false)));
        assertCode(IdentityError.LAST_ADMINISTRATOR, () -> users.change(platform, ada, holding("shop__clerk")));
        assertThat(identity(ada).permissionSets()).containsExactly(ShopAccounts.ADMINISTRATOR);
        assertThat(tokens.authenticate(token)).isPresent();
        create("bob", Set.of(ShopAccounts.ADMINISTRATOR));
        users.change(platform, ada, holding("shop__clerk"));
        assertThat(identity(ada).permissionSets()).containsExactly("shop__clerk");
    }

    @Test
    void nobodyGivesMoreThanHeHoldsOrManagesWhoHoldsMore() {
        UUID admin = create("admin", Set.of(ShopAccounts.ADMINISTRATOR)).id();
        UUID personnel = create("personnel", Set.of("shop__personnel")).id();
        UUID clerk = create("clerk", Set.of()).id();
        Identity manager = identity(personnel);
        users.change(manager, clerk, holding("shop__clerk", "shop__personnel"));
        assertCode(
                IdentityError.MORE_THAN_OWN, () -> users.change(manager, clerk, holding(ShopAccounts.ADMINISTRATOR)));
        assertCode(
                IdentityError.MORE_THAN_OWN,
                () -> users.change(manager, personnel, holding("shop__personnel", ShopAccounts.ADMINISTRATOR)));
        assertCode(
                IdentityError.OWN_RIGHTS,
                () -> users.change(manager, personnel, holding("shop__personnel", "shop__clerk")));
        assertCode(IdentityError.MORE_THAN_OWN, () -> users.change(manager, admin, active(false)));
        assertCode(IdentityError.MORE_THAN_OWN, () -> shop.accounts.links().make(manager, admin));
        assertCode(
                IdentityError.MORE_THAN_OWN,
                () -> users.create(
                        manager,
                        new NewUser(
                                "eve",
                                "Eve",
                                null,
                                Locale.ENGLISH,
                                ZoneOffset.UTC,
                                RIGHT,
                                Set.of(ShopAccounts.ADMINISTRATOR),
                                null)));
        assertThat(store.findCredential(TENANT, "eve")).isEmpty();
        assertThat(identity(clerk).permissionSets()).containsExactlyInAnyOrder("shop__clerk", "shop__personnel");
    }

    @Test
    void theRecordOfAPersonIsChangedByManagingUsersOnly() {
        UUID id = create("ada", Set.of(ShopAccounts.ADMINISTRATOR)).id();
        PersonGuard guard = new PersonGuard();
        Identity ada = identity(id);
        assertCode(
                IdentityError.RECORD_OF_ACCOUNT,
                () -> guard.check(ada, new SaveGuard.Change(Users.OBJECT, id, Set.of("active"), false, List.of())));
        assertCode(
                IdentityError.RECORD_OF_ACCOUNT,
                () -> guard.check(ada, new SaveGuard.Change(Users.OBJECT, id, Set.of(), true, List.of())));
        guard.check(ada, new SaveGuard.Change(Users.OBJECT, id, Set.of("c__room"), false, List.of()));
        guard.check(ada, new SaveGuard.Change("shop__Order", id, Set.of("active"), true, List.of()));
        guard.check(ada.asSystem(), new SaveGuard.Change(Users.OBJECT, id, Set.of("active"), false, List.of()));
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
        Identity ada = identity(id);
        Set<TokenScope> scopes = Set.of(TokenScope.READ, TokenScope.WRITE);
        AccessTokens.Created created = tokens.create(ada, "ci", 1, scopes);
        assertThat(created.text()).startsWith("tpat_").hasSizeGreaterThan(40);
        AccessTokens.Authenticated found = tokens.authenticate(created.text()).orElseThrow();
        assertThat(found.identity().user().id()).isEqualTo(id);
        assertThat(found.scopes()).isEqualTo(scopes);
        assertThat(tokens.authenticate("tpat_" + "A".repeat(43))).isEmpty();
        tokens.revoke(ada, created.token().id());
        assertThat(tokens.authenticate(created.text())).isEmpty();
        AccessTokens.Created second = tokens.create(ada, "ci", 1, scopes);
        shop.now = shop.now.plus(Duration.ofDays(1));
        assertThat(tokens.authenticate(second.text())).isEmpty();
        assertCode(
                IdentityError.UNKNOWN_TOKEN,
                () -> tokens.revoke(ada, created.token().id()));
        assertCode(IdentityError.TOKEN_LIFETIME, () -> tokens.create(ada, "ci", 4000, scopes));
        assertCode(IdentityError.TOKEN_SCOPES, () -> tokens.create(ada, "ci", 1, Set.of()));
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
