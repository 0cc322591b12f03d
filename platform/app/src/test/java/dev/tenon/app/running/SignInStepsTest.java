package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a tenant demands of sign-ins is asked for by the pages, on the real program and database. */
class SignInStepsTest {

    private static final Http ADMIN = Plant.administrator();
    private static final String PASSWORD = "a good password";
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private static void set(String setting, Object value) {
        ADMIN.post(
                        "/api/admin/metadata/changes",
                        Map.of(
                                "changes",
                                List.of(Map.of(
                                        "op",
                                        "set",
                                        "element",
                                        "setting:sys__" + setting,
                                        "property",
                                        "value",
                                        "value",
                                        value))))
                .good();
    }

    @AfterEach
    void demandNothing() {
        set("secondFactorSets", "");
        set("passwordMaxDays", 0);
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(ADMIN.address() + path)).build());
    }

    private HttpResponse<String> post(String page, String path, String... form) {
        Matcher csrf = CSRF.matcher(page);
        assertThat(csrf.find()).as(page).isTrue();
        StringBuilder body = new StringBuilder("_csrf=" + csrf.group(1));
        for (int i = 0; i < form.length; i += 2) {
            body.append('&').append(form[i]).append('=').append(URLEncoder.encode(form[i + 1], StandardCharsets.UTF_8));
        }
        return send(HttpRequest.newBuilder(URI.create(ADMIN.address() + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> signIn(String login, String password) {
        return post(get("/login").body(), "/login", "tenant", "plant", "username", login, "password", password);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private static boolean begins(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream().anyMatch(c -> c.startsWith("tenon_session="));
    }

    private static String code(String secret) {
        try {
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
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key.array(), "HmacSHA1"));
            byte[] sum = mac.doFinal(ByteBuffer.allocate(8)
                    .putLong(Instant.now().getEpochSecond() / 30)
                    .array());
            int number = ByteBuffer.wrap(sum, sum[19] & 0xf, 4).getInt() & Integer.MAX_VALUE;
            return "%06d".formatted(number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoNeedsASecondFactorSetsItUpBeforeTheSessionBegins() {
        Http person = Plant.someone("guarded", "plant__watcher");
        set("secondFactorSets", "plant__watcher, plant__nothing");
        HttpResponse<String> first = signIn("guarded", PASSWORD);
        assertThat(location(first)).endsWith("/login/next");
        assertThat(begins(first)).isFalse();
        String page = get("/login/next").body();
        Matcher secret =
                Pattern.compile("<code id=\"secret\">([A-Z2-7 ]+)</code>").matcher(page);
        assertThat(secret.find()).as(page).isTrue();
        assertThat(get("/login/next").body()).as("the same key after a reload").contains(secret.group(1));
        HttpResponse<String> wrong = post(page, "/login/next", "code", "12345");
        assertThat(wrong.statusCode()).isEqualTo(401);
        HttpResponse<String> done =
                post(page, "/login/next", "code", code(secret.group(1).replace(" ", "")));
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        assertThat(begins(done)).isTrue();
        assertThat(done.body().split("<code>", -1)).as(done.body()).hasSize(11);
        assertThat(person.get("/api/me/second-factor").good().get("enrolled").asBoolean())
                .isTrue();
        person.post("/api/me/second-factor/remove", Map.of("password", PASSWORD))
                .refused(409, "identity.second-factor-demanded");
    }

    @Test
    void whosePasswordIsTooOldChoosesAnotherOne() {
        Plant.someone("olden", "plant__operator");
        set("passwordMaxDays", 30);
        assertThat(location(signIn("olden", PASSWORD))).endsWith("/login/next");
        String page = get("/login/next").body();
        assertThat(post(page, "/login/next", "password", PASSWORD, "repeated", PASSWORD)
                        .statusCode())
                .isEqualTo(400);
        HttpResponse<String> common = post(page, "/login/next", "password", "password123", "repeated", "password123");
        assertThat(common.body()).contains("guessed first");
        HttpResponse<String> done =
                post(page, "/login/next", "password", "another good one", "repeated", "another good one");
        assertThat(done.statusCode()).as(done.body()).isEqualTo(302);
        assertThat(begins(done)).isTrue();
        assertThat(begins(signIn("olden", "another good one"))).isTrue();
        assertThat(signIn("olden", PASSWORD).statusCode()).isEqualTo(401);
    }

    @Test
    void sessionsOfThePersonAreOnTheDatabaseAndEndByHand() {
        Http person = Plant.someone("seated", "plant__operator");
        assertThat(begins(signIn("seated", PASSWORD))).isTrue();
        var sessions = person.get("/api/sessions").good();
        assertThat(sessions.size()).isEqualTo(1);
        assertThat(sessions.get(0).get("address").asString()).isNotBlank();
        assertThat(person.delete("/api/sessions/" + sessions.get(0).get("id").asString())
                        .status())
                .isEqualTo(204);
        assertThat(person.get("/api/sessions").good().size()).isZero();
        assertThat(person.get("/api/me/events").good().toString()).contains("SIGNED_IN", "SESSION_REVOKED");
    }
}
