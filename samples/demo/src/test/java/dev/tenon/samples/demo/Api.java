package dev.tenon.samples.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that speaks the platform's HTTP interface with somebody's access token. */
final class Api {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    static final JsonMapper JSON = JsonMapper.shared();

    private final String address;
    private final String token;

    Api(String address, String token) {
        this.address = address;
        this.token = token;
    }

    record Answer(int status, String body) {
        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    Answer get(String path) {
        return send("GET", path, null, Map.of());
    }

    /** The JSON of a request that must succeed. */
    JsonNode read(String path) {
        return expect(get(path), path);
    }

    Answer post(String path, Object body) {
        return send("POST", path, body, Map.of());
    }

    /** A command with an id of its own. */
    JsonNode command(String path, Map<String, Object> body) {
        Map<String, Object> all = new java.util.HashMap<>(body);
        all.put("commandId", UUID.randomUUID().toString());
        return expect(post(path, all), path);
    }

    Answer patch(String path, String etag, Object body) {
        return send("PATCH", path, body, Map.of("If-Match", etag));
    }

    private static JsonNode expect(Answer answer, String path) {
        if (answer.status() >= 300) {
            throw new AssertionError(path + " answered " + answer.status() + ": " + answer.body());
        }
        return answer.json();
    }

    private Answer send(
            String method, String path, @org.jspecify.annotations.Nullable Object body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Authorization", "Bearer " + token)
                .header("Accept-Language", "en")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
