package dev.tenon.web.odata;

import dev.tenon.web.errors.WebError;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request of a batch that is due: what it refers to is known.
 *
 * @param batch the request that brought the batch
 * @param headers by their names in lower case
 */
record BatchPart(
        ODataRequest batch,
        String method,
        String path,
        @Nullable String query,
        Map<String, String> headers,
        @Nullable Object body)
        implements ODataRequest {

    /** Said once for the whole batch where a part says nothing else. Preferences are each part's own. */
    private static final Set<String> SHARED = Set.of("accept", "odata-maxversion");

    @Override
    public @Nullable String header(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        String own = headers.get(key);
        if (own != null) {
            return own;
        }
        if (SHARED.contains(key)) {
            return batch.header(name);
        }
        return key.equals("content-type") ? "application/json" : null;
    }

    @Override
    public String root() {
        return batch.root();
    }

    @Override
    public boolean empty() {
        return body == null;
    }

    @Override
    public Map<String, @Nullable Object> members() {
        if (!(body instanceof Map<?, ?> object)) {
            throw WebError.MALFORMED_BODY
                    .error()
                    .with("reason", "a JSON object is expected")
                    .build();
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        object.forEach((name, value) -> members.put(String.valueOf(name), value));
        return members;
    }
}
