package dev.tenon.web.odata;

import dev.tenon.records.Row;
import dev.tenon.records.ValueCodec;
import dev.tenon.sdk.plugin.ActionResult;
import dev.tenon.web.Json;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.model.VisibleObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers the requests of the data API that change something. */
final class Saves {

    private Saves() {}

    static ODataAnswer create(Asked asked) {
        return switch (asked.target()) {
            case Target.All all -> create(asked, asked.object(all.object()));
            case Target.Run run -> run(asked, run);
            case Target.Members members when !members.count() -> create(asked, members);
            case Target.ReferenceOf reference -> ReferenceLinks.add(asked, reference);
            case Target.ServiceDocument _,
                    Target.MetadataDocument _,
                    Target.Count _,
                    Target.Members _,
                    Target.Referred _,
                    Target.Property _,
                    Target.Call _,
                    Target.Me _,
                    Target.Tenant _ -> throw asked.notPossible("GET");
            case Target.One _ -> throw asked.notPossible("GET, PATCH, DELETE");
            // The other door takes a batch of its own.
            case Target.Batch _ -> throw WebError.ODATA_BATCH_NESTED.error().build();
        };
    }

    private static ODataAnswer create(Asked asked, VisibleObject object) {
        requireJson(asked.request());
        return create(asked, object, asked.request().members());
    }

    private static ODataAnswer create(Asked asked, VisibleObject object, Map<String, @Nullable Object> members) {
        DeepSave save = save(asked);
        return created(asked, save.create(object, members), save.shape(object, members));
    }

    private static ODataAnswer created(Asked asked, Row row, Shape shape) {
        ODataAnswer answer = answer(asked, 201, row, shape);
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.put("Location", asked.root() + DataRequests.address(row));
        return new ODataAnswer(answer.status(), headers, answer.content(), answer.entity());
    }

    /** A new record of a collection refers to the record that has the collection. */
    private static ODataAnswer create(Asked asked, Target.Members of) {
        requireJson(asked.request());
        VisibleObject.Collection collection = Navigation.require(asked, of).requireCollection(of.collection());
        VisibleObject object = asked.object(collection.object());
        Map<String, @Nullable Object> members =
                new LinkedHashMap<>(asked.request().members());
        if (collection.links().isPresent()) {
            return asked.session().inTransaction(() -> {
                DeepSave save = save(asked);
                Row row = save.create(object, members);
                ReferenceLinks.add(asked.session(), of, collection, row.id(), Optional.empty());
                return created(asked, row, save.shape(object, members));
            });
        }
        members.put(
                VisibleObject.property(object.require(collection.via())),
                of.id().toString());
        return create(asked, object, members);
    }

    private static DeepSave save(Asked asked) {
        return new DeepSave(asked.session(), asked.service().visible());
    }

    /** Makes the record that a key names and that is not there; {@code asked} is about its object. */
    static ODataAnswer create(Asked asked, AlternateKey key) {
        requireJson(asked.request());
        Map<String, @Nullable Object> members =
                new LinkedHashMap<>(asked.request().members());
        // As with any key, the address says it.
        members.put(VisibleObject.property(key.field()), ValueCodec.toJson(key.value()));
        return create(asked, key.object(), members);
    }

    private static ODataAnswer run(Asked asked, Target.Run run) {
        // Parameters of an action; an empty body is none.
        Map<String, @Nullable Object> parameters =
                asked.request().empty() ? Map.of() : asked.request().members();
        ActionResult result = asked.session().runAction(run.object(), run.id(), run.action(), parameters);
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("message", result.message());
        body.put("values", result.values());
        byte[] bytes = Json.MAPPER.writeValueAsBytes(body);
        return ODataAnswer.of(200, asked.jsonHead(), out -> out.write(bytes));
    }

    static ODataAnswer update(Asked asked) {
        return update(asked, ETags.ifMatch(asked.request().header("If-Match")));
    }

    /** References can be replaced; a record is only changed. */
    static ODataAnswer replace(Asked asked) {
        return switch (asked.target()) {
            case Target.ReferenceOf reference -> ReferenceLinks.replace(asked, reference);
            case Target.One _ -> throw asked.notPossible("GET, PATCH, DELETE");
            default -> throw asked.notPossible("GET");
        };
    }

    /** @param version empty for whatever is there */
    static ODataAnswer update(Asked asked, Optional<Long> version) {
        Target.One one = requireOne(asked);
        VisibleObject object = asked.object(one.object());
        requireJson(asked.request());
        Map<String, @Nullable Object> members = asked.request().members();
        DeepSave save = save(asked);
        Row row = save.update(object, one.id(), version, members);
        return answer(asked, 200, row, save.shape(object, members));
    }

    static ODataAnswer delete(Asked asked) {
        if (asked.target() instanceof Target.ReferenceOf reference) {
            return ReferenceLinks.remove(asked, reference);
        }
        Target.One one = requireOne(asked);
        asked.session()
                .delete(one.object(), one.id(), ETags.ifMatch(asked.request().header("If-Match")));
        return ODataAnswer.withoutBody(204, asked.head());
    }

    private static Target.One requireOne(Asked asked) {
        return switch (asked.target()) {
            case Target.One one -> one;
            case Target.All _ -> throw asked.notPossible("GET, POST");
            case Target.Run _, Target.Batch _ -> throw asked.notPossible("POST");
            case Target.Members members when !members.count() -> throw asked.notPossible("GET, POST");
            case Target.ReferenceOf _ -> throw asked.notPossible("GET, POST, PUT, DELETE");
            case Target.ServiceDocument _,
                    Target.MetadataDocument _,
                    Target.Count _,
                    Target.Members _,
                    Target.Referred _,
                    Target.Property _,
                    Target.Call _,
                    Target.Me _,
                    Target.Tenant _ -> throw asked.notPossible("GET");
        };
    }

    static void requireJson(ODataRequest request) {
        String type = request.header("Content-Type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw WebError.UNSUPPORTED_MEDIA_TYPE
                    .error()
                    .with("type", type == null ? "-" : type)
                    .with("supported", "application/json")
                    .build();
        }
    }

    private static ODataAnswer answer(Asked asked, int status, Row row, Shape shape) {
        String prefer = asked.request().header("Prefer");
        if (prefer == null || !prefer.contains("return=minimal")) {
            return DataRequests.row(
                    asked, status, row, shape, "#" + shape.object().name() + shape.context() + "/$entity");
        }
        Map<String, String> headers = asked.head();
        headers.put("Preference-Applied", "return=minimal");
        headers.put("ETag", ETags.of(row.version()));
        headers.put("OData-EntityId", asked.root() + DataRequests.address(row));
        return ODataAnswer.withoutBody(204, headers).about(DataRequests.address(row));
    }
}
