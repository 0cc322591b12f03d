package dev.tenon.web.odata;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is answered to a request of the data API.
 *
 * @param content absent where there is no body; written once
 * @param entity the address of the row that was read or saved, behind {@code /odata/}
 */
record ODataAnswer(int status, Map<String, String> headers, Optional<Content> content, Optional<String> entity) {

    ODataAnswer {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Writes a body, as the rows come. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    static ODataAnswer of(int status, Map<String, String> headers, Content content) {
        return new ODataAnswer(status, headers, Optional.of(content), Optional.empty());
    }

    static ODataAnswer withoutBody(int status, Map<String, String> headers) {
        return new ODataAnswer(status, headers, Optional.empty(), Optional.empty());
    }

    ODataAnswer about(String row) {
        return new ODataAnswer(status, headers, content, Optional.of(row));
    }
}
