package dev.tenon.web;

import static dev.tenon.web.TestServer.encode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.tenancy.identity.UserAccount;
import dev.tenon.tenancy.identity.UserChange;
import dev.tenon.tenancy.identity.Users;
import dev.tenon.web.TestServer.Answer;
import dev.tenon.web.TestServer.Caller;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Signing in as the console does, and what the tokens are good for. */
final class SignInTest {

    private static final String VERIFIER = "a-verifier-of-enough-characters-0123456789-abcdef";
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static UserAccount person;

    private final HttpClient browser = TestServer.browser();

    @BeforeAll
    static void people() {
        person = TestServer.person("signer", "shop__clerk");
    }

    private static String callback() {
        return TestServer.root() + "/auth/callback";
    }

    private static String authorize(String redirect, String more) throws Exception {
        String challenge = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
        return "/oauth2/authorize?response_type=code&client_id=tenon-console&scope=openid%20profile&state=s1&nonce=n1"
                + "&code_challenge_method=S256&code_challenge=" + challenge + "&redirect_uri=" + encode(redirect)
                + more;
    }

    private Answer get(String path) {
        String address = path.startsWith("http") ? path : TestServer.root() + path;
        return TestServer.send(
                browser,
                HttpRequest.newBuilder(URI.create(address))
                        .header("Accept", "text/html")
                        .build());
    }

    private Answer signIn(String login, String password) {
        Matcher csrf = CSRF.matcher(get("/login").body());
        assertThat(csrf.find()).isTrue();
        return TestServer.send(
                browser,
                HttpRequest.newBuilder(URI.create(TestServer.root() + "/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(TestServer.form(
                                "tenant", "shop", "username", login, "password", password, "_csrf", csrf.group(1)))
                        .build());
    }

    private JsonNode exchange(String redirected) {
        Matcher code = Pattern.compile("[?&]code=([^&]+)").matcher(redirected);
        assertThat(code.find()).as(redirected).isTrue();
        return exchangeCode(code.group(1), VERIFIER).json();
    }

    private static Answer exchangeCode(String code, String verifier) {
        return TestServer.send(
                HttpClient.newHttpClient(),
                HttpRequest.newBuilder(URI.create(TestServer.root() + "/oauth2/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(TestServer.form(
                                "grant_type",
                                "authorization_code",
                                "client_id",
                                "tenon-console",
                                "redirect_uri",
                                callback(),
                                "code",
                                code,
                                "code_verifier",
                                verifier))
                        .build());
    }

    @Test
    void theConsoleSignsInWithCodeAndProofKey() throws Exception {
        Answer unknown = get(authorize(callback(), ""));
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
        assertThat(back.header("Location")).startsWith(callback()).contains("state=s1");
        JsonNode tokens = exchange(back.header("Location"));
        assertThat(tokens.get("expires_in").asInt()).isBetween(3500, 3600);
        JsonNode claims = claims(tokens.get("access_token").asString());
        assertThat(claims.get("sub").asString()).isEqualTo(person.id().toString());
        assertThat(claims.get("tenant").asString()).isEqualTo("shop");
        assertThat(claims.get("login").asString()).isEqualTo("signer");
        assertThat(claims.get("name").asString()).isEqualTo("Person signer");
        Caller console = new Caller(tokens.get("access_token").asString());
        assertThat(console.get("/api/me").json().get("login").asString()).isEqualTo("signer");
        assertThat(new Caller(tokens.get("id_token").asString()).get("/api/me").status())
                .isEqualTo(401);
        Answer silent = get(authorize(callback(), "&prompt=none"));
        assertThat(silent.header("Location")).contains("code=");
        TestServer.send(
                browser,
                HttpRequest.newBuilder(URI.create(TestServer.root() + "/logout"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build());
        assertThat(get(authorize(callback(), "&prompt=none")).header("Location"))
                .contains("error=login_required");
    }

    private static JsonNode claims(String token) {
        return Json.MAPPER.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    }

    @Test
    void aCodeIsGoodOnceAndOnlyWithItsProof() throws Exception {
        signIn("signer", TestServer.PASSWORD);
        String first = get(authorize(callback(), "")).header("Location");
        Matcher code = Pattern.compile("[?&]code=([^&]+)").matcher(first);
        assertThat(code.find()).isTrue();
        assertThat(exchangeCode(code.group(1), "another-verifier-of-enough-characters-0123456789")
                        .status())
                .isEqualTo(400);
        assertThat(exchangeCode(code.group(1), VERIFIER).status()).isEqualTo(200);
        assertThat(exchangeCode(code.group(1), VERIFIER).status()).isEqualTo(400);
    }

    @Test
    void codesGoToThisServerOnly() throws Exception {
        signIn("signer", TestServer.PASSWORD);
        Answer refused = get(authorize("https://evil.example/auth/callback", ""));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Location")).isEmpty();
        assertThat(get(authorize("https://evil.example/auth/callback", "&prompt=none"))
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
        Answer refused = TestServer.send(
                browser,
                HttpRequest.newBuilder(URI.create(TestServer.root() + "/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(TestServer.form("tenant", "shop", "username", "signer", "password", TestServer.PASSWORD))
                        .build());
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
