package dev.tenon.script.internal;

import dev.tenon.script.wire.Wire;
import dev.tenon.sdk.record.RecordData;
import dev.tenon.sdk.record.RecordLock;
import java.math.BigDecimal;
import java.math.BigInteger;
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
 * Java values to the JSON a script sees, and back. JavaScript has only binary floating point: a number that survives it
 * unchanged goes as a number, any other as its decimal text. What comes back is the shortest decimal text of a number.
 */
final class JsonValues {

    private static final long MAX_SAFE = (1L << 53) - 1;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonValues() {}

    static JsonNode toJson(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case Boolean truth -> NODES.booleanNode(truth);
            case Long number -> integer(number);
            case Integer number -> NODES.numberNode(number);
            case Short number -> NODES.numberNode(number);
            case BigDecimal number -> decimal(number);
            case BigInteger number -> decimal(new BigDecimal(number));
            case Double number -> number.isNaN() || number.isInfinite() ? NODES.nullNode() : NODES.numberNode(number);
            case Map<?, ?> map -> {
                ObjectNode node = NODES.objectNode();
                map.forEach((key, entry) -> node.set(String.valueOf(key), toJson(entry)));
                yield node;
            }
            case Iterable<?> list -> {
                ArrayNode node = NODES.arrayNode();
                list.forEach(entry -> node.add(toJson(entry)));
                yield node;
            }
            case RecordData record -> record(record);
            // Ids, dates and times as their ISO text; anything else as its own.
            default -> NODES.stringNode(value.toString());
        };
    }

    /** A record flat: its fields, beside them id and version. */
    static ObjectNode record(RecordData record) {
        ObjectNode node = NODES.objectNode();
        record.values().forEach((field, value) -> node.set(field, toJson(value)));
        return node.put("id", record.id().toString()).put("version", record.version());
    }

    static ObjectNode lock(RecordLock lock) {
        ObjectNode node = NODES.objectNode();
        node.set("by", toJson(lock.by().orElse(null)));
        node.set("at", toJson(lock.at()));
        node.set("reason", toJson(lock.reason().orElse(null)));
        return node;
    }

    private static JsonNode integer(long number) {
        return Math.abs(number) <= MAX_SAFE ? NODES.numberNode(number) : NODES.stringNode(Long.toString(number));
    }

    private static JsonNode decimal(BigDecimal number) {
        double binary = number.doubleValue();
        boolean survives = !Double.isInfinite(binary) && new BigDecimal(Double.toString(binary)).compareTo(number) == 0;
        return survives ? NODES.numberNode(binary) : NODES.stringNode(number.toPlainString());
    }

    static @Nullable Object toJava(JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            return null;
        }
        if (node.isString()) {
            return node.asString();
        }
        if (node.isBoolean()) {
            return node.asBoolean();
        }
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            boolean whole = node.isIntegralNumber() && node.canConvertToLong();
            return whole ? (Object) node.asLong() : number;
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            node.forEach(entry -> list.add(toJava(entry)));
            return list;
        }
        return toMap(node);
    }

    static Map<String, @Nullable Object> toMap(JsonNode node) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        node.properties().forEach(entry -> map.put(entry.getKey(), toJava(entry.getValue())));
        return map;
    }

    static String text(JsonNode node) {
        return Wire.JSON.writeValueAsString(node);
    }
}
