package dev.tenon.web;

import static dev.tenon.web.TestServer.encode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.web.TestServer.Answer;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A browser with cookies of its own, in which the console runs. */
final class TestBrowser {

    private static final String VERIFIER = "a-verifier-of-enough-characters-0123456789-abcdef";
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    private final HttpClient client = TestServer.browser();

    static String callback() {
        return TestServer.root() + "/auth/callback";
    }

    static String authorize(String scopes, String more) throws Exception {
        return authorizeReturningTo(callback(), scopes, more);
    }

    /** Where the console begins a sign-in. */
    static String authorizeReturningTo(String redirect, String scopes, String more) throws Exception {
        String challenge = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
        return "/oauth2/authorize?response_type=code&client_id=tenon-console&state=s1&nonce=n1"
                + "&code_challenge_method=S256&code_challenge=" + challenge + "&scope=" + encode(scopes)
                + "&redirect_uri=" + encode(redirect) + more;
    }

    Answer get(String path) {
        String address = path.startsWith("http") ? path : TestServer.root() + path;
        return TestServer.send(
                client,
                HttpRequest.newBuilder(URI.create(address))
                        .header("Accept", "text/html")
                        .build());
    }

    Answer post(String path, String... form) {
        return TestServer.send(
                client,
                HttpRequest.newBuilder(URI.create(TestServer.root() + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(TestServer.form(form))
                        .build());
    }

    Answer signIn(String login, String password) {
        Matcher csrf = CSRF.matcher(get("/login").body());
        assertThat(csrf.find()).isTrue();
        return post("/login", "tenant", "shop", "username", login, "password", password, "_csrf", csrf.group(1));
    }

    /** Signs in with a cookie beside the browser's own, as somebody may have planted it. */
    Answer signInWithCookie(String cookie, String login, String password) {
        CookieManager cookies = (CookieManager) client.cookieHandler().orElseThrow();
        int equals = cookie.indexOf('=');
        HttpCookie planted = new HttpCookie(cookie.substring(0, equals), cookie.substring(equals + 1));
        planted.setPath("/");
        planted.setVersion(0);
        cookies.getCookieStore().add(URI.create(TestServer.root()), planted);
        return signIn(login, password);
    }

    /** The tokens of the person who is signed in. */
    JsonNode tokens(String scopes) throws Exception {
        return exchange(code(get(authorize(scopes, "")).header("Location")), VERIFIER)
                .json();
    }

    static String code(String redirected) {
        Matcher code = CODE.matcher(redirected);
        assertThat(code.find()).as(redirected).isTrue();
        return code.group(1);
    }

    static Answer exchange(String code) {
        return exchange(code, VERIFIER);
    }

    static Answer exchange(String code, String verifier) {
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
}
