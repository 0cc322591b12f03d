package dev.tenon.script.internal;

import dev.tenon.script.HostApi;
import dev.tenon.script.wire.Wire;
import dev.tenon.sdk.error.ErrorKind;
import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordClient;
import dev.tenon.sdk.record.RecordQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Does what a running script asks for. The script may handle errors that a person could act on; any other error ends
 * the call, and the caller gets the original.
 */
final class HostCalls {

    private static final Set<String> QUERY_KEYS =
            Set.of("object", "select", "where", "parameters", "orderBy", "top", "skip");

    private final HostApi host;
    private final int limit;
    private final List<PlatformException> tickets = new ArrayList<>();
    private int calls;
    private boolean changedSomething;
    private @Nullable RuntimeException fatal;
    private boolean overLimit;

    HostCalls(HostApi host, int limit) {
        this.host = host;
        this.limit = limit;
    }

    int calls() {
        return calls;
    }

    /** Whether running the script once more would do something twice. */
    boolean changedSomething() {
        return changedSomething;
    }

    boolean overLimit() {
        return overLimit;
    }

    Optional<RuntimeException> fatal() {
        return Optional.ofNullable(fatal);
    }

    Optional<PlatformException> ticket(int number) {
        return number >= 0 && number < tickets.size() ? Optional.of(tickets.get(number)) : Optional.empty();
    }

    /** The reply, or empty when the script must be ended. */
    Optional<String> answer(String name, String payload) {
        if (++calls > limit) {
            overLimit = true;
            return Optional.empty();
        }
        ObjectNode reply = Wire.JSON.createObjectNode();
        try {
            reply.set("value", perform(name, Wire.JSON.readTree(payload)));
        } catch (PlatformException refused) {
            if (refused.code().kind() != ErrorKind.USER) {
                fatal = refused;
                return Optional.empty();
            }
            tickets.add(refused);
            reply.putObject("error")
                    .put("code", refused.code().id())
                    .put("message", message(refused))
                    .put("ticket", tickets.size() - 1);
        } catch (Misuse misuse) {
            reply.putObject("error").put("message", String.valueOf(misuse.getMessage()));
        } catch (RuntimeException broken) {
            fatal = broken;
            return Optional.empty();
        }
        return Optional.of(JsonValues.text(reply));
    }

    private String message(PlatformException refused) {
        String own = ErrorTexts.render(refused.code(), refused.args(), host.locale());
        String details = refused.details().stream()
                .map(detail -> ErrorTexts.render(detail.code(), detail.args(), host.locale()))
                .distinct()
                .collect(Collectors.joining(" "));
        return details.isEmpty() || details.equals(own) ? own : own + " " + details;
    }

    private JsonNode perform(String name, JsonNode input) {
        if (name.equals("setting")) {
            return JsonValues.toJson(host.setting(text(input, "name")).orElse(null));
        }
        RecordClient records = host.records().orElseThrow(() -> new Misuse("there are no records here"));
        return switch (name) {
            case "find" ->
                records.find(text(input, "object"), id(input))
                        .<JsonNode>map(JsonValues::record)
                        .orElseGet(() -> JsonValues.toJson(null));
            case "query" -> {
                ArrayNode rows = Wire.JSON.createArrayNode();
                records.query(query(input)).forEach(row -> rows.add(JsonValues.record(row)));
                yield rows;
            }
            case "count" -> JsonValues.toJson(records.count(query(input)));
            case "create" -> {
                changedSomething = true;
                yield JsonValues.record(records.create(text(input, "object"), values(input, "values")));
            }
            case "update" -> {
                changedSomething = true;
                yield JsonValues.record(
                        records.update(text(input, "object"), id(input), version(input), values(input, "changes")));
            }
            case "delete" -> {
                changedSomething = true;
                records.delete(text(input, "object"), id(input), version(input));
                yield JsonValues.toJson(null);
            }
            case "findLock" ->
                records.findLock(text(input, "object"), id(input))
                        .<JsonNode>map(JsonValues::lock)
                        .orElseGet(() -> JsonValues.toJson(null));
            case "lock" -> {
                changedSomething = true;
                String reason =
                        input.path("reason").isNull() || input.path("reason").isMissingNode()
                                ? ""
                                : text(input, "reason");
                yield JsonValues.lock(records.lock(text(input, "object"), id(input), reason));
            }
            case "unlock" -> {
                changedSomething = true;
                records.unlock(text(input, "object"), id(input));
                yield JsonValues.toJson(null);
            }
            default -> throw new Misuse("there is no function " + name);
        };
    }

    private static RecordQuery query(JsonNode input) {
        for (Map.Entry<String, JsonNode> entry : input.properties()) {
            if (!QUERY_KEYS.contains(entry.getKey())) {
                throw new Misuse("a query has no \"" + entry.getKey() + "\"; it has object, select, where, parameters,"
                        + " orderBy, top and skip");
            }
        }
        List<RecordQuery.Sort> sort = new ArrayList<>();
        for (String key : texts(input, "orderBy")) {
            boolean descending = key.startsWith("-");
            sort.add(new RecordQuery.Sort(descending ? key.substring(1) : key, descending));
        }
        JsonNode where = input.path("where");
        if (!where.isMissingNode() && !where.isNull() && !where.isString()) {
            throw new Misuse("where must be a condition as text");
        }
        try {
            RecordQuery query = RecordQuery.of(text(input, "object"))
                    .select(texts(input, "select").toArray(String[]::new))
                    .orderBy(sort.toArray(RecordQuery.Sort[]::new))
                    .top(input.path("top").asInt(100))
                    .skip(input.path("skip").asInt(0));
            return where.isString() ? query.where(where.asString(), values(input, "parameters")) : query;
        } catch (IllegalArgumentException outOfRange) {
            throw new Misuse(String.valueOf(outOfRange.getMessage()));
        }
    }

    private static List<String> texts(JsonNode input, String name) {
        List<String> texts = new ArrayList<>();
        JsonNode node = input.path(name);
        if (node.isString()) {
            texts.add(node.asString());
        } else if (node.isArray()) {
            node.forEach(entry -> texts.add(entry.asString("")));
        } else if (!node.isMissingNode() && !node.isNull()) {
            throw new Misuse(name + " must be a list of names");
        }
        return texts;
    }

    private static Map<String, @Nullable Object> values(JsonNode input, String name) {
        JsonNode node = input.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return Map.of();
        }
        if (!node.isObject()) {
            throw new Misuse(name + " must be an object");
        }
        return JsonValues.toMap(node);
    }

    private static String text(JsonNode input, String name) {
        JsonNode node = input.path(name);
        if (!node.isString()) {
            throw new Misuse(name + " must be a text");
        }
        return node.asString();
    }

    private static long version(JsonNode input) {
        JsonNode node = input.path("version");
        if (!node.isIntegralNumber()) {
            throw new Misuse("version must be the version that was read");
        }
        return node.asLong();
    }

    private static UUID id(JsonNode input) {
        try {
            return UUID.fromString(text(input, "id"));
        } catch (IllegalArgumentException noId) {
            throw new Misuse("id must be the id of a record");
        }
    }

    /** The script called a function in a way that has no meaning: an error of the script, at the line of the call. */
    private static final class Misuse extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Misuse(String message) {
            super(message);
        }
    }
}
