package dev.tenon.web.odata;

import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.LinkChange;
import dev.tenon.records.Page;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RecordsError;
import dev.tenon.records.Row;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.model.VisibleObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.olingo.server.api.uri.UriInfoResource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * {@code $ref}: the addresses of the records that a way leads to, and ways set and taken away by them. Each change is a
 * save of the record that has the reference, with its rights, triggers and history; a version is asked for only where the
 * caller names one, so that two who add different records both win.
 */
final class ReferenceLinks {

    private static final String NAME = "$ref";

    private ReferenceLinks() {}

    static ODataAnswer read(Asked asked, Target.ReferenceOf of) {
        if (of.collection() && of.member().isEmpty()) {
            return list(asked, of);
        }
        if (of.collection()) {
            throw asked.notPossible("DELETE");
        }
        Target.Referred way = new Target.Referred(of.object(), of.id(), of.way());
        Optional<UUID> id = Navigation.referred(asked, way);
        if (id.isEmpty()) {
            return ODataAnswer.withoutBody(204, asked.head());
        }
        return asked.json(200, asked.jsonHead(), json -> {
            json.writeStartObject();
            asked.context(json, "#" + NAME);
            address(asked, json, Navigation.target(asked, way), id.get());
            json.writeEndObject();
        });
    }

    private static ODataAnswer list(Asked asked, Target.ReferenceOf of) {
        Target.Members members = members(of);
        VisibleObject.Collection collection = Navigation.require(asked, members).requireCollection(of.way());
        String object = collection.object();
        UriInfoResource options = asked.options();
        QueryTranslation.Criteria criteria = asked.translation()
                .criteria(object, options, null, Optional.of(Navigation.belongs(asked, members, collection)));
        if (criteria.groups().isPresent() || options.getSelectOption() != null || options.getExpandOption() != null) {
            throw QueryTranslation.unsupported("$apply, $select, $expand of references");
        }
        Paging paging = Paging.of(options, asked.request().header("Prefer"))
                .within(criteria, options.getSkipTokenOption() != null);
        PageTokens tokens = new PageTokens(object, criteria);
        boolean count =
                options.getCountOption() != null && options.getCountOption().getValue();
        Page page = asked.session()
                .query(new Query(
                                object,
                                Query.Selection.of(SystemField.ID),
                                criteria.filter(),
                                criteria.sort(),
                                Math.max(1, paging.rows()),
                                paging.skip(),
                                count)
                        .from(tokens.place(options.getSkipTokenOption())));
        List<Row> rows = paging.rows() == 0 ? List.of() : page.rows();
        Optional<String> next = paging.next(page, asked.request(), tokens);
        return asked.json(200, asked.jsonHead(), json -> {
            json.writeStartObject();
            asked.context(json, "#Collection(" + NAME + ")");
            if (page.count().isPresent()) {
                json.writeName("@odata.count");
                asked.rows(json).value(page.count().getAsLong());
            }
            json.writeName("value");
            json.writeStartArray();
            rows.forEach(row -> {
                json.writeStartObject();
                address(asked, json, object, row.id());
                json.writeEndObject();
            });
            json.writeEndArray();
            next.ifPresent(link -> json.writeStringProperty("@odata.nextLink", link));
            json.writeEndObject();
        });
    }

    private static void address(Asked asked, JsonGenerator json, String object, UUID id) {
        json.writeStringProperty("@odata.id", asked.root() + object + "(" + id + ")");
    }

    private static Target.Members members(Target.ReferenceOf of) {
        return new Target.Members(of.object(), of.id(), of.way(), false);
    }

    /** Adds a record to a collection. */
    static ODataAnswer add(Asked asked, Target.ReferenceOf of) {
        if (!of.collection() || of.member().isPresent()) {
            throw asked.notPossible(of.collection() ? "DELETE" : "GET, PUT, DELETE");
        }
        VisibleObject.Collection collection = asked.object(of.object()).requireCollection(of.way());
        UUID id = sent(asked, of.way(), collection.object());
        add(asked.session(), members(of), collection, id, version(asked));
        return ODataAnswer.withoutBody(204, asked.head());
    }

    /** @param version that the record with the collection has to have; empty for any */
    static void add(
            RecordSession session,
            Target.Members of,
            VisibleObject.Collection collection,
            UUID id,
            Optional<Long> version) {
        if (collection.links().filter(links -> !links.inverse()).isPresent()) {
            save(session, of.object(), of.id(), version, of.collection(), LinkChange.adding(id));
            return;
        }
        requireRecord(session, of, version);
        Object value = collection.links().isPresent() ? LinkChange.adding(of.id()) : of.id();
        save(session, collection.object(), id, Optional.empty(), field(collection), value);
    }

    /** Replaces what a way leads to: one record, or all that are linked. */
    static ODataAnswer replace(Asked asked, Target.ReferenceOf of) {
        VisibleObject object = asked.object(of.object());
        if (!of.collection()) {
            UUID id = sent(asked, of.way(), object.requireTarget(of.way()));
            save(asked.session(), of.object(), of.id(), version(asked), of.way(), id);
            return ODataAnswer.withoutBody(204, asked.head());
        }
        VisibleObject.Collection collection = object.requireCollection(of.way());
        if (of.member().isPresent()
                || collection.links().filter(links -> !links.inverse()).isEmpty()) {
            throw asked.notPossible(of.member().isPresent() ? "DELETE" : "GET, POST, DELETE");
        }
        Saves.requireJson(asked.request());
        if (!(asked.request().members().get("value") instanceof List<?> records)) {
            throw WebError.MALFORMED_BODY
                    .error()
                    .with("reason", "\"value\" is an array of addresses")
                    .build();
        }
        save(asked.session(), of.object(), of.id(), version(asked), of.way(), LinkBody.set(collection, records));
        return ODataAnswer.withoutBody(204, asked.head());
    }

    /** Takes a way away; the record at its end stays. */
    static ODataAnswer remove(Asked asked, Target.ReferenceOf of) {
        VisibleObject object = asked.object(of.object());
        RecordSession session = asked.session();
        if (!of.collection()) {
            save(session, of.object(), of.id(), version(asked), of.way(), null);
            return ODataAnswer.withoutBody(204, asked.head());
        }
        VisibleObject.Collection collection = object.requireCollection(of.way());
        UUID id = of.member()
                .orElseGet(() -> Addresses.require(
                        of.way(), collection.object(), asked.request().parameter("$id")));
        if (collection.links().filter(links -> !links.inverse()).isPresent()) {
            save(session, of.object(), of.id(), version(asked), of.way(), LinkChange.removing(id));
        } else if (collection.links().isPresent()) {
            requireRecord(session, members(of), version(asked));
            save(session, collection.object(), id, Optional.empty(), field(collection), LinkChange.removing(of.id()));
        } else {
            requireRecord(session, members(of), version(asked));
            Row row = DataRequests.require(session, collection.object(), id, Query.Selection.of(collection.via()));
            if (!of.id().equals(row.values().get(collection.via()))) {
                throw notThere(collection.object(), id);
            }
            save(session, collection.object(), id, Optional.of(row.version()), collection.via(), null);
        }
        return ODataAnswer.withoutBody(204, asked.head());
    }

    /** The field that is changed at the records of the collection. */
    private static String field(VisibleObject.Collection collection) {
        return collection.links().map(VisibleObject.Links::field).orElse(collection.via());
    }

    private static void save(
            RecordSession session,
            String object,
            UUID id,
            Optional<Long> version,
            String field,
            @Nullable Object value) {
        Map<String, @Nullable Object> change = new LinkedHashMap<>();
        change.put(field, value);
        session.update(object, id, version, change);
    }

    private static UUID sent(Asked asked, String way, String object) {
        Saves.requireJson(asked.request());
        return Addresses.require(way, object, Addresses.in(asked.request().members()));
    }

    private static Optional<Long> version(Asked asked) {
        String header = asked.request().header("If-Match");
        return header == null ? Optional.empty() : ETags.ifMatch(header);
    }

    /** The record of the address is not written where the other one has the reference; it has to be there all the same. */
    private static void requireRecord(RecordSession session, Target.Members of, Optional<Long> version) {
        Row row = DataRequests.require(session, of.object(), of.id(), Query.Selection.of(SystemField.ID));
        if (version.isPresent() && version.get() != row.version()) {
            throw RecordsError.STALE_VERSION
                    .error()
                    .with("object", of.object())
                    .with("expected", version.get())
                    .with("current", row.version())
                    .build();
        }
    }

    private static PlatformException notThere(String object, UUID id) {
        return RecordsError.NOT_FOUND
                .error()
                .with("object", object)
                .with("id", id)
                .build();
    }
}
