package dev.tenon.web.odata;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.Query;
import dev.tenon.records.Row;
import dev.tenon.web.model.VisibleObject;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Addresses behind a record: its collections, the records it refers to, its values. */
final class Navigation {

    private Navigation() {}

    /** The object whose record has the collection; the record has to be there for the caller. */
    static VisibleObject require(Asked asked, Target.Members of) {
        DataRequests.require(asked.session(), of.object(), of.id(), Query.Selection.of(SystemField.ID));
        return asked.object(of.object());
    }

    /** The condition under which a record is in the collection. */
    static Expr belongs(Asked asked, Target.Members of, VisibleObject.Collection collection) {
        return asked.translation()
                .paths(collection.object())
                .belongs(collection, new Expr.Literal(of.id(), ValueType.Simple.ID));
    }

    /** The record referred to; empty where there is none for the caller. */
    static Optional<UUID> referred(Asked asked, Target.Referred way) {
        return Optional.ofNullable(value(asked, way.object(), way.id(), way.way()))
                .map(UUID.class::cast);
    }

    static String target(Asked asked, Target.Referred way) {
        return asked.object(way.object()).requireTarget(way.way());
    }

    static ODataAnswer property(Asked asked, Target.Property property) {
        Optional<Field> field = asked.object(property.object()).fieldOf(property.name());
        Row row = DataRequests.require(
                asked.session(),
                property.object(),
                property.id(),
                Query.Selection.of(field.map(Field::name).orElse(SystemField.ID)));
        Object value = field.isPresent()
                ? row.values().get(field.get().name())
                : property.name().equals(SystemField.ID) ? row.id() : (Object) row.version();
        if (value == null) {
            return ODataAnswer.withoutBody(204, asked.head());
        }
        Map<String, String> headers = asked.jsonHead();
        headers.put("ETag", ETags.of(row.version()));
        return asked.json(200, headers, json -> {
            json.writeStartObject();
            asked.context(json, "#" + DataRequests.address(row) + "/" + property.name());
            json.writeName("value");
            asked.rows(json).value(value);
            json.writeEndObject();
        });
    }

    private static @Nullable Object value(Asked asked, String object, UUID id, String field) {
        return DataRequests.require(asked.session(), object, id, Query.Selection.of(field))
                .values()
                .get(field);
    }
}
