package dev.tenon.web.odata;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request to the data API, whether it came by itself or as a part of a batch. */
interface ODataRequest {

    String method();

    /** Behind {@code /odata}, still encoded. */
    String path();

    /** Still encoded. */
    @Nullable
    String query();

    @Nullable
    String header(String name);

    /** The service's address as the caller knows it, with a slash at its end. */
    String root();

    /** Whether nothing was sent beside the address and the headers. */
    boolean empty();

    /** Members of the JSON object that was sent. Throws {@code web.malformed-body} where it is none. */
    Map<String, @Nullable Object> members();

    /** A parameter of the address that is not OData's own. */
    default @Nullable String parameter(String name) {
        String query = query();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                if (parts.length == 2 && decode(parts[0]).equals(name)) {
                    return decode(parts[1]);
                }
            }
        }
        return null;
    }

    /** As it is where it is not encoded well; whoever parses the address says so. */
    static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return encoded;
        }
    }
}
