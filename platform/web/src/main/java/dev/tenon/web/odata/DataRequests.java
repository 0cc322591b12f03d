package dev.tenon.web.odata;

import dev.tenon.expression.Expr;
import dev.tenon.records.Aggregation;
import dev.tenon.records.Page;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RecordsError;
import dev.tenon.records.Row;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.model.VisibleModel;
import dev.tenon.web.model.VisibleObject;
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

    ODataAnswer answer(RecordSession caller, ODataRequest request) {
        RecordSession session = AllowedDuplicates.of(caller, request);
        return AlternateKey.of(session, services.of(session), request)
                .map(key -> settled(session, request, key))
                .orElseGet(() -> plain(session, request));
    }

    private ODataAnswer plain(RecordSession session, ODataRequest request) {
        return switch (request.method()) {
            // A server answers HEAD as GET and keeps the body to itself.
            case "GET", "HEAD" -> read(session, request);
            case "POST" -> Saves.create(asked(session, request));
            case "PATCH" -> Saves.update(asked(session, request));
            case "PUT" -> Saves.replace(asked(session, request));
            case "DELETE" -> Saves.delete(asked(session, request));
            default -> throw Asked.notPossible(request, "GET, POST, PATCH, PUT, DELETE");
        };
    }

    /** Where somebody else has made the record in between, it is there now. */
    private ODataAnswer settled(RecordSession session, ODataRequest request, AlternateKey key) {
        try {
            return answer(session, request, key);
        } catch (PlatformException taken) {
            if (taken.code() != RecordsError.DUPLICATE
                    || session.transactionRuns()
                    || key.find(session).isEmpty()) {
                throw taken;
            }
            return answer(session, request, key);
        }
    }

    /** A change by a key makes the record where it is not there, unless the caller says which one he means. */
    private ODataAnswer answer(RecordSession session, ODataRequest request, AlternateKey key) {
        Optional<UUID> id = key.find(session);
        boolean changing = request.method().equals("PATCH") && key.rest().isEmpty();
        boolean onlyNew = changing && request.header("If-None-Match") != null;
        boolean onlyKnown = request.header("If-Match") != null;
        if (id.isEmpty()) {
            if (changing && !onlyKnown) {
                return Saves.create(
                        asked(session, new Addressed(request, "/" + key.object().name())), key);
            }
            throw notFound(key.object().name(), key.value());
        }
        if (onlyNew) {
            throw WebError.ODATA_KEY_TAKEN
                    .error()
                    .with("object", key.object().name())
                    .build();
        }
        ODataRequest byId = new Addressed(request, "/" + key.object().name() + "(" + id.get() + ")" + key.rest());
        return changing && !onlyKnown ? Saves.update(asked(session, byId), Optional.empty()) : plain(session, byId);
    }

    /** What the caller may know. */
    VisibleModel visible(RecordSession session) {
        return services.of(session).visible();
    }

    private Asked asked(RecordSession session, ODataRequest request) {
        return Asked.of(session, services.of(session), request);
    }

    private ODataAnswer read(RecordSession session, ODataRequest request) {
        Asked asked = asked(session, request);
        return switch (asked.target()) {
            case Target.ServiceDocument _ -> serviceDocument(asked);
            case Target.MetadataDocument _ -> metadata(asked);
            case Target.All all -> list(asked, all.object(), Optional.empty());
            case Target.Count count -> count(asked, count.object(), Optional.empty());
            case Target.Members of -> members(asked, of);
            case Target.Referred way ->
                Navigation.referred(asked, way)
                        .map(id -> one(asked, new Target.One(Navigation.target(asked, way), id)))
                        .orElseGet(() -> ODataAnswer.withoutBody(204, asked.head()));
            case Target.ReferenceOf reference -> ReferenceLinks.read(asked, reference);
            case Target.Property property -> Navigation.property(asked, property);
            case Target.One one -> one(asked, one);
            case Target.Me _ -> singletons.me(asked);
            case Target.Tenant _ -> singletons.tenant(asked);
            case Target.Call call -> BoundCalls.call(asked, call);
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
        String tag = ETags.of(document);
        headers.put("ETag", tag);
        if (tag.equals(asked.request().header("If-None-Match"))) {
            return ODataAnswer.withoutBody(304, headers);
        }
        return ODataAnswer.of(200, headers, out -> out.write(document));
    }

    private static ODataAnswer members(Asked asked, Target.Members of) {
        VisibleObject.Collection collection = Navigation.require(asked, of).requireCollection(of.collection());
        Optional<Expr> belongs = Optional.of(Navigation.belongs(asked, of, collection));
        return of.count() ? count(asked, collection.object(), belongs) : list(asked, collection.object(), belongs);
    }

    /** @param among which of the object's records are listed */
    private static ODataAnswer list(Asked asked, String object, Optional<Expr> among) {
        UriInfoResource options = asked.options();
        QueryTranslation translation = asked.translation();
        QueryTranslation.Criteria criteria =
                translation.criteria(object, options, asked.request().parameter("view"), among);
        if (criteria.groups().isPresent()) {
            return groups(asked, object, criteria.groups().get());
        }
        Shape shape =
                translation.shape(object, options.getSelectOption(), options.getExpandOption(), criteria.computed());
        Paging paging = Paging.of(options, asked.request().header("Prefer"))
                .within(criteria, options.getSkipTokenOption() != null);
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
        Map<String, String> headers = asked.jsonHead();
        paging.preferred().ifPresent(size -> headers.put("Preference-Applied", "maxpagesize=" + size));
        return asked.json(200, headers, json -> {
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

    private static ODataAnswer groups(Asked asked, String object, QueryTranslation.Groups asking) {
        UriInfoResource options = asked.options();
        if (options.getSkipTokenOption() != null
                || options.getSelectOption() != null
                || options.getExpandOption() != null
                || options.getCountOption() != null) {
            throw QueryTranslation.unsupported("$select, $expand, $count, $skiptoken beside groups");
        }
        Paging paging = Paging.of(options, null);
        // One more than is answered tells that there are further ones.
        Aggregation aggregation = asking.ask(
                paging.remaining().map(top -> Math.min(top, Limits.GROUPS + 1)).orElse(Limits.GROUPS + 1),
                paging.skip());
        List<Map<String, @Nullable Object>> found =
                aggregation.limit() == 0 ? List.of() : asked.session().aggregate(aggregation);
        boolean further = found.size() > Limits.GROUPS;
        List<Map<String, @Nullable Object>> groups = further ? found.subList(0, Limits.GROUPS) : found;
        return asked.json(200, asked.jsonHead(), json -> {
            json.writeStartObject();
            asked.context(json, "#" + object);
            json.writeName("value");
            asked.rows(json).groups(groups);
            if (further) {
                json.writeStringProperty("@odata.nextLink", paging.behind(Limits.GROUPS, asked.request()));
            }
            json.writeEndObject();
        });
    }

    private static ODataAnswer count(Asked asked, String object, Optional<Expr> among) {
        QueryTranslation.Criteria criteria = asked.translation()
                .criteria(object, asked.options(), asked.request().parameter("view"), among);
        if (criteria.groups().isPresent() || criteria.top().isPresent() || criteria.skip() > 0) {
            throw QueryTranslation.unsupported("$count of what $apply groups or limits");
        }
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
        return require(asked.session(), object, id, shape.selection());
    }

    static Row require(RecordSession session, String object, UUID id, Query.Selection selection) {
        return session.find(object, id, selection).orElseThrow(() -> notFound(object, id));
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

    private static PlatformException notFound(String object, @Nullable Object id) {
        return RecordsError.NOT_FOUND
                .error()
                .with("object", object)
                .with("id", id)
                .build();
    }
}
