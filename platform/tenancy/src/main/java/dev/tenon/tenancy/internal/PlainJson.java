package dev.tenon.tenancy.internal;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Property values of the metadata as JSON: text, exact numbers, booleans, lists, maps. */
final class PlainJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private PlainJson() {}

    static @Nullable String write(@Nullable Object value) {
        return value == null ? null : JSON.writeValueAsString(value);
    }

    static @Nullable Object read(@Nullable String json) {
        return json == null ? null : JSON.readValue(json, Object.class);
    }
}
