package dev.tenon.tenancy.identity;

import static dev.tenon.tenancy.identity.UsersTest.assertCode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.access.Identity;
import dev.tenon.tenancy.identity.LoginOutcome.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** From an invitation over passwords and codes to a session. */
final class SigningInTest {

    private static final String TENANT = ShopAccounts.TENANT;
    private static final String RIGHT = ShopAccounts.RIGHT;

    private final ShopAccounts shop = new ShopAccounts();
    private final SignIn signIn = shop.accounts.signIn();
    private final SecondFactors factors = shop.accounts.secondFactors();
    private final AccountLinks links = shop.accounts.links();
    private final UUID ada = shop.create("adalovelace", Set.of()).id();

    private Identity identity() {
        return shop.identity(ada);
    }

    private String code(SecondFactors.Enrolment enrolment) {
        return Totp.code(Totp.fromBase32(enrolment.secret()), shop.now.getEpochSecond() / Totp.STEP_SECONDS);
    }

    private List<String> events() {
        return shop.store.events(TENANT, Optional.of(ada), Long.MAX_VALUE, 50).stream()
                .map(e -> e.event().kind().name())
                .toList();
    }

    @Test
    void whoIsInvitedChoosesHisPasswordWithALinkThatIsGoodOnce() {
        UUID eve = shop.create("evelyn", null, Set.of()).id();
        assertThat(shop.users.require(Users.platform(TENANT), eve).invited()).isTrue();
        assertThat(shop.signIn("evelyn", "")).isEqualTo(new LoginOutcome.Refused());
        String first = links.make(Users.platform(TENANT), eve).text();
        String link = links.make(Users.platform(TENANT), eve).text();
        assertThat(links.find(first)).isEmpty();
        assertCode(IdentityError.LINK_OVER, () -> links.choose(first, RIGHT));
        assertThat(links.find(link).orElseThrow().login()).isEqualTo("evelyn");
        assertCode(IdentityError.PASSWORD_UNFIT, () -> links.choose(link, "short"));
        links.choose(link, RIGHT);
        assertCode(IdentityError.LINK_OVER, () -> links.choose(link, "another good one"));
        assertThat(shop.signIn("evelyn", RIGHT)).isEqualTo(new LoginOutcome.Accepted(eve));
        assertThat(shop.users.require(Users.platform(TENANT), eve).invited()).isFalse();
    }

    @Test
    void anInvitationEndsAfterItsTimeAndWithTheAccount() {
        UUID eve = shop.create("evelyn", null, Set.of()).id();
        AccountLinks.Made made = links.make(Users.platform(TENANT), eve);
        assertThat(Duration.between(shop.now, made.link().expiresAt())).isEqualTo(Duration.ofHours(72));
        shop.now = made.link().expiresAt();
        assertThat(links.find(made.text())).isEmpty();
        assertCode(IdentityError.LINK_OVER, () -> links.choose(made.text(), RIGHT));
        String again = links.make(Users.platform(TENANT), eve).text();
        shop.users.change(Users.platform(TENANT), eve, new UserChange(null, null, null, null, false, null, null, null));
        assertCode(IdentityError.LINK_OVER, () -> links.choose(again, RIGHT));
        assertCode(IdentityError.ACCOUNT_INACTIVE, () -> links.make(Users.platform(TENANT), eve));
    }

    @Test
    void aLinkForAnotherPasswordEndsTheSessionsWhenItIsUsed() {
        String session = AccessTokens.hash(shop.accounts.sessions().begin(identity(), "a browser"));
        String link = links.make(Users.platform(TENANT), ada).text();
        assertThat(shop.signIn("adalovelace", RIGHT)).isInstanceOf(LoginOutcome.Accepted.class);
        assertThat(shop.accounts.sessions().identity(session, true)).isPresent();
        links.choose(link, "another good one");
        assertThat(shop.accounts.sessions().identity(session, true)).isEmpty();
        assertThat(shop.signIn("adalovelace", RIGHT)).isEqualTo(new LoginOutcome.Refused());
        assertThat(shop.signIn("adalovelace", "another good one")).isEqualTo(new LoginOutcome.Accepted(ada));
    }

    @Test
    void passwordsThatAreGuessedFirstOrHoldTheLoginAreRefused() {
        for (String common : List.of(
                "password",
                "Passw0rd!",
                "P@ssword123",
                "12345678",
                "87654321",
                "qwertyuiop",
                "iloveyou2026",
                "aaaaaaaa",
                "woaini1314",
                "1q2w3e4r5t")) {
            assertCode(IdentityError.PASSWORD_COMMON, () -> change(RIGHT, common));
        }
        assertCode(IdentityError.PASSWORD_HAS_LOGIN, () -> change(RIGHT, "my AdaLovelace!"));
        assertCode(IdentityError.PASSWORD_UNFIT, () -> change(RIGHT, "x".repeat(73)));
        assertCode(IdentityError.PASSWORD_WRONG, () -> change("wrong", "another good one"));
        change(RIGHT, "another good one");
        assertThat(shop.signIn("adalovelace", "another good one")).isEqualTo(new LoginOutcome.Accepted(ada));
    }

    private void change(String current, String wanted) {
        shop.users.changePassword(identity(), current, wanted, Optional.empty());
    }

    @Test
    void aChangedPasswordEndsAllSessionsButThisOne() {
        String here = AccessTokens.hash(shop.accounts.sessions().begin(identity(), "here"));
        String there = AccessTokens.hash(shop.accounts.sessions().begin(identity(), "there"));
        shop.users.changePassword(identity(), RIGHT, "another good one", Optional.of(here));
        assertThat(shop.accounts.sessions().own(identity()))
                .extracting(LoginStore.Session::device)
                .containsExactly("here");
        assertThat(shop.accounts.sessions().identity(there, true)).isEmpty();
    }

    @Test
    void aHashOfAFormerKindIsReplacedAtTheSignIn() {
        shop.store.replaceHash(TENANT, ada, "#" + RIGHT, "old:" + RIGHT);
        assertThat(shop.signIn("adalovelace", "wrong one")).isEqualTo(new LoginOutcome.Refused());
        assertThat(shop.store.findCredential(TENANT, ada).orElseThrow().passwordHash())
                .isEqualTo("old:" + RIGHT);
        assertThat(shop.signIn("adalovelace", RIGHT)).isEqualTo(new LoginOutcome.Accepted(ada));
        assertThat(shop.store.findCredential(TENANT, ada).orElseThrow().passwordHash())
                .isEqualTo("#" + RIGHT);
    }

    @Test
    void anAddressThatGuessesManyAccountsHasToWaitAlsoForUnknownOnes() {
        shop.address = "192.0.2.7";
        int free = SignInLimits.STANDARD.addressFailures();
        for (int i = 1; i <= free; i++) {
            assertThat(shop.signIn("nobody" + i, "guess")).isEqualTo(new LoginOutcome.Refused());
        }
        assertThat(shop.signIn("nobody", "guess")).isInstanceOf(LoginOutcome.Paused.class);
        assertThat(shop.signIn("adalovelace", RIGHT)).isInstanceOf(LoginOutcome.Paused.class);
        shop.address = "192.0.2.8";
        assertThat(shop.signIn("adalovelace", RIGHT)).isEqualTo(new LoginOutcome.Accepted(ada));
        shop.address = "192.0.2.7";
        shop.now = shop.now.plus(Duration.ofHours(2));
        assertThat(shop.signIn("adalovelace", RIGHT)).isEqualTo(new LoginOutcome.Accepted(ada));
    }

    @Test
    void theAddressesOfOneNetworkCountTogether() {
        for (int i = 1; i <= SignInLimits.STANDARD.addressFailures(); i++) {
            shop.address = "2001:db8:0:7:0:0:0:" + Integer.toHexString(i);
            shop.signIn("nobody" + i, "guess");
        }
        shop.address = "2001:db8:0:7:0:0:0:ffff";
        assertThat(shop.signIn("adalovelace", RIGHT)).isInstanceOf(LoginOutcome.Paused.class);
        shop.address = "2001:db8:0:8:0:0:0:1";
        assertThat(shop.signIn("adalovelace", RIGHT)).isEqualTo(new LoginOutcome.Accepted(ada));
    }

    @Test
    void theSecondFactorIsAskedForAndNoCodeCountsTwice() {
        SecondFactors.Enrolment enrolment = factors.begin(identity(), RIGHT);
        assertThat(enrolment.uri())
                .startsWith("otpauth://totp/Tenon%3Aadalovelace%40shop?secret=" + enrolment.secret());
        assertThat(shop.signIn("adalovelace", RIGHT)).isEqualTo(new LoginOutcome.Accepted(ada));
        assertCode(IdentityError.CODE_WRONG, () -> factors.confirm(identity(), "000000"));
        List<String> recovery = factors.confirm(identity(), code(enrolment));
        assertThat(recovery).hasSize(10).doesNotHaveDuplicates();

        assertThat(shop.signIn("adalovelace", RIGHT)).isEqualTo(new LoginOutcome.Further(ada, Step.CODE));
        String held = signIn.hold(TENANT, ada);
        assertThat(signIn.code(held, code(enrolment))).isEqualTo(new SignIn.Result.Wrong());
        shop.now = shop.now.plusSeconds(30);
        assertThat(signIn.code(held, code(enrolment))).isInstanceOf(SignIn.Result.Done.class);
        assertThat(signIn.code(held, code(enrolment))).isEqualTo(new SignIn.Result.Over());

        String later = signIn.hold(TENANT, ada);
        assertThat(signIn.code(later, recovery.getFirst().toLowerCase(java.util.Locale.ROOT)))
                .isInstanceOf(SignIn.Result.Done.class);
        String last = signIn.hold(TENANT, ada);
        assertThat(signIn.code(last, recovery.getFirst())).isEqualTo(new SignIn.Result.Wrong());
        assertThat(factors.status(identity())).isEqualTo(new SecondFactors.Status(true, false, 9));
        assertThat(events()).contains("SECOND_FACTOR_ADDED", "RECOVERY_CODE_USED", "SIGN_IN_REFUSED");
    }

    @Test
    void codesCannotBeGuessedAlsoByWhoKnowsThePassword() {
        SecondFactors.Enrolment enrolment = factors.begin(identity(), RIGHT);
        factors.confirm(identity(), code(enrolment));
        shop.now = shop.now.plusSeconds(90);
        int tried = 0;
        SignIn.Result result = new SignIn.Result.Wrong();
        while (result instanceof SignIn.Result.Wrong && tried < 50) {
            tried++;
            assertThat(shop.signIn("adalovelace", RIGHT)).isInstanceOf(LoginOutcome.Further.class);
            result = signIn.code(signIn.hold(TENANT, ada), "00000" + tried % 10);
        }
        assertThat(tried).isEqualTo(5);
        assertThat(result).isInstanceOf(SignIn.Result.Paused.class);
        assertThat(signIn.code(signIn.hold(TENANT, ada), code(enrolment))).isInstanceOf(SignIn.Result.Paused.class);
        assertThat(shop.signIn("adalovelace", RIGHT)).isInstanceOf(LoginOutcome.Paused.class);
    }

    @Test
    void aSecretThatDoesNotOpenRefusesCodesAndLeavesTheRecoveryCodes() {
        SecondFactors.Enrolment enrolment = factors.begin(identity(), RIGHT);
        List<String> recovery = factors.confirm(identity(), code(enrolment));
        shop.store.replaceSecret(shop.store.findFactor(TENANT, ada).orElseThrow(), "sealed by a key that is lost");
        factors.sealAnew();
        shop.now = shop.now.plusSeconds(60);
        String held = signIn.hold(TENANT, ada);
        assertThat(signIn.code(held, code(enrolment))).isEqualTo(new SignIn.Result.Wrong());
        assertThat(signIn.code(held, recovery.getFirst())).isInstanceOf(SignIn.Result.Done.class);
    }

    @Test
    void aSecretThatWasShownBeforeIsNotGivenToTheNextSignIn() {
        String first = factors.begin(identity(), RIGHT).secret();
        shop.now = shop.now.plusSeconds(1);
        String second = factors.begin(identity(), RIGHT).secret();
        assertThat(second).isNotEqualTo(first);
        shop.now = shop.now.plusSeconds(1);
        assertThat(factors.confirm(identity(), code(new SecondFactors.Enrolment(second, ""))))
                .hasSize(10);
    }

    @Test
    void aSignInThatTakesTooLongBeginsAnew() {
        SecondFactors.Enrolment enrolment = factors.begin(identity(), RIGHT);
        factors.confirm(identity(), code(enrolment));
        String held = signIn.hold(TENANT, ada);
        assertThat(links.find(held)).isEmpty();
        assertCode(IdentityError.LINK_OVER, () -> links.choose(held, "another good one"));
        shop.now = shop.now.plus(Duration.ofMinutes(10));
        assertThat(signIn.held(held)).isEmpty();
        assertThat(signIn.code(held, code(enrolment))).isEqualTo(new SignIn.Result.Over());
    }

    @Test
    void anAdministratorTakesALostSecondFactorAway() {
        SecondFactors.Enrolment enrolment = factors.begin(identity(), RIGHT);
        factors.confirm(identity(), code(enrolment));
        assertCode(
                IdentityError.NOT_ALLOWED,
                () -> factors.removeOf(
                        shop.identity(shop.create("clerk", Set.of()).id()), ada));
        factors.removeOf(Users.platform(TENANT), ada);
        assertThat(shop.signIn("adalovelace", RIGHT)).isEqualTo(new LoginOutcome.Accepted(ada));
        assertCode(IdentityError.NO_SECOND_FACTOR, () -> factors.newRecoveryCodes(identity(), RIGHT));
        assertCode(IdentityError.PASSWORD_WRONG, () -> factors.begin(identity(), "wrong"));
    }

    @Test
    void sessionsEndWhenTheyAreIdleOrRevoked() {
        Sessions sessions = shop.accounts.sessions();
        String first = AccessTokens.hash(sessions.begin(identity(), "first"));
        String second = AccessTokens.hash(sessions.begin(identity(), "second"));
        Duration idle = SignInLimits.STANDARD.idle();
        shop.now = shop.now.plus(idle.minusMinutes(1));
        assertThat(sessions.identity(first, true)).isPresent();
        assertThat(sessions.identity(second, false)).isPresent();
        shop.now = shop.now.plusSeconds(61);
        assertThat(sessions.identity(second, true)).isEmpty();
        assertThat(sessions.own(identity()))
                .extracting(LoginStore.Session::device)
                .containsExactly("first");
        for (int i = 0; i < 130; i++) {
            shop.now = shop.now.plus(idle.dividedBy(2));
            sessions.identity(first, true);
        }
        assertThat(sessions.identity(first, true)).isEmpty();

        String third = AccessTokens.hash(sessions.begin(identity(), "third"));
        Identity other = shop.identity(shop.create("other", Set.of()).id());
        assertCode(IdentityError.UNKNOWN_SESSION, () -> sessions.revokeOwn(other, third));
        assertCode(IdentityError.NOT_ALLOWED, () -> sessions.of(other, ada));
        sessions.revokeOwn(identity(), third);
        assertThat(sessions.identity(third, true)).isEmpty();
    }
}
