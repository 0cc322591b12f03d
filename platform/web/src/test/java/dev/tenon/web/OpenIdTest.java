package dev.tenon.web;

import static dev.tenon.web.TestServer.encode;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tenon.tenancy.identity.UserAccount;
import dev.tenon.web.TestServer.Answer;
import dev.tenon.web.TestServer.Caller;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** OpenID Connect as a client meets it: it reads the documents, and what they tell works. */
final class OpenIdTest {

    private static final List<String> DOCUMENTS =
            List.of("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server");
    private static UserAccount person;

    private final TestBrowser browser = new TestBrowser();

    @BeforeAll
    static void people() {
        person = TestServer.person("openid", "shop__clerk");
    }

    @BeforeEach
    void signIn() {
        assertThat(browser.signIn("openid", TestServer.PASSWORD).status()).isEqualTo(302);
    }

    private static JsonNode discovered() {
        return new Caller("").get(DOCUMENTS.getFirst()).json();
    }

    private static String path(String address) {
        assertThat(address).startsWith(TestServer.root());
        return address.substring(TestServer.root().length());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asString()));
        return texts;
    }

    @Test
    void theDocumentsTellTheEndpointsThatThereAreAndNoOther() {
        List<String> common = List.of("authorization_endpoint", "token_endpoint");
        List<String> openId = List.of("userinfo_endpoint", "end_session_endpoint");
        for (String document : DOCUMENTS) {
            JsonNode told = new Caller("").get(document).json();
            boolean forOpenId = document.equals(DOCUMENTS.getFirst());
            assertThat(told.get("issuer").asString()).isEqualTo(TestServer.root());
            assertThat(told.propertyNames().stream().filter(name -> name.endsWith("_endpoint")))
                    .containsExactlyInAnyOrderElementsOf(
                            forOpenId
                                    ? Stream.concat(common.stream(), openId.stream())
                                            .toList()
                                    : common);
            assertThat(texts(told.get("scopes_supported"))).containsExactly("openid", "profile");
            assertThat(texts(told.get("grant_types_supported"))).containsExactly("authorization_code");
            assertThat(texts(told.get("token_endpoint_auth_methods_supported"))).containsExactly("none");
            assertThat(texts(told.get("code_challenge_methods_supported"))).containsExactly("S256");
            assertThat(texts(told.get("response_types_supported"))).containsExactly("code");
            assertThat(told.propertyNames())
                    .doesNotContain("dpop_signing_alg_values_supported", "tls_client_certificate_bound_access_tokens");
        }
    }

    @Test
    void anIdTokenTellsWhoSignedInAndAnybodyCanCheckItsSignature() throws Exception {
        Instant before = Instant.now().minusSeconds(1);
        JsonNode tokens = browser.tokens("openid profile");

        assertThat(tokens.get("scope").asString().split(" ")).containsExactlyInAnyOrder("openid", "profile");
        SignedJWT idToken = SignedJWT.parse(tokens.get("id_token").asString());
        String published = new Caller("")
                .get(path(discovered().get("jwks_uri").asString()))
                .body();
        JWKSet keys = JWKSet.parse(published);
        assertThat(keys.getKeys()).noneMatch(key -> key.isPrivate());
        assertThat(idToken.verify(new RSASSAVerifier(
                        keys.getKeyByKeyId(idToken.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
        JWTClaimsSet claims = idToken.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(discovered().get("issuer").asString());
        assertThat(claims.getAudience()).containsExactly("tenon-console");
        assertThat(claims.getStringClaim("nonce")).isEqualTo("n1");
        assertThat(claims.getIssueTime().toInstant()).isBetween(before.minusSeconds(1), Instant.now());
        assertThat(claims.getExpirationTime().toInstant()).isAfter(Instant.now());
        assertThat(claims.getSubject()).isEqualTo(person.id().toString());
        assertThat(claims.getStringClaim("tenant")).isEqualTo("shop");
        assertThat(claims.getStringClaim("name")).isEqualTo("Person openid");
        assertThat(claims.getStringClaim("preferred_username")).isEqualTo("openid");
        assertThat(claims.getStringClaim("locale")).isEqualTo("en");
        assertThat(claims.getStringClaim("zoneinfo")).isEqualTo("Z");
        assertThat(texts(discovered().get("claims_supported")))
                .allSatisfy(
                        claim -> assertThat(claims.getClaim(claim)).as(claim).isNotNull());
    }

    @Test
    void withoutTheScopeProfileOnlyThePersonIsNamed() throws Exception {
        JWTClaimsSet claims = SignedJWT.parse(
                        browser.tokens("openid").get("id_token").asString())
                .getJWTClaimsSet();

        assertThat(claims.getSubject()).isEqualTo(person.id().toString());
        assertThat(claims.getClaims()).containsKey("tenant").doesNotContainKeys("name", "preferred_username", "locale");
    }

    @Test
    void aScopeThatIsNotThereIsRefused() throws Exception {
        assertThat(browser.get(TestBrowser.authorize("openid email", "")).header("Location"))
                .contains("error=invalid_scope");
    }

    @Test
    void userInfoTellsTheSameToTheBearerOfAnAccessToken() throws Exception {
        String endpoint = path(discovered().get("userinfo_endpoint").asString());
        JsonNode tokens = browser.tokens("openid profile");
        JWTClaimsSet claims = SignedJWT.parse(tokens.get("id_token").asString()).getJWTClaimsSet();
        Caller client = new Caller(tokens.get("access_token").asString());

        Answer answer = client.get(endpoint);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode told = answer.json();
        for (String claim : texts(discovered().get("claims_supported"))) {
            assertThat(told.get(claim).asString()).as(claim).isEqualTo(claims.getStringClaim(claim));
        }
        assertThat(client.post(endpoint, "").status()).isEqualTo(200);
    }

    @Test
    void userInfoIsForAccessTokensWithTheScopeOpenId() throws Exception {
        String endpoint = path(discovered().get("userinfo_endpoint").asString());
        JsonNode tokens = browser.tokens("openid profile");

        assertThat(new Caller("").get(endpoint).status()).isEqualTo(401);
        assertThat(new Caller("").get(endpoint).header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(browser.get(endpoint).status()).isEqualTo(401);
        assertThat(new Caller(tokens.get("id_token").asString()).get(endpoint).status())
                .isEqualTo(401);
        assertThat(new Caller(browser.tokens("profile").get("access_token").asString())
                        .get(endpoint)
                        .status())
                .isEqualTo(403);
        assertThat(new Caller(TestServer.token(person)).get(endpoint).status()).isEqualTo(403);
    }

    @Test
    void anIdTokenOpensNothing() throws Exception {
        JsonNode tokens = browser.tokens("openid profile");

        assertThat(new Caller(tokens.get("id_token").asString()).get("/api/me").status())
                .isEqualTo(401);
        assertThat(new Caller(tokens.get("access_token").asString())
                        .get("/api/me")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aClientEndsThePersonsSession() throws Exception {
        String endpoint = path(discovered().get("end_session_endpoint").asString());
        String hint =
                "?id_token_hint=" + browser.tokens("openid").get("id_token").asString();
        String home = encode(TestServer.root() + "/");

        assertThat(browser.get(endpoint + "?id_token_hint="
                                + browser.tokens("openid").get("access_token").asString())
                        .status())
                .isEqualTo(400);
        assertThat(browser.get(endpoint + hint + "&client_id=another").status()).isEqualTo(400);
        assertThat(browser.get(endpoint + hint + "&post_logout_redirect_uri=" + encode("https://evil.example/"))
                        .status())
                .isEqualTo(400);
        assertThat(signedIn()).isTrue();

        Answer ended = browser.get(endpoint + hint + "&post_logout_redirect_uri=" + home + "&state=s2");

        assertThat(ended.status()).as(ended.body()).isEqualTo(302);
        assertThat(ended.header("Location")).isEqualTo(TestServer.root() + "/?state=s2");
        assertThat(signedIn()).isFalse();
    }

    @Test
    void nobodyIsSignedOutWithAnothersIdToken() throws Exception {
        TestBrowser attacker = new TestBrowser();
        TestServer.person("attacker", "shop__clerk");
        attacker.signIn("attacker", TestServer.PASSWORD);
        String hint =
                "?id_token_hint=" + attacker.tokens("openid").get("id_token").asString();

        Answer refused =
                browser.get(path(discovered().get("end_session_endpoint").asString()) + hint);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(signedIn()).isTrue();
    }

    private boolean signedIn() throws Exception {
        String location =
                browser.get(TestBrowser.authorize("openid", "&prompt=none")).header("Location");
        assertThat(URI.create(location).getPath()).isEqualTo("/auth/callback");
        return location.contains("code=");
    }
}
