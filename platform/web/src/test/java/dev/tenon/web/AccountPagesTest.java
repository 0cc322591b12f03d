package dev.tenon.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.access.Identity;
import dev.tenon.tenancy.identity.AccountLinks;
import dev.tenon.tenancy.identity.InMemoryIdentityStore;
import dev.tenon.tenancy.identity.LoginStore;
import dev.tenon.tenancy.identity.NewUser;
import dev.tenon.tenancy.identity.UserAccount;
import dev.tenon.tenancy.identity.UserChange;
import dev.tenon.tenancy.identity.Users;
import dev.tenon.web.TestServer.Answer;
import dev.tenon.web.TestServer.Caller;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Links, passwords, second factors, sessions and tokens, as a browser and as programs see them. */
final class AccountPagesTest {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final String CHOSEN = "one that nobody guesses";

    private final TestBrowser browser = new TestBrowser();

    private Caller console(TestBrowser signedIn) throws Exception {
        return new Caller(signedIn.tokens("openid").get("access_token").asString());
    }

    private static Answer submit(TestBrowser browser, String page, String action, String... fields) {
        Matcher csrf = CSRF.matcher(page);
        assertThat(csrf.find()).as(page).isTrue();
        String[] all = new String[fields.length + 2];
        System.arraycopy(fields, 0, all, 0, fields.length);
        all[fields.length] = "_csrf";
        all[fields.length + 1] = csrf.group(1);
        return browser.post(action, all);
    }

    /** What an authenticator shows; told from the standard, not from the code under test. */
    private static String code(String secret, int stepsLater) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA1");
        ByteBuffer key = ByteBuffer.allocate(secret.length() * 5 / 8);
        long buffer = 0;
        int bits = 0;
        for (char c : secret.toCharArray()) {
            buffer = buffer << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                key.put((byte) (buffer >> bits));
            }
        }
        mac.init(new SecretKeySpec(key.array(), "HmacSHA1"));
        byte[] sum = mac.doFinal(ByteBuffer.allocate(8)
                .putLong(Instant.now().getEpochSecond() / 30 + stepsLater)
                .array());
        int number = ByteBuffer.wrap(sum, sum[19] & 0xf, 4).getInt() & Integer.MAX_VALUE;
        return "%06d".formatted(number % 1_000_000);
    }

    @Test
    void anInvitationLeadsToAPasswordAndIsGoodOnce() {
        Users users = TestServer.bean(Users.class);
        Identity platform = Users.platform("shop");
        UserAccount invited = users.create(
                platform,
                new NewUser("invited", "In Vited", null, Locale.ENGLISH, ZoneOffset.UTC, null, Set.of(), null));
        String key =
                TestServer.bean(AccountLinks.class).make(platform, invited.id()).text();
        String address = "/account-link?key=" + key;

        assertThat(browser.signIn("invited", "").status()).isEqualTo(401);
        Answer page = browser.get(address);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("<b>invited</b>", "new-password");
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(browser.get(address).status()).isEqualTo(200);
        Answer differ =
                submit(browser, page.body(), "/account-link", "key", key, "password", CHOSEN, "repeated", "other");
        assertThat(differ.status()).isEqualTo(400);
        assertThat(differ.body()).contains("differ").doesNotContain(CHOSEN);
        Answer weak = submit(
                browser, page.body(), "/account-link", "key", key, "password", "password1", "repeated", "password1");
        assertThat(weak.body()).contains("guessed first");
        assertThat(browser.post("/account-link", "key", key, "password", CHOSEN, "repeated", CHOSEN)
                        .status())
                .isEqualTo(403);
        Answer chosen =
                submit(browser, page.body(), "/account-link", "key", key, "password", CHOSEN, "repeated", CHOSEN);
        assertThat(chosen.status()).isEqualTo(303);
        assertThat(chosen.header("Location")).isEqualTo("/login");
        assertThat(browser.get(address).status()).isEqualTo(410);
        assertThat(browser.get("/account-link?key=nonsense").status()).isEqualTo(410);
        assertThat(browser.signIn("invited", CHOSEN).status()).isEqualTo(302);
    }

    @Test
    void aSecondFactorStandsBetweenThePasswordAndTheSession() throws Exception {
        TestServer.person("factored", "shop__clerk");
        browser.signIn("factored", TestServer.PASSWORD);
        Caller console = console(browser);
        assertThat(console.post("/api/me/second-factor", "{\"password\":\"wrong one\"}")
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("identity.password-wrong");
        JsonNode enrolment = console.post("/api/me/second-factor", "{\"password\":\"" + TestServer.PASSWORD + "\"}")
                .json();
        String secret = enrolment.get("secret").asString();
        JsonNode codes = console.post("/api/me/second-factor/confirm", "{\"code\":\"" + code(secret, -1) + "\"}")
                .json()
                .get("recoveryCodes");
        assertThat(codes.size()).isEqualTo(10);

        TestBrowser again = new TestBrowser();
        Answer next = again.signIn("factored", TestServer.PASSWORD);
        assertThat(next.status()).isEqualTo(302);
        assertThat(next.header("Location")).endsWith("/login/next");
        assertThat(next.response().headers().allValues("Set-Cookie")).noneMatch(c -> c.startsWith("tenon_session"));
        assertThat(again.get(TestBrowser.authorize("openid", "&prompt=none")).header("Location"))
                .contains("login_required");
        String page = again.get("/login/next").body();
        assertThat(submit(again, page, "/login/next", "code", code(secret, -1)).status())
                .as("a code that was used")
                .isEqualTo(401);
        assertThat(submit(again, page, "/login/next", "code", "abc").status()).isEqualTo(401);
        Answer in = submit(again, page, "/login/next", "code", code(secret, 0));
        assertThat(in.status()).as(in.body()).isEqualTo(302);
        assertThat(again.get(TestBrowser.authorize("openid", "&prompt=none")).header("Location"))
                .contains("code=");
        assertThat(again.get("/login/next").header("Location")).endsWith("/login");

        TestBrowser recovering = new TestBrowser();
        recovering.signIn("factored", TestServer.PASSWORD);
        String form = recovering.get("/login/next").body();
        assertThat(submit(recovering, form, "/login/next", "code", codes.get(0).asString())
                        .status())
                .isEqualTo(302);
        assertThat(console.get("/api/me/second-factor")
                        .json()
                        .get("recoveryCodes")
                        .asInt())
                .isEqualTo(9);
        assertThat(console.get("/api/me/events").body()).contains("RECOVERY_CODE_USED", "SECOND_FACTOR_ADDED");
    }

    @Test
    void theCookieOfABeginningSignInOpensNothing() throws Exception {
        TestServer.person("halfway", "shop__clerk");
        browser.signIn("halfway", TestServer.PASSWORD);
        Caller console = console(browser);
        String secret = console.post("/api/me/second-factor", "{\"password\":\"" + TestServer.PASSWORD + "\"}")
                .json()
                .get("secret")
                .asString();
        console.post("/api/me/second-factor/confirm", "{\"code\":\"" + code(secret, 0) + "\"}");
        TestBrowser halfway = new TestBrowser();
        Answer next = halfway.signIn("halfway", TestServer.PASSWORD);
        String cookie = next.response().headers().allValues("Set-Cookie").stream()
                .filter(c -> c.startsWith("tenon_sign_in="))
                .findFirst()
                .orElseThrow();
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").contains("Path=/login/next");
        String value = cookie.substring("tenon_sign_in=".length(), cookie.indexOf(';'));
        assertThat(new TestBrowser().get("/account-link?key=" + value).status()).isEqualTo(410);
        assertThat(new Caller(value).get("/api/me").status()).isEqualTo(401);
    }

    @Test
    void aSessionHasANewNameAfterEverySignIn() throws Exception {
        TestServer.person("fixated", "shop__clerk");
        Answer first = browser.signIn("fixated", TestServer.PASSWORD);
        Answer second = browser.signIn("fixated", TestServer.PASSWORD);
        assertThat(session(first)).isNotEqualTo(session(second));
        JsonNode sessions = console(browser).get("/api/sessions").json();
        assertThat(sessions.size()).as("the first one has ended").isEqualTo(1);
        assertThat(sessions.get(0).get("current").asBoolean()).isTrue();
        assertThat(sessions.get(0).get("address").asString()).isNotBlank();
        assertThat(sessions.toString()).doesNotContain(session(second));
    }

    private static String session(Answer answer) {
        String cookie = answer.response().headers().allValues("Set-Cookie").stream()
                .filter(c -> c.startsWith("tenon_session="))
                .findFirst()
                .orElseThrow();
        return cookie.substring("tenon_session=".length(), cookie.indexOf(';'));
    }

    @Test
    void aRevokedSessionAndItsTokensEndWithTheNextRequest() throws Exception {
        TestServer.person("roaming", "shop__clerk");
        TestBrowser elsewhere = new TestBrowser();
        browser.signIn("roaming", TestServer.PASSWORD);
        elsewhere.signIn("roaming", TestServer.PASSWORD);
        Caller here = console(browser);
        Caller there = console(elsewhere);
        assertThat(there.get("/api/me").status()).isEqualTo(200);
        String other = "";
        for (JsonNode session : here.get("/api/sessions").json()) {
            if (!session.get("current").asBoolean()) {
                other = session.get("id").asString();
            }
        }
        assertThat(here.send("DELETE", "/api/sessions/" + other, null).status()).isEqualTo(204);
        assertThat(there.get("/api/me").status()).isEqualTo(401);
        assertThat(elsewhere
                        .get(TestBrowser.authorize("openid", "&prompt=none"))
                        .header("Location"))
                .contains("login_required");
        assertThat(here.get("/api/me").status()).isEqualTo(200);
        assertThat(here.send("DELETE", "/api/sessions/" + other, null).status()).isEqualTo(404);
        browser.post("/logout");
        assertThat(here.get("/api/me").status())
                .as("signing out ends the tokens, too")
                .isEqualTo(401);
    }

    @Test
    void whatAnotherNodeEndsIsOverWithTheNextRequest() throws Exception {
        UserAccount person = TestServer.person("elsewhere", "shop__clerk");
        browser.signIn("elsewhere", TestServer.PASSWORD);
        Caller console = console(browser);
        assertThat(console.get("/api/me").status()).isEqualTo(200);
        // Straight into the store, as another node would.
        InMemoryIdentityStore store = TestServer.bean(InMemoryIdentityStore.class);
        store.replacePermissionSets("shop", person.id(), Set.of());
        assertThat(console.get("/api/me").json().get("permissionSets").size()).isZero();
        for (LoginStore.Session session : store.sessions("shop", person.id(), Instant.EPOCH)) {
            store.deleteSession(session.id());
        }
        assertThat(console.get("/api/me").status()).isEqualTo(401);
    }

    @Test
    void aChangedPasswordEndsOtherSessions() throws Exception {
        TestServer.person("changing", "shop__clerk");
        TestBrowser elsewhere = new TestBrowser();
        browser.signIn("changing", TestServer.PASSWORD);
        elsewhere.signIn("changing", TestServer.PASSWORD);
        Caller here = console(browser);
        Caller there = console(elsewhere);
        assertThat(here.post(
                                "/api/me/password",
                                "{\"current\":\"" + TestServer.PASSWORD + "\",\"wanted\":\"" + CHOSEN + "\"}")
                        .status())
                .isEqualTo(204);
        assertThat(here.get("/api/me").status()).isEqualTo(200);
        assertThat(there.get("/api/me").status()).isEqualTo(401);
        assertThat(new TestBrowser().signIn("changing", TestServer.PASSWORD).status())
                .isEqualTo(401);
    }

    @Test
    void fiveWrongPasswordsPauseAndTheAnswerLooksTheSame() {
        TestServer.person("guessed", "shop__clerk");
        Answer first = browser.signIn("guessed", "guess 0");
        for (int i = 1; i < 5; i++) {
            browser.signIn("guessed", "guess " + i);
        }
        Answer paused = browser.signIn("guessed", TestServer.PASSWORD);
        assertThat(paused.status()).isEqualTo(401);
        assertThat(paused.body().replaceAll("value=\"[^\"]*\"", ""))
                .isEqualTo(first.body().replaceAll("value=\"[^\"]*\"", ""));
    }

    @Test
    void nobodyIsSentToAnotherSiteAfterSigningIn() {
        TestServer.person("redirected", "shop__clerk");
        for (String evil : List.of("https://evil.example/", "//evil.example/", "/\\evil.example")) {
            TestBrowser misled = new TestBrowser();
            String encoded = Base64.getEncoder().encodeToString(evil.getBytes(StandardCharsets.UTF_8));
            Answer in = misled.signInWithCookie("REDIRECT_URI=" + encoded, "redirected", TestServer.PASSWORD);
            assertThat(in.status()).isEqualTo(302);
            URI to = URI.create(in.header("Location"));
            assertThat(to.getHost() == null || to.getHost().equals("localhost"))
                    .as(in.header("Location"))
                    .isTrue();
            assertThat(in.header("Location")).doesNotStartWith("//").doesNotStartWith("/\\");
        }
    }

    @Test
    void aTokenOpensWhatItsScopesSayAtEveryDoorAndMakesNoMightierOne() {
        UserAccount person = TestServer.person("scoped", "shop__manager", "sys__administrator");
        Caller all = new Caller(TestServer.token(person));
        Caller reader = new Caller(made(all, "[\"read\"]"));
        Caller writer = new Caller(made(all, "[\"read\",\"write\"]"));
        Caller administrator = new Caller(made(all, "[\"admin\"]"));

        assertThat(reader.get("/odata/shop__Customer").status()).isEqualTo(200);
        assertThat(reader.get("/api/me").status()).isEqualTo(200);
        String customer = "{\"name\":\"Scoped\",\"region\":\"north\"}";
        needs("write", reader.post("/odata/shop__Customer", customer));
        needs("write", reader.patch("/api/me", "{\"locale\":\"en\"}"));
        needs("write", reader.post("/odata/$batch", "{\"requests\":[]}"));
        needs("write", reader.post("/api/imports", "{}"));
        needs("admin", reader.get("/api/admin/users"));
        needs("admin", reader.get("/api/%61dmin/users"));
        needs("admin", reader.get("/api/tokens"));
        needs("admin", reader.get("/api/sessions"));
        needs("admin", writer.post("/api/tokens", "{\"name\":\"more\",\"scopes\":[\"write\"]}"));
        needs("admin", writer.post("/api/me/password", "{}"));
        assertThat(writer.patch("/api/me", "{\"locale\":\"en\"}").status()).isEqualTo(200);
        assertThat(reader.post("/api/objects/shop__Customer/form-state", "{\"values\":{}}")
                        .status())
                .isEqualTo(200);
        assertThat(administrator.get("/api/admin/users").status()).isEqualTo(200);
        needs("read", administrator.get("/odata/shop__Customer"));
        needs("read", administrator.post("/api/tokens", "{\"name\":\"more\",\"scopes\":[\"read\"]}"));
        assertThat(administrator
                        .post("/api/tokens", "{\"name\":\"same\",\"scopes\":[\"admin\"]}")
                        .status())
                .isEqualTo(201);
        assertThat(all.post("/api/tokens", "{\"name\":\"x\",\"scopes\":[\"everything\"]}")
                        .status())
                .isEqualTo(400);
        assertThat(all.post("/api/tokens", "{\"name\":\"x\",\"scopes\":[]}").status())
                .isEqualTo(400);
        assertThat(reader.get("/api/nowhere").status()).isEqualTo(404);
    }

    private static String made(Caller caller, String scopes) {
        Answer made = caller.post("/api/tokens", "{\"name\":\"scoped\",\"expiresInDays\":1,\"scopes\":" + scopes + "}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().get("token").asString();
    }

    private static void needs(String scope, Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.json().get("code").asString()).isEqualTo("web.scope-needed");
        assertThat(answer.json().get("detail").asString()).contains("\"" + scope + "\"");
    }

    @Test
    void anAdministratorSeesAndEndsSessionsAndMakesLinks() throws Exception {
        UserAccount person = TestServer.person("watched", "shop__clerk");
        Caller administrator = new Caller(TestServer.token(TestServer.person("watcher", "sys__administrator")));
        browser.signIn("watched", TestServer.PASSWORD);
        Caller console = console(browser);
        String path = "/api/admin/users/" + person.id();
        JsonNode sessions = administrator.get(path + "/sessions").json();
        assertThat(sessions.size()).isEqualTo(1);
        assertThat(administrator
                        .send(
                                "DELETE",
                                path + "/sessions/" + sessions.get(0).get("id").asString(),
                                null)
                        .status())
                .isEqualTo(204);
        assertThat(console.get("/api/me").status()).isEqualTo(401);
        JsonNode link = administrator.post(path + "/link", "").json();
        assertThat(link.get("kind").asString()).isEqualTo("RESET");
        assertThat(link.get("link").asString()).startsWith(TestServer.root() + "/account-link?key=tlnk_");
        assertThat(browser.get(link.get("link").asString()).body()).contains("<b>watched</b>");
        assertThat(administrator.get(path + "/tokens").json().size()).isZero();
        JsonNode events = administrator
                .get("/api/admin/identity-events?user=" + person.id())
                .json();
        assertThat(events.get("items").get(0).get("kind").asString()).isEqualTo("PASSWORD_LINK_MADE");
        assertThat(events.get("items").get(0).get("actor").asString()).isEqualTo("Person watcher");
        assertThat(events.toString()).contains("SESSION_REVOKED").doesNotContain("tlnk_");
        Caller nobody = new Caller(TestServer.token(person));
        assertThat(nobody.get(path + "/sessions").status()).isEqualTo(403);
        assertThat(nobody.post(path + "/link", "").status()).isEqualTo(403);
        assertThat(nobody.get("/api/admin/identity-events").status()).isEqualTo(403);
    }

    @Test
    void whoIsDeactivatedIsOutOfTheConsoleWithTheNextRequest() throws Exception {
        UserAccount person = TestServer.person("leaving", "shop__clerk");
        browser.signIn("leaving", TestServer.PASSWORD);
        Caller console = console(browser);
        Caller program = new Caller(TestServer.token(person));
        Caller administrator = new Caller(TestServer.token(TestServer.person("boss", "sys__administrator")));
        assertThat(console.get("/api/me").status()).isEqualTo(200);
        assertThat(administrator
                        .post("/api/admin/users/" + person.id() + "/deactivate", "{}")
                        .status())
                .isEqualTo(200);
        assertThat(console.get("/api/me").status()).isEqualTo(401);
        assertThat(program.get("/api/me").status()).isEqualTo(401);
        assertThat(browser.signIn("leaving", TestServer.PASSWORD).status()).isEqualTo(401);
        assertThat(administrator
                        .post("/api/admin/users/" + person.id() + "/activate", "")
                        .status())
                .isEqualTo(204);
        assertThat(program.get("/api/me").status()).isEqualTo(401);
        assertThat(browser.signIn("leaving", TestServer.PASSWORD).status()).isEqualTo(302);
        TestServer.bean(Users.class)
                .change(
                        Users.platform("shop"),
                        person.id(),
                        new UserChange(null, null, null, null, false, null, null, null));
        assertThat(browser.get(TestBrowser.authorize("openid", "&prompt=none")).header("Location"))
                .contains("login_required");
    }
}
