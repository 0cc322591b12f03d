package dev.tenon.web.odata;

import dev.tenon.sdk.error.PlatformException;
import dev.tenon.web.errors.WebError;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What became of a batch's earlier requests, and what later ones say about them. */
final class BatchReferences {

    private static final Pattern REFERENCE = Pattern.compile("\\$([^/?(]+)(.*)", Pattern.DOTALL);
    private static final Pattern SUCCEEDED = Pattern.compile("(not\\s+)?\\$(.+)/\\$succeeded");
    private static final Pattern AND = Pattern.compile("\\s+and\\s+");
    /** First segments of addresses that are no references. */
    private static final Set<String> SYSTEM = Set.of("batch", "crossjoin", "all", "entity", "root", "id", "metadata");

    private final Map<String, BatchAnswer> answers = new HashMap<>();
    /** By id and by group. */
    private final Map<String, Boolean> succeeded = new HashMap<>();

    void keep(BatchAnswer answer) {
        answers.put(answer.request().id(), answer);
        succeeded.put(answer.request().id(), answer.succeeded());
        answer.request().group().ifPresent(group -> succeeded.merge(group, answer.succeeded(), Boolean::logicalAnd));
    }

    /** Forgets answers that did not come to be. */
    void drop(Iterable<BatchRequest> requests) {
        for (BatchRequest request : requests) {
            answers.remove(request.id());
            succeeded.remove(request.id());
            request.group().ifPresent(succeeded::remove);
        }
    }

    /** Throws {@code web.odata-batch-dependency} and its like where a request is not to be done. */
    void requireDue(BatchRequest request) {
        if (request.condition().isPresent()) {
            requireHolding(request, request.condition().get());
            return;
        }
        for (String earlier : request.dependsOn()) {
            if (!succeeded.getOrDefault(earlier, false)) {
                throw WebError.ODATA_BATCH_DEPENDENCY
                        .error()
                        .with("on", earlier)
                        .build();
            }
        }
    }

    private void requireHolding(BatchRequest request, String condition) {
        for (String part : AND.split(condition.strip())) {
            Matcher asked = SUCCEEDED.matcher(part.strip());
            if (!asked.matches() || !request.dependsOn().contains(asked.group(2))) {
                throw WebError.ODATA_BATCH_CONDITION_UNCLEAR
                        .error()
                        .with("condition", condition)
                        .build();
            }
            boolean wanted = asked.group(1) == null;
            if (succeeded.getOrDefault(asked.group(2), false) != wanted) {
                throw WebError.ODATA_BATCH_CONDITION
                        .error()
                        .with("condition", condition)
                        .build();
            }
        }
    }

    BatchPart part(BatchRequest request, ODataRequest batch) {
        String url = address(request);
        int question = url.indexOf('?');
        return new BatchPart(
                batch,
                request.method(),
                question < 0 ? url : url.substring(0, question),
                question < 0 ? null : url.substring(question + 1),
                headers(request),
                body(request));
    }

    /** The address behind {@code /odata}. */
    private String address(BatchRequest request) {
        String url = request.url();
        String root = Asked.root();
        String path = root.substring(root.indexOf('/', root.indexOf("//") + 2));
        if (url.startsWith(root)) {
            return "/" + url.substring(root.length());
        }
        if (url.startsWith(path)) {
            return "/" + url.substring(path.length());
        }
        if (url.startsWith("/") || url.contains("://") && url.indexOf("://") < (url + "?").indexOf('?')) {
            throw WebError.ODATA_BATCH_URL
                    .error()
                    .with("url", url)
                    .with("root", path)
                    .build();
        }
        Matcher reference = REFERENCE.matcher(url);
        return "/"
                + (reference.matches() && !SYSTEM.contains(reference.group(1))
                        ? entity(request, reference.group(1)) + reference.group(2)
                        : url);
    }

    private Map<String, String> headers(BatchRequest request) {
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        headers.computeIfPresent("if-match", (name, value) -> {
            Matcher reference = REFERENCE.matcher(value);
            return reference.matches() ? tag(request, reference.group(1)) : value;
        });
        return headers;
    }

    /** A record may be bound to one that an earlier request has made. */
    private @Nullable Object body(BatchRequest request) {
        if (!(request.body() instanceof Map<?, ?> sent)) {
            return request.body();
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        sent.forEach((name, value) -> {
            Matcher reference = REFERENCE.matcher(String.valueOf(value));
            boolean bound = BodyReader.bound(String.valueOf(name)) != null
                    && reference.matches()
                    && reference.group(2).isEmpty();
            members.put(String.valueOf(name), bound ? entity(request, reference.group(1)) : value);
        });
        return members;
    }

    private String entity(BatchRequest request, String id) {
        return referred(request, id).entity().orElseThrow(() -> unknown(id));
    }

    private String tag(BatchRequest request, String id) {
        return Optional.ofNullable(referred(request, id).headers().get("etag")).orElseThrow(() -> unknown(id));
    }

    private BatchAnswer referred(BatchRequest request, String id) {
        BatchAnswer answer = answers.get(id);
        boolean named = answer != null
                && (request.dependsOn().contains(id)
                        || answer.request()
                                .group()
                                .filter(request.dependsOn()::contains)
                                .isPresent());
        if (answer == null || !named) {
            throw unknown(id);
        }
        return answer;
    }

    private static PlatformException unknown(String id) {
        return WebError.ODATA_BATCH_REFERENCE.error().with("id", id).build();
    }
}
