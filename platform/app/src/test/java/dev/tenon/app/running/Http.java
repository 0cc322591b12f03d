package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that speaks the platform's HTTP interface with somebody's access token. */
final class Http {

    private static final String BOUNDARY = "a-boundary-that-is-in-no-file";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;
    private final String token;

    private final Map<String, String> always;

    Http(String address, String token) {
        this(address, token, Map.of());
    }

    private Http(String address, String token, Map<String, String> always) {
        this.address = address;
        this.token = token;
        this.always = always;
    }

    String address() {
        return address;
    }

    String token() {
        return token;
    }

    /** The same program, which wants pages of a size. */
    Http sized(int rows) {
        return new Http(address, token, Map.of("Prefer", "odata.maxpagesize=" + rows));
    }

    /** What came back. */
    record Answer(int status, String body, HttpHeaders headers) {
        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        JsonNode json() {
            return JSON.readTree(body);
        }

        /** The JSON of a request that succeeded. */
        JsonNode good() {
            assertThat(status).as(body).isLessThan(300);
            return body.isEmpty() ? JSON.nullNode() : json();
        }

        /** A problem with the status and the code. */
        JsonNode refused(int expected, String code) {
            assertThat(status).as(body).isEqualTo(expected);
            JsonNode problem = json();
            assertThat(problem.get("code").asString()).as(body).isEqualTo(code);
            assertThat(problem.get("detail").asString()).as(body).isNotBlank().doesNotContainPattern("\\{[a-z]\\w*}");
            assertThat(body).doesNotContain("\\tat ", "java.lang");
            return problem;
        }
    }

    Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody(), Map.of());
    }

    Answer get(String path, Map<String, String> headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    /** The address behind a link that the server has written. */
    Answer follow(JsonNode link) {
        return get(link.asString().substring(address.length()));
    }

    Answer query(String path, String... namesAndValues) {
        StringBuilder query = new StringBuilder(path);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            query.append(i == 0 ? '?' : '&')
                    .append(namesAndValues[i])
                    .append('=')
                    .append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
        }
        return get(query.toString());
    }

    Answer post(String path, Object body) {
        return json("POST", path, body, Map.of());
    }

    Answer post(String path, Object body, Map<String, String> headers) {
        return json("POST", path, body, headers);
    }

    /** Text of any media type. */
    Answer post(String path, String mediaType, String text) {
        return send("POST", path, BodyPublishers.ofString(text), Map.of("Content-Type", mediaType));
    }

    /** Text that is to be JSON, as it is. */
    Answer postText(String path, String body) {
        return send("POST", path, BodyPublishers.ofString(body), Map.of("Content-Type", "application/json"));
    }

    Answer put(String path, Object body) {
        return json("PUT", path, body, Map.of());
    }

    Answer patch(String path, @Nullable String etag, Object body) {
        return json("PATCH", path, body, etag == null ? Map.of() : Map.of("If-Match", etag));
    }

    /** JSON with any method. */
    Answer send(String method, String path, Object body, Map<String, String> headers) {
        return json(method, path, body, headers);
    }

    Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody(), Map.of("If-Match", "*"));
    }

    Answer upload(String path, String fileName, byte[] content) {
        String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        List<byte[]> parts = List.of(
                head.getBytes(StandardCharsets.UTF_8),
                content,
                ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return send(
                "POST",
                path,
                BodyPublishers.ofByteArrays(parts),
                Map.of("Content-Type", "multipart/form-data; boundary=" + BOUNDARY));
    }

    /** Pairs of path and text as a zip archive. */
    static byte[] zip(String... pathsAndTexts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < pathsAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(pathsAndTexts[i]));
                zip.write(pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private Answer json(String method, String path, Object body, Map<String, String> headers) {
        Map<String, String> all = new java.util.HashMap<>(headers);
        all.put("Content-Type", "application/json");
        return send(method, path, BodyPublishers.ofString(JSON.writeValueAsString(body)), all);
    }

    private Answer send(String method, String path, BodyPublisher body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Authorization", "Bearer " + token)
                .header("Accept-Language", "en")
                .method(method, body);
        always.forEach(request::header);
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
