package dev.tenon.web.odata;

import dev.tenon.web.errors.WebError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code $compute}, which Olingo does not know as an option of its own, as what it is by OData's definition: the last step of
 * {@code $apply}. So it has Olingo's grammar, and what it names is known to the other options.
 */
final class ComputeOption {

    private static final String COMPUTE = "$compute";
    private static final String APPLY = "$apply";

    private ComputeOption() {}

    /** @param query still encoded */
    static @Nullable String applied(@Nullable String query) {
        if (query == null || !query.contains("compute=")) {
            return query;
        }
        List<String> others = new ArrayList<>();
        String apply = null;
        String compute = null;
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            String name = ODataRequest.decode(parts[0]);
            if (parts.length == 2 && name.equals(COMPUTE)) {
                compute = once(compute, parts[1]);
            } else if (parts.length == 2 && name.equals(APPLY)) {
                apply = once(apply, parts[1]);
            } else {
                others.add(pair);
            }
        }
        if (compute == null) {
            return query;
        }
        others.add(APPLY + "=" + (apply == null ? "" : apply + "/") + "compute(" + compute + ")");
        return String.join("&", others);
    }

    private static String once(@Nullable String before, String value) {
        if (before != null) {
            throw WebError.ODATA_SYNTAX
                    .error()
                    .with("reason", "an option is there twice")
                    .build();
        }
        return value;
    }
}
