package dev.tenon.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.tenancy.identity.UserAccount;
import dev.tenon.tenancy.identity.UserChange;
import dev.tenon.tenancy.identity.Users;
import dev.tenon.web.TestServer.Answer;
import dev.tenon.web.TestServer.Caller;
import java.net.URI;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Signing in as the console does, and what the tokens are good for. */
final class SignInTest {

    private static UserAccount person;

    private final TestBrowser browser = new TestBrowser();

    @BeforeAll
    static void people() {
        person = TestServer.person("signer", "shop__clerk");
    }

    private static String authorize(String more) throws Exception {
        return TestBrowser.authorize("openid profile", more);
    }

    private Answer get(String path) {
        return browser.get(path);
    }

    private Answer signIn(String login, String password) {
        return browser.signIn(login, password);
    }

    @Test
    void theConsoleSignsInWithCodeAndProofKey() throws Exception {
        Answer unknown = get(authorize(""));
        assertThat(unknown.status()).isEqualTo(302);
        assertThat(unknown.header("Location")).endsWith("/login");
        Answer signedIn = signIn("signer", TestServer.PASSWORD);
        assertThat(signedIn.status()).as(signedIn.body()).isEqualTo(302);
        assertThat(signedIn.response().headers().allValues("Set-Cookie"))
                .anySatisfy(c -> assertThat(c)
                        .contains("tenon_session")
                        .contains("HttpOnly")
                        .contains("SameSite=Lax"));
        Answer back =
                get(TestServer.root() + URI.create(signedIn.header("Location")).getRawPath() + "?"
                        + URI.create(signedIn.header("Location")).getRawQuery());
        assertThat(back.status()).as(back.body()).isEqualTo(302);
        assertThat(back.header("Location")).startsWith(TestBrowser.callback()).contains("state=s1");
        JsonNode tokens =
                TestBrowser.exchange(TestBrowser.code(back.header("Location"))).json();
        assertThat(tokens.get("expires_in").asInt()).isBetween(3500, 3600);
        JsonNode claims = claims(tokens.get("access_token").asString());
        assertThat(claims.get("sub").asString()).isEqualTo(person.id().toString());
        assertThat(claims.get("tenant").asString()).isEqualTo("shop");
        Caller console = new Caller(tokens.get("access_token").asString());
        assertThat(console.get("/api/me").json().get("login").asString()).isEqualTo("signer");
        Answer silent = get(authorize("&prompt=none"));
        assertThat(silent.header("Location")).contains("code=");
        browser.post("/logout");
        assertThat(get(authorize("&prompt=none")).header("Location")).contains("error=login_required");
    }

    private static JsonNode claims(String token) {
        return Json.MAPPER.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    }

    @Test
    void aCodeIsGoodOnceAndOnlyWithItsProof() throws Exception {
        signIn("signer", TestServer.PASSWORD);
        String code = TestBrowser.code(get(authorize("")).header("Location"));
        assertThat(TestBrowser.exchange(code, "another-verifier-of-enough-characters-0123456789")
                        .status())
                .isEqualTo(400);
        assertThat(TestBrowser.exchange(code).status()).isEqualTo(200);
        assertThat(TestBrowser.exchange(code).status()).isEqualTo(400);
    }

    @Test
    void codesGoToThisServerOnly() throws Exception {
        signIn("signer", TestServer.PASSWORD);
        Answer refused =
                get(TestBrowser.authorizeReturningTo("https://evil.example/auth/callback", "openid profile", ""));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Location")).isEmpty();
        assertThat(get(TestBrowser.authorizeReturningTo(
                                "https://evil.example/auth/callback", "openid profile", "&prompt=none"))
                        .header("Location"))
                .doesNotContain("evil");
    }

    @Test
    void wrongPasswordsAndUnknownPeopleLookTheSame() {
        Answer wrong = signIn("signer", "not it");
        Answer unknown = signIn("nobody", "not it");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.body().replaceAll("value=\"[^\"]*\"", ""))
                .isEqualTo(unknown.body().replaceAll("value=\"[^\"]*\"", ""));
        assertThat(wrong.body()).doesNotContain("not it");
    }

    @Test
    void aFormWithoutItsTokenIsRefused() {
        Answer refused =
                browser.post("/login", "tenant", "shop", "username", "signer", "password", TestServer.PASSWORD);
        assertThat(refused.status()).isEqualTo(403);
    }

    @Test
    void thePageReadsInBothLanguagesAndIsFramedByNobodyElse() {
        Answer english = get("/login");
        assertThat(english.body()).contains("<html lang=\"en\"").contains("<label for=\"tenant\">Tenant</label>");
        assertThat(get("/login?lang=zh-CN").body())
                .contains("<html lang=\"zh-CN\"")
                .contains("密码");
        assertThat(english.header("Content-Security-Policy")).contains("frame-ancestors 'self'");
        assertThat(english.header("X-Content-Type-Options")).isEqualTo("nosniff");
        // A page without an icon makes browsers ask for /favicon.ico.
        assertThat(english.body()).contains("<link rel=\"icon\" href=\"data:image/svg+xml,");
    }

    @Test
    void revokedTokensAndDeactivatedPeopleAreRefusedAtOnce() {
        UserAccount leaver = TestServer.person("leaver", "shop__clerk");
        Caller program = new Caller(TestServer.token(leaver));
        Answer made = program.post("/api/tokens", "{\"name\":\"second\",\"expiresInDays\":3}");
        assertThat(made.status()).isEqualTo(201);
        Caller second = new Caller(made.json().get("token").asString());
        assertThat(second.get("/api/me").status()).isEqualTo(200);
        assertThat(program.get("/api/tokens").body()).doesNotContain(second.token());
        assertThat(program.send("DELETE", "/api/tokens/" + made.json().get("id").asString(), null)
                        .status())
                .isEqualTo(204);
        assertThat(second.get("/api/me").status()).isEqualTo(401);
        TestServer.bean(Users.class)
                .change(
                        Users.platform("shop"),
                        leaver.id(),
                        new UserChange(null, null, null, null, false, null, null, null));
        assertThat(program.get("/api/me").status()).isEqualTo(401);
        assertThat(new Caller("tpat_nonsense").get("/api/me").status()).isEqualTo(401);
        assertThat(new Caller("a.b.c").get("/api/me").status()).isEqualTo(401);
    }

    @Test
    void aPersonsLanguageIsHisToChange() {
        UserAccount linguist = TestServer.person("linguist", "shop__clerk");
        Caller caller = new Caller(TestServer.token(linguist));
        Answer changed = caller.patch("/api/me", "{\"locale\":\"zh-CN\",\"zone\":\"Asia/Shanghai\"}");
        assertThat(changed.json().get("locale").asString()).isEqualTo("zh-CN");
        assertThat(caller.get("/api/objects/shop__Nonsense").status()).isEqualTo(404);
        assertThat(caller.patch("/api/me", "{\"locale\":\"xx\"}").status()).isEqualTo(400);
        assertThat(caller.patch("/api/me", "{\"zone\":\"Mars\"}").status()).isEqualTo(400);
    }
}
