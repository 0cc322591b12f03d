package dev.tenon.web;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.json.JsonMapper;

/** How this room reads and writes JSON: decimals stay exact, unknown members are mistakes, sizes are bounded. */
public final class Json {

    /** Nobody sends a number of a thousand digits in good faith; parsing one costs quadratic time. */
    private static final int MOST_DIGITS = 200;

    private static final int DEEPEST = 64;

    public static final JsonMapper MAPPER = configure(JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(MOST_DIGITS)
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build()))
            .build();

    private Json() {}

    /** The same rules for another mapper, above all the one Spring binds request bodies with. */
    static <B extends MapperBuilder<?, B>> B configure(B builder) {
        return builder.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN);
    }
}
