package dev.tenon.web;

import dev.tenon.records.shop.ShopDoor;
import dev.tenon.tenancy.identity.AccessTokens;
import dev.tenon.tenancy.identity.NewUser;
import dev.tenon.tenancy.identity.UserAccount;
import dev.tenon.tenancy.identity.Users;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** One server for all tests of this room; each test class makes people and records of its own. */
public final class TestServer {

    public static final String PASSWORD = "a good password";

    private static final ConfigurableApplicationContext CONTEXT = start();

    private TestServer() {}

    private static ConfigurableApplicationContext start() {
        SpringApplication application = new SpringApplication(TestRooms.class);
        application.setDefaultProperties(
                Map.of("server.port", "0", "tenon.web.max-body", "64KB", "spring.main.banner-mode", "off"));
        return application.run();
    }

    public static <T> T bean(Class<T> type) {
        return CONTEXT.getBean(type);
    }

    public static ShopDoor door() {
        return bean(ShopDoor.class);
    }

    public static String root() {
        return "http://localhost:" + CONTEXT.getEnvironment().getProperty("local.server.port");
    }

    public static UserAccount person(String login, String... permissionSets) {
        return bean(Users.class)
                .create(
                        Users.platform(TestRooms.TENANT),
                        new NewUser(
                                login,
                                "Person " + login,
                                null,
                                Locale.ENGLISH,
                                ZoneOffset.UTC,
                                PASSWORD,
                                Set.of(permissionSets),
                                null));
    }

    /** A new access token of the person's. */
    public static String token(UserAccount person) {
        var identity = bean(Users.class).identity(TestRooms.TENANT, person.id()).orElseThrow();
        return bean(AccessTokens.class).create(identity, "test", 1).text();
    }

    /** A program that calls with a token; an empty one for none. */
    public record Caller(String token) {

        public Answer get(String path, String... headers) {
            return send("GET", path, null, headers);
        }

        public Answer post(String path, String body, String... headers) {
            return send("POST", path, body, headers);
        }

        public Answer patch(String path, String body, String... headers) {
            return send("PATCH", path, body, headers);
        }

        public Answer send(String method, String path, String body, String... headers) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root() + path));
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            if (body != null) {
                request.header("Content-Type", "application/json");
            }
            for (int i = 0; i < headers.length; i += 2) {
                request.setHeader(headers[i], headers[i + 1]);
            }
            request.method(
                    method,
                    body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
            return TestServer.send(HttpClient.newHttpClient(), request.build());
        }
    }

    public static Answer send(HttpClient client, HttpRequest request) {
        try {
            return new Answer(client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A browser: keeps cookies, follows nothing by itself. */
    public static HttpClient browser() {
        return HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    public static HttpRequest.BodyPublisher form(String... pairs) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            body.append(i == 0 ? "" : "&").append(encode(pairs[i])).append('=').append(encode(pairs[i + 1]));
        }
        return HttpRequest.BodyPublishers.ofString(body.toString());
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What came back. */
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public JsonNode json() {
            return Json.MAPPER.readTree(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** Everything of a problem but what differs from request to request. */
        public Map<String, Object> problem() {
            Map<String, Object> members = new HashMap<>();
            json().properties().forEach(e -> members.put(e.getKey(), e.getValue()));
            members.remove("traceId");
            return members;
        }

        @Override
        public String toString() {
            return status() + " " + body();
        }
    }
}
