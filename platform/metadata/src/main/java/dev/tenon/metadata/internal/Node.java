package dev.tenon.metadata.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A value of a YAML file with its place.
 *
 * @param value {@code Map<String, Entry>}, {@code List<Node>}, text, Long, BigDecimal, Boolean or null
 * @param line 1-based
 * @param column 1-based
 */
record Node(@Nullable Object value, int line, int column) {

    /** A key with its place and value. */
    record Entry(Node node, int line, int column) {

        /** The value at the place of its key, where people look for what is missing in it. */
        Node placed() {
            return new Node(node.value, line, column);
        }
    }

    static final Node EMPTY_MAP = new Node(Map.of(), 1, 1);

    /** A node from plain JSON values, at no particular place. */
    static Node of(@Nullable Object plain) {
        if (plain instanceof Map<?, ?> map) {
            Map<String, Entry> entries = new LinkedHashMap<>();
            map.forEach((key, value) -> entries.put(String.valueOf(key), new Entry(of(value), 0, 0)));
            return new Node(entries, 0, 0);
        }
        if (plain instanceof List<?> list) {
            List<Node> nodes = new ArrayList<>();
            list.forEach(item -> nodes.add(of(item)));
            return new Node(nodes, 0, 0);
        }
        if (plain instanceof Integer || plain instanceof Short || plain instanceof Byte) {
            return new Node(((Number) plain).longValue(), 0, 0);
        }
        if (plain instanceof Double || plain instanceof Float) {
            return new Node(new java.math.BigDecimal(plain.toString()), 0, 0);
        }
        return new Node(plain, 0, 0);
    }

    /** Entries in order; empty when this is not a map. */
    @SuppressWarnings("unchecked")
    Map<String, Entry> entries() {
        return value instanceof Map<?, ?> map ? (Map<String, Entry>) map : Map.of();
    }

    /** Items in order; empty when this is not a list. */
    @SuppressWarnings("unchecked")
    List<Node> items() {
        return value instanceof List<?> list ? (List<Node>) list : List.of();
    }

    @Nullable
    Node get(String key) {
        Entry entry = entries().get(key);
        return entry == null ? null : entry.node;
    }

    /** Without places: plain JSON values. */
    @Nullable
    Object plain() {
        if (value instanceof Map<?, ?>) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            entries().forEach((key, entry) -> map.put(key, entry.node.plain()));
            return java.util.Collections.unmodifiableMap(map);
        }
        if (value instanceof List<?>) {
            List<@Nullable Object> list = new ArrayList<>();
            items().forEach(item -> list.add(item.plain()));
            return java.util.Collections.unmodifiableList(list);
        }
        return value;
    }

    JsonNode json() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (value) {
            case null -> json.nullNode();
            case Map<?, ?> ignored -> {
                ObjectNode object = json.objectNode();
                entries().forEach((key, entry) -> object.set(key, entry.node.json()));
                yield object;
            }
            case List<?> ignored -> {
                ArrayNode array = json.arrayNode();
                items().forEach(item -> array.add(item.json()));
                yield array;
            }
            case String text -> json.stringNode(text);
            case Long number -> json.numberNode(number);
            case java.math.BigDecimal number -> json.numberNode(number);
            case Boolean flag -> json.booleanNode(flag);
            default -> throw new IllegalArgumentException("not a plain value: " + value.getClass());
        };
    }
}
