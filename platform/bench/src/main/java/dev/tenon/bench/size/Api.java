package dev.tenon.bench.size;

import dev.tenon.access.Identity;
import dev.tenon.tenancy.identity.AccessTokens;
import dev.tenon.tenancy.identity.NewUser;
import dev.tenon.tenancy.identity.Users;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ConfigurableApplicationContext;

/** Somebody's way to the running platform. */
final class Api {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int TOKEN_DAYS = 30;

    private final String address;
    private final String token;

    /** @param token of the person who asks */
    Api(ConfigurableApplicationContext platform, String token) {
        this.address = "http://localhost:" + platform.getEnvironment().getProperty("local.server.port");
        this.token = token;
    }

    /** A new person of the tenant. */
    static Api of(ConfigurableApplicationContext platform, String tenant, String... sets) {
        return new Api(platform, token(platform, tenant, sets));
    }

    /** The token of a new person of the tenant. */
    static String token(ConfigurableApplicationContext platform, String tenant, String... sets) {
        Users users = platform.getBean(Users.class);
        NewUser person = new NewUser(
                "p" + UUID.randomUUID().toString().substring(0, 8),
                "Person",
                null,
                Locale.ENGLISH,
                ZoneOffset.UTC,
                UUID.randomUUID().toString(),
                Set.of(sets),
                null);
        Identity identity = users.identity(
                        tenant, users.create(Users.platform(tenant), person).id())
                .orElseThrow();
        return platform.getBean(AccessTokens.class)
                .create(identity, "size", TOKEN_DAYS)
                .text();
    }

    void change(String edits) throws IOException, InterruptedException {
        send(
                "/api/admin/metadata/changes",
                "POST",
                HttpRequest.BodyPublishers.ofString("{\"changes\":[" + edits + "]}"));
    }

    void get(String path) throws IOException, InterruptedException {
        send(path, "GET", HttpRequest.BodyPublishers.noBody());
    }

    private void send(String path, String method, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(path + ": " + answer.body());
        }
    }
}
