package dev.tenon.web.odata;

import dev.tenon.records.Aggregation;
import dev.tenon.records.Page;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RecordsError;
import dev.tenon.records.Row;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.plugin.ActionResult;
import dev.tenon.web.Json;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.model.VisibleObject;
import dev.tenon.web.security.RequestCaller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.olingo.server.api.uri.UriInfo;
import org.apache.olingo.server.api.uri.UriInfoResource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.core.JsonGenerator;

/** The data API: reads the address, asks the session, writes the answer. */
@RestController
class ODataController {

    private final RequestCaller caller;
    private final Services services;

    ODataController(RequestCaller caller, Services services) {
        this.caller = caller;
        this.services = services;
    }

    /** One request: its session pins the model, so that the metadata and the data of the answer agree. */
    private record Asked(RecordSession session, Service service, UriInfo uri, Target target, Format format) {

        UriInfoResource options() {
            return uri.asUriInfoResource();
        }

        QueryTranslation translation() {
            return new QueryTranslation(session, service.visible());
        }

        VisibleObject object(String name) {
            return service.visible().require(name);
        }
    }

    private Asked asked(HttpServletRequest request) {
        RecordSession session = caller.records();
        Service service = services.of(session);
        UriInfo uri = service.parse(path(request), request.getQueryString());
        Target target = Target.of(uri);
        Format format = target instanceof Target.MetadataDocument || target instanceof Target.Count
                ? new Format(true, false, Format.version(request))
                : Format.of(request, formatOption(uri));
        return new Asked(session, service, uri, target, format);
    }

    private static @Nullable String formatOption(UriInfo uri) {
        return uri.getSystemQueryOptions().stream()
                .filter(o -> o.getName().equals("$format"))
                .map(o -> o.getText())
                .findFirst()
                .orElse(null);
    }

    private static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length() + "/odata".length());
    }

    private static String root() {
        return ServletUriComponentsBuilder.fromCurrentContextPath()
                .path("/odata/")
                .toUriString();
    }

    @GetMapping({"/odata", "/odata/**"})
    void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Asked asked = asked(request);
        switch (asked.target()) {
            case Target.ServiceDocument _ -> serviceDocument(asked, response);
            case Target.MetadataDocument _ -> metadata(asked, request, response);
            case Target.All all -> list(asked, all.object(), request, response);
            case Target.Count count -> count(asked, count.object(), request, response);
            case Target.One one -> one(asked, one, request, response);
            case Target.Run _ -> throw method(request, "POST");
        }
    }

    private void serviceDocument(Asked asked, HttpServletResponse response) throws IOException {
        write(asked, response, 200, json -> {
            json.writeStartObject();
            context(asked, json, "");
            json.writeName("value");
            json.writeStartArray();
            for (String name : asked.service().visible().objects().keySet()) {
                json.writeStartObject();
                json.writeStringProperty("name", name);
                json.writeStringProperty("kind", "EntitySet");
                json.writeStringProperty("url", name);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private void metadata(Asked asked, HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean json = Format.metadataAsJson(request, formatOption(asked.uri()));
        byte[] document =
                json ? asked.service().metadataJson() : asked.service().metadataXml();
        response.setHeader("OData-Version", asked.format().version());
        response.setHeader("Cache-Control", "private, no-cache");
        response.setContentType(json ? "application/json" : "application/xml");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setContentLength(document.length);
        response.getOutputStream().write(document);
    }

    private void list(Asked asked, String object, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        UriInfoResource options = asked.options();
        QueryTranslation translation = asked.translation();
        QueryTranslation.Criteria criteria = translation.criteria(object, options, request.getParameter("view"));
        if (options.getApplyOption() != null) {
            groups(asked, object, criteria, response);
            return;
        }
        Shape shape = translation.shape(object, options.getSelectOption(), options.getExpandOption());
        Paging paging = Paging.of(options, request.getHeader("Prefer"));
        boolean count =
                options.getCountOption() != null && options.getCountOption().getValue();
        Page page = asked.session()
                .query(new Query(
                        object,
                        shape.selection(),
                        criteria.filter(),
                        criteria.sort(),
                        Math.max(1, paging.rows()),
                        paging.skip(),
                        count));
        List<Row> rows = paging.rows() == 0 ? List.of() : page.rows();
        Optional<String> next = paging.next(page, request);
        write(asked, response, 200, json -> {
            json.writeStartObject();
            context(asked, json, "#" + object + shape.context());
            count(asked, json, page.count());
            json.writeName("value");
            new RowWriter(json, asked.format().numbersAsText()).rows(rows, shape);
            next.ifPresent(link -> json.writeStringProperty("@odata.nextLink", link));
            json.writeEndObject();
        });
    }

    private static void count(Asked asked, JsonGenerator json, OptionalLong count) {
        if (count.isPresent()) {
            json.writeName("@odata.count");
            new RowWriter(json, asked.format().numbersAsText()).value(count.getAsLong());
        }
    }

    private void groups(Asked asked, String object, QueryTranslation.Criteria criteria, HttpServletResponse response)
            throws IOException {
        UriInfoResource options = asked.options();
        if (options.getOrderByOption() != null
                || options.getSkipOption() != null
                || options.getSelectOption() != null
                || options.getExpandOption() != null
                || options.getFilterOption() != null) {
            throw QueryTranslation.unsupported("$filter, $orderby, $skip, $select, $expand beside $apply");
        }
        int limit = options.getTopOption() == null
                ? Limits.GROUPS
                : Math.clamp(options.getTopOption().getValue(), 1, Limits.GROUPS);
        Aggregation aggregation = ApplyTranslation.translate(
                options.getApplyOption(), criteria.filter(), asked.translation().paths(object), limit);
        List<Map<String, @Nullable Object>> groups = asked.session().aggregate(aggregation);
        write(asked, response, 200, json -> {
            json.writeStartObject();
            context(asked, json, "#" + object);
            json.writeName("value");
            new RowWriter(json, asked.format().numbersAsText()).groups(groups);
            json.writeEndObject();
        });
    }

    private void count(Asked asked, String object, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        QueryTranslation.Criteria criteria =
                asked.translation().criteria(object, asked.options(), request.getParameter("view"));
        List<Map<String, @Nullable Object>> counted = asked.session()
                .aggregate(new Aggregation(
                        object,
                        criteria.filter(),
                        List.of(),
                        List.of(new Aggregation.Measure("n", Aggregation.Function.COUNT, Optional.empty())),
                        1));
        Object number = counted.isEmpty() ? 0L : counted.getFirst().get("n");
        response.setHeader("OData-Version", asked.format().version());
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("text/plain;charset=utf-8");
        response.getOutputStream().write(String.valueOf(number).getBytes(StandardCharsets.UTF_8));
    }

    private void one(Asked asked, Target.One one, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        UriInfoResource options = asked.options();
        Shape shape = asked.translation().shape(one.object(), options.getSelectOption(), options.getExpandOption());
        Row row = asked.session()
                .find(one.object(), one.id(), shape.selection())
                .orElseThrow(() -> notFound(one.object(), one.id()));
        String known = request.getHeader("If-None-Match");
        if (known != null
                && known.strip().equals(ETags.of(row.version()))
                && shape.parents().isEmpty()
                && shape.children().isEmpty()) {
            response.setHeader("ETag", ETags.of(row.version()));
            response.setStatus(304);
            return;
        }
        row(asked, response, 200, row, shape);
    }

    @PostMapping({"/odata", "/odata/**"})
    void create(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Asked asked = asked(request);
        switch (asked.target()) {
            case Target.All all -> {
                VisibleObject object = asked.object(all.object());
                requireJson(request);
                Map<String, @Nullable Object> values = BodyReader.values(object, request.getInputStream());
                Row row = PropertyPointers.in(object, () -> asked.session().create(all.object(), values));
                response.setHeader("Location", root() + all.object() + "(" + row.id() + ")");
                answer(asked, request, response, 201, row, object);
            }
            case Target.Run run -> {
                boolean empty = request.getContentLengthLong() == 0
                        || (request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") == null);
                Map<String, @Nullable Object> parameters = BodyReader.parameters(request.getInputStream(), empty);
                ActionResult result = asked.session().runAction(run.object(), run.id(), run.action(), parameters);
                Map<String, @Nullable Object> body = new LinkedHashMap<>();
                body.put("message", result.message());
                body.put("values", result.values());
                byte[] bytes = Json.MAPPER.writeValueAsBytes(body);
                head(asked, response, 200);
                response.getOutputStream().write(bytes);
            }
            case Target.ServiceDocument _, Target.MetadataDocument _, Target.Count _ -> throw method(request, "GET");
            case Target.One _ -> throw method(request, "GET, PATCH, DELETE");
        }
    }

    @PatchMapping("/odata/**")
    void update(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Asked asked = asked(request);
        Target.One one = requireOne(asked, request);
        Optional<Long> version = ETags.ifMatch(request.getHeader("If-Match"));
        VisibleObject object = asked.object(one.object());
        requireJson(request);
        Map<String, @Nullable Object> changes = BodyReader.values(object, request.getInputStream());
        Row row = PropertyPointers.in(object, () -> asked.session().update(one.object(), one.id(), version, changes));
        answer(asked, request, response, 200, row, object);
    }

    @DeleteMapping("/odata/**")
    void delete(HttpServletRequest request, HttpServletResponse response) {
        Asked asked = asked(request);
        Target.One one = requireOne(asked, request);
        asked.session().delete(one.object(), one.id(), ETags.ifMatch(request.getHeader("If-Match")));
        response.setHeader("OData-Version", asked.format().version());
        response.setStatus(204);
    }

    private static Target.One requireOne(Asked asked, HttpServletRequest request) {
        return switch (asked.target()) {
            case Target.One one -> one;
            case Target.All _ -> throw method(request, "GET, POST");
            case Target.Run _ -> throw method(request, "POST");
            case Target.ServiceDocument _, Target.MetadataDocument _, Target.Count _ -> throw method(request, "GET");
        };
    }

    private static void requireJson(HttpServletRequest request) {
        String type = request.getContentType();
        if (type == null || !type.toLowerCase(java.util.Locale.ROOT).startsWith("application/json")) {
            throw WebError.UNSUPPORTED_MEDIA_TYPE
                    .error()
                    .with("type", type == null ? "-" : type)
                    .with("supported", "application/json")
                    .build();
        }
    }

    private static PlatformException method(HttpServletRequest request, String allowed) {
        return WebError.METHOD_NOT_ALLOWED
                .error()
                .with("method", request.getMethod())
                .with("allowed", allowed)
                .build();
    }

    private static PlatformException notFound(String object, UUID id) {
        return PlatformException.of(RecordsError.NOT_FOUND)
                .with("object", object)
                .with("id", id)
                .build();
    }

    private void answer(
            Asked asked,
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            Row row,
            VisibleObject object)
            throws IOException {
        String prefer = request.getHeader("Prefer");
        if (prefer != null && prefer.contains("return=minimal")) {
            response.setHeader("OData-Version", asked.format().version());
            response.setHeader("Preference-Applied", "return=minimal");
            response.setHeader("ETag", ETags.of(row.version()));
            response.setHeader("OData-EntityId", root() + object.name() + "(" + row.id() + ")");
            response.setStatus(204);
            return;
        }
        row(asked, response, status, row, Shape.all(object));
    }

    private void row(Asked asked, HttpServletResponse response, int status, Row row, Shape shape) throws IOException {
        response.setHeader("ETag", ETags.of(row.version()));
        write(asked, response, status, json -> {
            json.writeStartObject();
            context(asked, json, "#" + row.object() + shape.context() + "/$entity");
            new RowWriter(json, asked.format().numbersAsText()).members(row, shape);
            json.writeEndObject();
        });
    }

    private static void context(Asked asked, JsonGenerator json, String fragment) {
        if (asked.format().metadata()) {
            json.writeStringProperty("@odata.context", root() + "$metadata" + fragment);
        }
    }

    private static void head(Asked asked, HttpServletResponse response, int status) {
        response.setStatus(status);
        response.setHeader("OData-Version", asked.format().version());
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(asked.format().contentType());
        response.setCharacterEncoding(StandardCharsets.UTF_8);
    }

    private static void write(Asked asked, HttpServletResponse response, int status, Consumer<JsonGenerator> body)
            throws IOException {
        head(asked, response, status);
        try (JsonGenerator json = Json.MAPPER.createGenerator(response.getOutputStream())) {
            body.accept(json);
        }
    }
}
