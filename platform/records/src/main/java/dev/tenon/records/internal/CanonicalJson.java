package dev.tenon.records.internal;

import dev.tenon.records.RecordsError;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One text for each JSON value: names sorted, no spaces, numbers with the digits that were sent. */
public final class CanonicalJson {

    /** Deeper than anybody reads. */
    static final int MOST_LEVELS = 32;

    private static final int MOST_DIGITS = 100;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_LEVELS)
                            .maxNumberLength(MOST_DIGITS)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private CanonicalJson() {}

    /** The text of a value that a caller has read already, with numbers in as few digits as they came in. */
    public static String write(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** Throws {@code records.malformed-json} or {@code records.json-too-deep} naming {@code field}. */
    static String of(String field, String text) {
        try {
            return JSON.writeValueAsString(JSON.readValue(text, Object.class));
        } catch (StreamConstraintsException tooMuch) {
            throw RecordsError.JSON_TOO_DEEP
                    .error()
                    .with("field", field)
                    .with("levels", MOST_LEVELS)
                    .with("digits", MOST_DIGITS)
                    .causedBy(tooMuch)
                    .build();
        } catch (JacksonException notJson) {
            TokenStreamLocation at = notJson.getLocation();
            throw RecordsError.MALFORMED_JSON
                    .error()
                    .with("field", field)
                    .with("line", at == null ? 1 : at.getLineNr())
                    .with("column", at == null ? 1 : at.getColumnNr())
                    .causedBy(notJson)
                    .build();
        }
    }
}
