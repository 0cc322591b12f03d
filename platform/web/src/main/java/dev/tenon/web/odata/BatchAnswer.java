package dev.tenon.web.odata;

import dev.tenon.web.Json;
import dev.tenon.web.errors.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * The answer to one request of a batch, with its body written: a group's answers are known before they may be told.
 *
 * @param headers by their names in lower case
 * @param entity the address of the row that was read or saved, behind {@code /odata/}
 */
record BatchAnswer(
        BatchRequest request, int status, Map<String, String> headers, Optional<byte[]> body, Optional<String> entity) {

    private static final String CONTENT_TYPE = "content-type";

    static BatchAnswer of(BatchRequest request, ODataAnswer answer) {
        Map<String, String> headers = new LinkedHashMap<>();
        answer.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return new BatchAnswer(
                request, answer.status(), headers, answer.content().map(BatchAnswer::bytes), answer.entity());
    }

    static BatchAnswer of(BatchRequest request, Problem problem) {
        return new BatchAnswer(
                request,
                problem.status(),
                Map.of(CONTENT_TYPE, Problem.MEDIA_TYPE),
                Optional.of(Json.MAPPER.writeValueAsBytes(problem.body())),
                Optional.empty());
    }

    private static byte[] bytes(ODataAnswer.Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            content.writeTo(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** "Not modified" is what was asked for, too. */
    boolean succeeded() {
        return status < 400;
    }

    void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("id", request.id());
        request.group().ifPresent(group -> json.writeStringProperty("atomicityGroup", group));
        json.writeNumberProperty("status", status);
        json.writeName("headers");
        json.writeStartObject();
        headers.forEach(json::writeStringProperty);
        json.writeEndObject();
        body.ifPresent(bytes -> {
            json.writeName("body");
            body(json, bytes);
        });
        json.writeEndObject();
    }

    /** JSON as it is, text as text, anything else in base64. */
    private void body(JsonGenerator json, byte[] bytes) {
        String type = headers.getOrDefault(CONTENT_TYPE, "");
        if (type.startsWith("application/json") || type.equals(Problem.MEDIA_TYPE)) {
            json.writeRawValue(new String(bytes, StandardCharsets.UTF_8));
        } else if (type.startsWith("text/")) {
            json.writeString(new String(bytes, StandardCharsets.UTF_8));
        } else {
            json.writeString(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
    }
}
