package dev.tenon.web.odata;

import dev.tenon.records.Aggregation;
import dev.tenon.records.Page;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RecordsError;
import dev.tenon.records.Row;
import dev.tenon.sdk.error.PlatformException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.olingo.server.api.uri.UriInfoResource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/** Answers requests of the data API: reads the address, asks the session, says what is to be written. */
@Component
class DataRequests {

    private final Services services;
    private final Singletons singletons;

    DataRequests(Services services, Singletons singletons) {
        this.services = services;
        this.singletons = singletons;
    }

    ODataAnswer answer(RecordSession session, ODataRequest request) {
        return switch (request.method()) {
            // A server answers HEAD as GET and keeps the body to itself.
            case "GET", "HEAD" -> read(session, request);
            case "POST" -> Saves.create(asked(session, request));
            case "PATCH" -> Saves.update(asked(session, request));
            case "DELETE" -> Saves.delete(asked(session, request));
            default -> throw Asked.notPossible(request, "GET, POST, PATCH, DELETE");
        };
    }

    private Asked asked(RecordSession session, ODataRequest request) {
        return Asked.of(session, services.of(session), request);
    }

    private ODataAnswer read(RecordSession session, ODataRequest request) {
        Asked asked = asked(session, request);
        return switch (asked.target()) {
            case Target.ServiceDocument _ -> serviceDocument(asked);
            case Target.MetadataDocument _ -> metadata(asked);
            case Target.All all -> list(asked, all.object());
            case Target.Count count -> count(asked, count.object());
            case Target.One one -> one(asked, one);
            case Target.Me _ -> singletons.me(asked);
            case Target.Tenant _ -> singletons.tenant(asked);
            case Target.Run _, Target.Batch _ -> throw asked.notPossible("POST");
        };
    }

    private static ODataAnswer serviceDocument(Asked asked) {
        return asked.json(200, asked.jsonHead(), json -> {
            json.writeStartObject();
            asked.context(json, "");
            json.writeName("value");
            json.writeStartArray();
            asked.service().visible().objects().keySet().forEach(name -> listed(json, name, "EntitySet"));
            ModelEdm.singletons(asked.service().visible()).forEach(name -> listed(json, name, "Singleton"));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void listed(JsonGenerator json, String name, String kind) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        json.writeStringProperty("kind", kind);
        json.writeStringProperty("url", name);
        json.writeEndObject();
    }

    private static ODataAnswer metadata(Asked asked) {
        boolean json = Format.metadataAsJson(asked.request(), asked.formatOption());
        byte[] document =
                json ? asked.service().metadataJson() : asked.service().metadataXml();
        Map<String, String> headers = asked.head();
        headers.put("Cache-Control", "private, no-cache");
        headers.put("Content-Type", json ? "application/json" : "application/xml");
        return ODataAnswer.of(200, headers, out -> out.write(document));
    }

    private static ODataAnswer list(Asked asked, String object) {
        UriInfoResource options = asked.options();
        QueryTranslation translation = asked.translation();
        QueryTranslation.Criteria criteria =
                translation.criteria(object, options, asked.request().parameter("view"));
        if (options.getApplyOption() != null) {
            return groups(asked, object, criteria);
        }
        Shape shape = translation.shape(object, options.getSelectOption(), options.getExpandOption());
        Paging paging = Paging.of(options, asked.request().header("Prefer"));
        PageTokens tokens = new PageTokens(object, criteria);
        boolean count =
                options.getCountOption() != null && options.getCountOption().getValue();
        Query query = new Query(
                object,
                shape.selection(),
                criteria.filter(),
                criteria.sort(),
                Math.max(1, paging.rows()),
                paging.skip(),
                count);
        Page page = asked.session().query(query.from(tokens.place(options.getSkipTokenOption())));
        List<Row> rows = paging.rows() == 0 ? List.of() : page.rows();
        Optional<String> next = paging.next(page, asked.request(), tokens);
        return asked.json(200, asked.jsonHead(), json -> {
            json.writeStartObject();
            asked.context(json, "#" + object + shape.context());
            count(asked, json, page.count());
            json.writeName("value");
            asked.rows(json).rows(rows, shape);
            next.ifPresent(link -> json.writeStringProperty("@odata.nextLink", link));
            json.writeEndObject();
        });
    }

    private static void count(Asked asked, JsonGenerator json, OptionalLong count) {
        if (count.isPresent()) {
            json.writeName("@odata.count");
            asked.rows(json).value(count.getAsLong());
        }
    }

    private static ODataAnswer groups(Asked asked, String object, QueryTranslation.Criteria criteria) {
        UriInfoResource options = asked.options();
        if (options.getOrderByOption() != null
                || options.getSkipOption() != null
                || options.getSkipTokenOption() != null
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
        return asked.json(200, asked.jsonHead(), json -> {
            json.writeStartObject();
            asked.context(json, "#" + object);
            json.writeName("value");
            asked.rows(json).groups(groups);
            json.writeEndObject();
        });
    }

    private static ODataAnswer count(Asked asked, String object) {
        QueryTranslation.Criteria criteria = asked.translation()
                .criteria(object, asked.options(), asked.request().parameter("view"));
        List<Map<String, @Nullable Object>> counted = asked.session()
                .aggregate(new Aggregation(
                        object,
                        criteria.filter(),
                        List.of(),
                        List.of(new Aggregation.Measure("n", Aggregation.Function.COUNT, Optional.empty())),
                        1));
        Object number = counted.isEmpty() ? 0L : counted.getFirst().get("n");
        Map<String, String> headers = asked.head();
        headers.put("Cache-Control", "no-store");
        headers.put("Content-Type", "text/plain");
        return ODataAnswer.of(
                200, headers, out -> out.write(String.valueOf(number).getBytes(StandardCharsets.UTF_8)));
    }

    private static ODataAnswer one(Asked asked, Target.One one) {
        UriInfoResource options = asked.options();
        Shape shape = asked.translation().shape(one.object(), options.getSelectOption(), options.getExpandOption());
        return known(asked, require(asked, one.object(), one.id(), shape), shape, one.object(), "/$entity");
    }

    static Row require(Asked asked, String object, UUID id, Shape shape) {
        return asked.session().find(object, id, shape.selection()).orElseThrow(() -> notFound(object, id));
    }

    /** A row that was read; only that it is the same where the caller has it already. */
    static ODataAnswer known(Asked asked, Row row, Shape shape, String set, String end) {
        String known = asked.request().header("If-None-Match");
        if (known != null
                && known.strip().equals(ETags.of(row.version()))
                && shape.parents().isEmpty()
                && shape.children().isEmpty()) {
            return ODataAnswer.withoutBody(304, Map.of("ETag", ETags.of(row.version())))
                    .about(address(row));
        }
        return row(asked, 200, row, shape, "#" + set + shape.context() + end);
    }

    /** A row as an answer of its own. */
    static ODataAnswer row(Asked asked, int status, Row row, Shape shape, String context) {
        Map<String, String> headers = asked.jsonHead();
        headers.put("ETag", ETags.of(row.version()));
        return asked.json(status, headers, json -> {
                    json.writeStartObject();
                    asked.context(json, context);
                    asked.rows(json).members(row, shape);
                    json.writeEndObject();
                })
                .about(address(row));
    }

    /** Behind the service's own address. */
    static String address(Row row) {
        return row.object() + "(" + row.id() + ")";
    }

    private static PlatformException notFound(String object, UUID id) {
        return PlatformException.of(RecordsError.NOT_FOUND)
                .with("object", object)
                .with("id", id)
                .build();
    }
}
