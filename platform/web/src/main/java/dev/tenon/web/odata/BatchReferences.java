package dev.tenon.web.odata;

import dev.tenon.sdk.error.PlatformException;
import dev.tenon.web.Json;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.model.VisibleModel;
import dev.tenon.web.model.VisibleObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What became of a batch's earlier requests, and what later ones say about them. */
final class BatchReferences {

    private static final Pattern REFERENCE = Pattern.compile("\\$([^/?(]+)(.*)", Pattern.DOTALL);
    private static final Pattern SUCCEEDED = Pattern.compile("(not\\s+)?\\$(.+)/\\$succeeded");
    private static final Pattern AND = Pattern.compile("\\s+and\\s+");
    /** First segments of addresses that are no references. */
    private static final Set<String> SYSTEM = Set.of("batch", "crossjoin", "all", "entity", "root", "id", "metadata");

    /** A value of an earlier answer, in a query. */
    private static final Pattern VALUE = Pattern.compile("\\$([\\w.\\-~]+)/(\\w+)");

    private final VisibleModel visible;
    private final Map<String, BatchAnswer> answers = new HashMap<>();
    /** By id and by group. */
    private final Map<String, Boolean> succeeded = new HashMap<>();

    /** @param visible what the caller may know */
    BatchReferences(VisibleModel visible) {
        this.visible = visible;
    }

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
        String url = address(request, batch);
        int question = url.indexOf('?');
        return new BatchPart(
                batch,
                request.method(),
                question < 0 ? url : url.substring(0, question),
                question < 0 ? null : query(request, url.substring(question + 1)),
                headers(request),
                body(request));
    }

    /** The address behind {@code /odata}. */
    private String address(BatchRequest request, ODataRequest batch) {
        String url = request.url();
        String root = batch.root();
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

    /** The query with the values that it takes from earlier answers, {@code $filter=site_id eq $1/id}. */
    private String query(BatchRequest request, String query) {
        return VALUE.matcher(query)
                .replaceAll(found -> Matcher.quoteReplacement(
                        request.dependsOn().contains(found.group(1)) && answers.containsKey(found.group(1))
                                ? value(referred(request, found.group(1)), found.group(2))
                                : found.group()));
    }

    /** A property of the record that was answered, as a constant of a query. */
    private String value(BatchAnswer answer, String property) {
        JsonNode value = answer.body()
                .filter(body -> answer.entity().isPresent())
                .map(Json.MAPPER::readTree)
                .map(body -> body.get(property))
                .orElseThrow(() -> unknown(answer.request().id() + "/" + property));
        return value.isString() && isText(answer.entity().orElseThrow(), property)
                ? URLEncoder.encode("'" + value.asString().replace("'", "''") + "'", StandardCharsets.UTF_8)
                : URLEncoder.encode(value.isString() ? value.asString() : value.toString(), StandardCharsets.UTF_8);
    }

    private boolean isText(String entity, String property) {
        VisibleObject object = visible.require(entity.substring(0, entity.indexOf('(')));
        return object.fieldOf(property)
                .map(field -> EdmTypes.isText(visible.model(), field))
                .orElse(false);
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
        sent.forEach((name, value) -> members.put(
                String.valueOf(name), BodyReader.bound(String.valueOf(name)) == null ? value : bound(request, value)));
        return members;
    }

    private @Nullable Object bound(BatchRequest request, @Nullable Object value) {
        if (value instanceof List<?> several) {
            List<@Nullable Object> all = new ArrayList<>();
            several.forEach(one -> all.add(bound(request, one)));
            return all;
        }
        Matcher reference = REFERENCE.matcher(String.valueOf(value));
        return reference.matches() && reference.group(2).isEmpty() ? entity(request, reference.group(1)) : value;
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
