package dev.tenon.web.errors;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error as it is sent: problem details with the platform's own members. */
public record Problem(int status, Map<String, @Nullable Object> body) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        body = Collections.unmodifiableMap(new LinkedHashMap<>(body));
    }
}
