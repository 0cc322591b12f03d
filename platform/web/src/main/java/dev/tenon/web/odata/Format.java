package dev.tenon.web.odata;

import dev.tenon.web.errors.WebError;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * How the caller wants an answer.
 *
 * @param metadata whether context addresses are written ({@code odata.metadata} is not {@code none})
 * @param numbersAsText {@code IEEE754Compatible=true}
 * @param version of the protocol, the highest that both sides speak
 */
record Format(boolean metadata, boolean numbersAsText, String version) {

    private static final MediaType JSON = MediaType.APPLICATION_JSON;

    static Format of(ODataRequest request, @Nullable String format) {
        List<MediaType> accepted = accepted(request, format);
        MediaType wanted = accepted.stream()
                .filter(type -> type.includes(JSON) || type.isCompatibleWith(JSON))
                .findFirst()
                .orElseThrow(() ->
                        WebError.NOT_ACCEPTABLE.error().with("supported", JSON).build());
        String metadata = wanted.getParameter("odata.metadata");
        if (metadata == null) {
            metadata = wanted.getParameter("metadata");
        }
        return new Format(
                !"none".equalsIgnoreCase(metadata),
                "true".equalsIgnoreCase(wanted.getParameter("IEEE754Compatible")),
                version(request));
    }

    static String version(ODataRequest request) {
        return "4.0".equals(request.header("OData-MaxVersion")) ? "4.0" : "4.01";
    }

    private static List<MediaType> accepted(ODataRequest request, @Nullable String format) {
        try {
            if (format != null) {
                return switch (format.toLowerCase(Locale.ROOT)) {
                    case "json" -> List.of(JSON);
                    case "xml" -> List.of(MediaType.APPLICATION_XML);
                    default -> MediaType.parseMediaTypes(format);
                };
            }
            String header = request.header("Accept");
            return header == null || header.isBlank() ? List.of(JSON) : preferred(MediaType.parseMediaTypes(header));
        } catch (InvalidMediaTypeException malformed) {
            throw WebError.NOT_ACCEPTABLE.error().with("supported", JSON).build();
        }
    }

    /** The best liked first. */
    private static List<MediaType> preferred(List<MediaType> types) {
        return types.stream()
                .filter(type -> type.getQualityValue() > 0)
                .sorted(Comparator.comparingDouble(MediaType::getQualityValue).reversed())
                .toList();
    }

    /** Whether the metadata document is wanted as JSON; XML is what every client reads. */
    static boolean metadataAsJson(ODataRequest request, @Nullable String format) {
        if (format == null && request.header("Accept") == null) {
            return false;
        }
        List<MediaType> accepted = accepted(request, format);
        for (MediaType type : accepted) {
            if (type.includes(MediaType.APPLICATION_XML)) {
                return false;
            }
            if (type.includes(JSON)) {
                return true;
            }
        }
        throw WebError.NOT_ACCEPTABLE
                .error()
                .with("supported", MediaType.APPLICATION_XML + ", " + JSON)
                .build();
    }

    String contentType() {
        return "application/json;odata.metadata=" + (metadata ? "minimal" : "none")
                + (numbersAsText ? ";IEEE754Compatible=true" : "");
    }
}
