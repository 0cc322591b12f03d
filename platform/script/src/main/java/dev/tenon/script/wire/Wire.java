package dev.tenon.script.wire;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Names and limits that both sides of the socket must agree on. */
public final class Wire {

    /** Decimals stay exact, and nothing nests deeper than a parser can follow. */
    public static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(200)
                            .maxStringLength(32 * 1024 * 1024)
                            .maxNumberLength(1100)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Longest frame in either direction: a package's scripts fit, a flood does not. */
    public static final int MAX_FRAME = 32 * 1024 * 1024;

    /** Printed by a worker when it listens and is warm. */
    public static final String READY = "TENON-WORKER-READY";

    /** After asking a script's context to close, how long until the whole process is given up. */
    public static final long GRACE_MILLIS = 2000;

    private Wire() {}
}
