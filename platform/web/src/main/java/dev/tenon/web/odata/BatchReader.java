package dev.tenon.web.odata;

import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.web.errors.WebError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of a batch. What is wrong with the batch as a whole is told before anything of it is done. */
final class BatchReader {

    private static final Set<String> MEMBERS =
            Set.of("id", "method", "url", "atomicityGroup", "dependsOn", "if", "headers", "body");

    private final List<BatchRequest> requests = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<String> groups = new HashSet<>();

    private BatchReader() {}

    static List<BatchRequest> read(Map<String, @Nullable Object> batch) {
        if (!(batch.get("requests") instanceof List<?> sent)) {
            throw malformed("/requests", "[…]");
        }
        batch.keySet().stream()
                .filter(name -> !name.equals("requests") && !isAnnotation(name))
                .findFirst()
                .ifPresent(name -> {
                    throw malformed("/" + name, "requests");
                });
        if (sent.size() > Limits.BATCH) {
            throw WebError.ODATA_BATCH_TOO_MANY
                    .error()
                    .with("maximum", Limits.BATCH)
                    .build();
        }
        BatchReader reader = new BatchReader();
        for (int i = 0; i < sent.size(); i++) {
            reader.add("/requests/" + i, sent.get(i));
        }
        return List.copyOf(reader.requests);
    }

    private void add(String pointer, @Nullable Object sent) {
        Map<String, @Nullable Object> members = object(pointer, sent);
        members.keySet().stream()
                .filter(name -> !MEMBERS.contains(name) && !isAnnotation(name))
                .findFirst()
                .ifPresent(name -> {
                    throw malformed(pointer + "/" + name, String.join(", ", new java.util.TreeSet<>(MEMBERS)));
                });
        BatchRequest request = new BatchRequest(
                text(pointer + "/id", members.get("id")),
                text(pointer + "/method", members.get("method")).toUpperCase(Locale.ROOT),
                text(pointer + "/url", members.get("url")),
                optional(pointer + "/atomicityGroup", members.get("atomicityGroup")),
                texts(pointer + "/dependsOn", members.get("dependsOn")),
                optional(pointer + "/if", members.get("if")),
                headers(pointer + "/headers", members.get("headers")),
                members.get("body"));
        group(request);
        if (!ids.add(request.id()) || groups.contains(request.id())) {
            throw twice(request.id());
        }
        for (String earlier : request.dependsOn()) {
            boolean itself = earlier.equals(request.id())
                    || request.group().filter(earlier::equals).isPresent();
            if (itself || !ids.contains(earlier) && !groups.contains(earlier)) {
                throw WebError.ODATA_BATCH_ORDER
                        .error()
                        .with("id", request.id())
                        .with("on", earlier)
                        .build();
            }
        }
        requests.add(request);
    }

    private void group(BatchRequest request) {
        String group = request.group().orElse(null);
        if (group == null) {
            return;
        }
        if (ids.contains(group) || group.equals(request.id())) {
            throw twice(group);
        }
        boolean goesOn = !requests.isEmpty() && requests.getLast().group().equals(request.group());
        if (!groups.add(group) && !goesOn) {
            throw WebError.ODATA_BATCH_GROUP_SPLIT.error().with("group", group).build();
        }
    }

    private static PlatformException twice(String id) {
        return WebError.ODATA_BATCH_ID_TWICE.error().with("id", id).build();
    }

    private static boolean isAnnotation(String name) {
        return name.indexOf('@') >= 0;
    }

    private static PlatformException malformed(String pointer, String expected) {
        Map<String, Object> args = Map.of("member", pointer, "expected", expected);
        return WebError.ODATA_BATCH_MALFORMED
                .error()
                .with("member", pointer)
                .with("expected", expected)
                .detail(new ErrorDetail(WebError.ODATA_BATCH_MALFORMED, pointer, args))
                .build();
    }

    private static Map<String, @Nullable Object> object(String pointer, @Nullable Object sent) {
        if (!(sent instanceof Map<?, ?> members)) {
            throw malformed(pointer, "{…}");
        }
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        members.forEach((name, value) -> object.put(String.valueOf(name), value));
        return object;
    }

    private static String text(String pointer, @Nullable Object sent) {
        if (sent instanceof String text && (!text.isEmpty() || pointer.endsWith("/url"))) {
            return text;
        }
        throw malformed(pointer, "\"…\"");
    }

    private static Optional<String> optional(String pointer, @Nullable Object sent) {
        return sent == null ? Optional.empty() : Optional.of(text(pointer, sent));
    }

    private static List<String> texts(String pointer, @Nullable Object sent) {
        if (sent == null) {
            return List.of();
        }
        if (!(sent instanceof List<?> list)) {
            throw malformed(pointer, "[\"…\"]");
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            texts.add(text(pointer + "/" + i, list.get(i)));
        }
        return texts;
    }

    private static Map<String, String> headers(String pointer, @Nullable Object sent) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (sent != null) {
            object(pointer, sent)
                    .forEach((name, value) ->
                            headers.put(name.toLowerCase(Locale.ROOT), text(pointer + "/" + name, value)));
        }
        return headers;
    }
}
