package dev.tenon.metadata.internal;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import dev.tenon.metadata.MetadataError;
import dev.tenon.metadata.Problem;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.Suggestions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks nodes against the published JSON Schemas and says what is wrong in the platform's own words. */
public final class SchemaCheck {

    private static final String BASE = "https://tenon.dev/schemas/";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, JsonNode> DOCUMENTS = new ConcurrentHashMap<>();
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(iri -> text(iri.substring(BASE.length()))));

    private SchemaCheck() {}

    /** The schema document of a file such as {@code object.schema.json}. */
    public static JsonNode document(String file) {
        return DOCUMENTS.computeIfAbsent(file, f -> JSON.readTree(text(f)));
    }

    /**
     * What is wrong with the node.
     *
     * @param schema file, with a fragment for a part of it: {@code object.schema.json#/$defs/field}
     */
    static List<Problem> check(String schema, Node node, String origin, String file) {
        Schema checker = SCHEMAS.computeIfAbsent(schema, s -> REGISTRY.getSchema(SchemaLocation.of(BASE + s)));
        LinkedHashSet<Problem> problems = new LinkedHashSet<>();
        for (Error error : checker.validate(node.json())) {
            // Why each alternative did not fit says less than that none did.
            if (!error.getEvaluationPath().toString().contains("/oneOf/")) {
                problems.add(translate(error, node, origin, file));
            }
        }
        return List.copyOf(problems);
    }

    private static Problem translate(Error error, Node root, String origin, String file) {
        Place place = Place.find(root, error.getInstanceLocation());
        String property = error.getProperty();
        String path = error.getEvaluationPath().toString();
        ErrorSource here = place.source(origin, file);
        if (path.contains("/propertyNames")) {
            String name = property != null ? property : place.name;
            return Problem.at(
                    place.entry(name).source(origin, file), MetadataError.NAME_NOT_ALLOWED, Map.of("name", name));
        }
        int dependent = path.indexOf("/dependentSchemas/");
        if (dependent >= 0) {
            String key =
                    path.substring(dependent + "/dependentSchemas/".length()).replaceAll("/.*", "");
            Place owner = Place.find(root, parent(error.getInstanceLocation()));
            return Problem.at(
                    owner.entry(key).source(origin, file),
                    MetadataError.KEY_NOT_FOR_TYPE,
                    Map.of("key", key, "type", String.valueOf(place.node.plain())));
        }
        return switch (error.getKeyword()) {
            case "additionalProperties" -> {
                String key = property != null ? property : place.name;
                Place at = property != null ? place.entry(property) : place;
                if (at.node.value() == null && key.indexOf(' ') > 0) {
                    yield Problem.at(at.source(origin, file), MetadataError.TEXT_CUT, Map.of("text", key));
                }
                yield Problem.at(
                        at.source(origin, file),
                        MetadataError.UNKNOWN_KEY,
                        Map.of("key", key, "suggestion", Suggestions.nearestOrSome(key, knownKeys(error))));
            }
            case "required", "dependentRequired" ->
                Problem.at(here, MetadataError.MISSING_KEY, Map.of("key", String.valueOf(property)));
            case "type" ->
                Problem.at(
                        here,
                        MetadataError.WRONG_TYPE,
                        Map.of("key", place.name, "expected", types(error.getSchemaNode()), "found", kind(place.node)));
            case "enum", "const" -> {
                List<String> allowed = new ArrayList<>();
                JsonNode values = error.getSchemaNode();
                if (values != null && values.isArray()) {
                    values.forEach(v -> allowed.add(v.isString() ? v.stringValue() : v.toString()));
                } else if (values != null) {
                    allowed.add(values.toString());
                }
                String value = String.valueOf(place.node.plain());
                yield Problem.at(
                        here,
                        MetadataError.VALUE_NOT_ALLOWED,
                        Map.of(
                                "key",
                                place.name,
                                "value",
                                value,
                                "suggestion",
                                Suggestions.nearestOrSome(value, allowed)));
            }
            case "oneOf" -> Problem.at(here, MetadataError.ONE_OF, Map.of("keys", alternatives(error)));
            default ->
                Problem.at(
                        here,
                        MetadataError.VALUE_INVALID,
                        Map.of("key", place.name, "message", limit(error, String.valueOf(place.node.plain()))));
        };
    }

    private static @Nullable NodePath parent(NodePath path) {
        return path.getNameCount() == 0 ? path : path.getParent();
    }

    private static List<String> knownKeys(Error error) {
        String location = error.getSchemaLocation().toString();
        int hash = location.indexOf('#');
        if (!location.startsWith(BASE) || hash < 0) {
            return List.of();
        }
        JsonNode document = document(location.substring(BASE.length(), hash));
        String pointer = location.substring(hash + 1);
        JsonNode properties = document.at(pointer.substring(0, pointer.lastIndexOf('/')) + "/properties");
        return properties.isObject() ? List.copyOf(properties.propertyNames()) : List.of();
    }

    private static String alternatives(Error error) {
        List<String> keys = new ArrayList<>();
        JsonNode schemas = error.getSchemaNode();
        if (schemas != null) {
            schemas.forEach(s -> s.path("required").forEach(k -> keys.add(k.asString())));
        }
        return String.join(", ", keys);
    }

    private static String limit(Error error, String value) {
        JsonNode bound = error.getSchemaNode();
        String keyword = error.getKeyword();
        return (value.length() > 60 ? value.substring(0, 60) + "…" : value) + ", " + keyword
                + (bound != null && bound.isValueNode() ? " " + bound.asString() : "");
    }

    private static String types(@Nullable JsonNode types) {
        if (types == null) {
            return "-";
        }
        List<String> names = new ArrayList<>();
        if (types.isArray()) {
            types.forEach(t -> names.add(t.asString()));
        } else {
            names.add(types.asString());
        }
        names.remove("null");
        return String.join(" / ", names);
    }

    private static String kind(Node node) {
        return switch (node.value()) {
            case null -> "null";
            case Map<?, ?> ignored -> "object";
            case List<?> ignored -> "array";
            case String text -> "\"" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "\"";
            case Object other -> other.toString();
        };
    }

    private static String text(String file) {
        try (InputStream in = SchemaCheck.class.getResourceAsStream("/schemas/" + file)) {
            if (in == null) {
                throw new IllegalStateException("no schema " + file + " on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A node with the key or index it stands at. */
    private record Place(Node node, String name, int line, int column) {

        static Place find(Node root, @Nullable NodePath path) {
            Place place = new Place(root, "-", root.line(), root.column());
            for (int i = 0; path != null && i < path.getNameCount(); i++) {
                if (path.getElement(i) instanceof Integer index) {
                    List<Node> items = place.node.items();
                    if (index >= items.size()) {
                        return place;
                    }
                    Node item = items.get(index);
                    place = new Place(item, place.name, item.line(), item.column());
                } else {
                    place = place.entry(String.valueOf(path.getElement(i)));
                }
            }
            return place;
        }

        Place entry(String key) {
            Node.Entry entry = node.entries().get(key);
            return entry == null ? this : new Place(entry.node(), key, entry.line(), entry.column());
        }

        ErrorSource source(String origin, String file) {
            return new ErrorSource(origin, file, line, column);
        }
    }
}
