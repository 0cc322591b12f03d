package dev.tenon.web.odata;

import dev.tenon.records.RecordSession;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.web.Json;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.model.VisibleObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.olingo.server.api.uri.UriInfo;
import org.apache.olingo.server.api.uri.UriInfoResource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A request that was understood. Its session pins the model, so that the metadata and the data of the answer agree. */
record Asked(RecordSession session, Service service, ODataRequest request, UriInfo uri, Target target, Format format) {

    static Asked of(RecordSession session, Service service, ODataRequest request) {
        UriInfo uri = service.parse(request.path(), request.query());
        Target target = Target.of(uri);
        uri.getSystemQueryOptions().stream()
                .filter(option -> !followed(option.getName(), target))
                .findFirst()
                .ifPresent(option -> {
                    throw QueryTranslation.unsupported(option.getName());
                });
        Format format = target instanceof Target.MetadataDocument || target instanceof Target.Count
                ? new Format(true, false, Format.version(request))
                : Format.of(request, formatOption(uri));
        return new Asked(session, service, request, uri, target, format);
    }

    /** The grammar knows more than is followed here; {@code $id} names one of the references of a collection. */
    private static boolean followed(String option, Target target) {
        return switch (option) {
            case "$deltatoken" -> false;
            case "$id" -> target instanceof Target.ReferenceOf;
            default -> true;
        };
    }

    private static @Nullable String formatOption(UriInfo uri) {
        return uri.getSystemQueryOptions().stream()
                .filter(o -> o.getName().equals("$format"))
                .map(o -> o.getText())
                .findFirst()
                .orElse(null);
    }

    @Nullable
    String formatOption() {
        return formatOption(uri);
    }

    UriInfoResource options() {
        return uri.asUriInfoResource();
    }

    QueryTranslation translation() {
        return new QueryTranslation(session, service.visible());
    }

    VisibleObject object(String name) {
        return service.visible().require(name);
    }

    PlatformException notPossible(String allowed) {
        return notPossible(request, allowed);
    }

    static PlatformException notPossible(ODataRequest request, String allowed) {
        return WebError.METHOD_NOT_ALLOWED
                .error()
                .with("method", request.method())
                .with("allowed", allowed)
                .build();
    }

    String root() {
        return request.root();
    }

    /** Headers of an answer without a body. */
    Map<String, String> head() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("OData-Version", format.version());
        return headers;
    }

    /** Headers of an answer in JSON. */
    Map<String, String> jsonHead() {
        Map<String, String> headers = head();
        headers.put("Cache-Control", "no-store");
        headers.put("Content-Type", format.contentType());
        return headers;
    }

    void context(JsonGenerator json, String fragment) {
        if (format.metadata()) {
            json.writeStringProperty("@odata.context", root() + "$metadata" + fragment);
        }
    }

    RowWriter rows(JsonGenerator json) {
        return new RowWriter(json, format.numbersAsText(), new FileValues(session, format.numbersAsText()), root());
    }

    ODataAnswer json(int status, Map<String, String> headers, Consumer<JsonGenerator> body) {
        return ODataAnswer.of(status, headers, out -> {
            try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
                body.accept(json);
            }
        });
    }
}
