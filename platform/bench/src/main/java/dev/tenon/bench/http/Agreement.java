package dev.tenon.bench.http;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks that both servers tell the same: what is compared below must be the same work. */
final class Agreement {

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Agreement() {}

    static void check(String what, String tenon, String handWritten) {
        compare(what, JSON.readTree(tenon), JSON.readTree(handWritten));
    }

    private static void compare(String path, JsonNode tenon, JsonNode hand) {
        if (tenon.isObject() && hand.isObject()) {
            Set<String> names = new HashSet<>(hand.propertyNames());
            tenon.propertyNames().stream().filter(n -> !n.startsWith("@")).forEach(names::add);
            for (String name : names) {
                String annotated = name.equals("count") && tenon.has("@odata.count") ? "@odata.count" : name;
                compare(path + "/" + name, tenon.path(annotated), hand.path(name));
            }
        } else if (tenon.isArray() && hand.isArray() && tenon.size() == hand.size()) {
            for (int i = 0; i < tenon.size(); i++) {
                compare(path + "/" + i, tenon.get(i), hand.get(i));
            }
        } else if (!same(tenon, hand)) {
            throw new IllegalStateException(path + ": " + tenon + " is not " + hand);
        }
    }

    private static boolean same(JsonNode tenon, JsonNode hand) {
        if (tenon.isNumber() && hand.isNumber()) {
            BigDecimal number = tenon.decimalValue();
            return number.compareTo(hand.decimalValue()) == 0;
        }
        return tenon.isNull() && hand.isNull() || tenon.isValueNode() && tenon.equals(hand);
    }
}
