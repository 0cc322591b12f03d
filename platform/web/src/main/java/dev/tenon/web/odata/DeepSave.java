package dev.tenon.web.odata;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.model.VisibleModel;
import dev.tenon.web.model.VisibleObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Saves a record with those that were sent inside of it: the records it refers to first, then itself, then those of its
 * collections. Each passes the same door as by itself; all of it is one transaction.
 */
final class DeepSave {

    private static final List<String> DELTA_ENDINGS = List.of("@odata.delta", "@delta");
    static final List<String> REMOVED = List.of("@removed", "@odata.removed");
    private static final List<String> ETAGS = List.of("@odata.etag", "@etag");

    private final RecordSession session;
    private final VisibleModel visible;
    private int saved;

    DeepSave(RecordSession session, VisibleModel visible) {
        this.session = session;
        this.visible = visible;
    }

    /**
     * What was sent for one record.
     *
     * @param own its values
     * @param parents by the name of the reference
     * @param children by the name of the collection
     * @param links by many-to-many field: ids, or what of them is different
     */
    private record Sent(
            Map<String, @Nullable Object> own,
            Map<String, Map<String, @Nullable Object>> parents,
            Map<String, Collection> children,
            Map<String, Object> links) {

        Map<String, @Nullable Object> parent(String name) {
            return members(java.util.Objects.requireNonNull(parents.get(name)));
        }

        boolean plain() {
            return parents.isEmpty() && children.isEmpty() && links.isEmpty();
        }

        /** Its values and links, in the words of the records room. */
        Map<String, @Nullable Object> values(VisibleObject object) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>(BodyReader.values(object, own));
            values.putAll(links);
            return values;
        }
    }

    /** @param whole whether these are all records that the collection is to have */
    private record Collection(VisibleObject.Collection of, List<?> records, boolean whole) {}

    Row create(VisibleObject object, Map<String, @Nullable Object> members) {
        Sent sent = sent(object, members);
        if (sent.plain()) {
            return insert(object, sent, Map.of());
        }
        return session.inTransaction(() -> {
            saved = 0;
            UUID id = create(object, members, Map.of(), 1);
            return again(object, id, sent);
        });
    }

    Row update(VisibleObject object, UUID id, Optional<Long> version, Map<String, @Nullable Object> members) {
        Sent sent = sent(object, members);
        if (sent.plain()) {
            return PropertyPointers.in(object, () -> session.update(object.name(), id, version, sent.values(object)));
        }
        return session.inTransaction(() -> {
            saved = 0;
            update(object, id, version, members, 1);
            return again(object, id, sent);
        });
    }

    /** The record with what was sent inside of it, as the caller sees it now. */
    private Row again(VisibleObject object, UUID id, Sent sent) {
        return session.find(object.name(), id, shape(object, sent).selection()).orElseThrow();
    }

    /** What is answered: the record, and around it what was sent with it. */
    Shape shape(VisibleObject object, Map<String, @Nullable Object> members) {
        return shape(object, sent(object, members));
    }

    private Shape shape(VisibleObject object, Sent sent) {
        Map<String, Shape> parents = new LinkedHashMap<>();
        sent.parents()
                .keySet()
                .forEach(name -> parents.put(name, Shape.all(visible.require(object.requireTarget(name)))));
        Map<String, Shape.Children> children = new LinkedHashMap<>();
        Stream.concat(
                        sent.children().values().stream().map(Collection::of),
                        sent.links().keySet().stream().map(object::requireCollection))
                .forEach(collection -> children.put(collection.name(), around(collection)));
        Shape all = Shape.all(object);
        return new Shape(object, all.properties(), false, parents, children, Map.of());
    }

    private Shape.Children around(VisibleObject.Collection collection) {
        Shape below = Shape.all(visible.require(collection.object()));
        return new Shape.Children(
                below,
                new Query.Children(
                        collection.links().map(VisibleObject.Links::junction).orElse(collection.object()),
                        collection.via(),
                        below.selection(),
                        Optional.empty(),
                        List.of(),
                        Limits.MOST_ROWS,
                        collection.links().map(VisibleObject.Links::through)));
    }

    private Sent sent(VisibleObject object, Map<String, @Nullable Object> members) {
        Sent sent =
                new Sent(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        members.forEach((name, value) -> {
            String delta = ending(name, DELTA_ENDINGS);
            String bound = BodyReader.bound(name);
            VisibleObject.Collection collection =
                    object.children().get(delta != null ? delta : bound != null ? bound : name);
            if (collection != null && collection.links().isPresent() && value instanceof List<?> records) {
                // By its address a record is added to those that are there, as OData has it.
                sent.links()
                        .put(
                                requireOwn(collection),
                                delta == null && bound == null
                                        ? LinkBody.set(collection, records)
                                        : LinkBody.delta(collection, records));
            } else if (bound != null && collection != null && value instanceof List<?> addresses) {
                sent.children().put(collection.name(), new Collection(collection, bound(addresses), false));
            } else if (bound != null) {
                sent.own().put(name, value);
            } else if (collection != null && value instanceof List<?> records) {
                sent.children().put(collection.name(), new Collection(collection, records, delta == null));
            } else if (collection != null) {
                throw WebError.MALFORMED_BODY
                        .error()
                        .with("reason", "\"" + name + "\" is an array of records")
                        .build();
            } else if (value instanceof Map<?, ?> parent
                    && object.fields().containsKey(name)
                    && VisibleObject.target(object.require(name)).isPresent()) {
                sent.parents().put(name, members(parent));
            } else {
                sent.own().put(name, value);
            }
        });
        return sent;
    }

    /** As OData 4.01 writes them: records with nothing but an address. */
    private static List<?> bound(List<?> addresses) {
        return addresses.stream()
                .map(address -> Map.of(Addresses.ID, address == null ? "" : address))
                .toList();
    }

    private static String requireOwn(VisibleObject.Collection collection) {
        VisibleObject.Links links = collection.links().orElseThrow();
        if (links.inverse()) {
            throw QueryTranslation.unsupported("sending " + collection.name() + " whole; use " + collection.name()
                    + "/$ref, or " + links.field() + " of " + collection.object());
        }
        return links.field();
    }

    private static @Nullable String ending(String name, List<String> endings) {
        return endings.stream()
                .filter(name::endsWith)
                .findFirst()
                .map(end -> name.substring(0, name.length() - end.length()))
                .orElse(null);
    }

    private static Map<String, @Nullable Object> members(Object record) {
        if (!(record instanceof Map<?, ?> map)) {
            throw WebError.MALFORMED_BODY
                    .error()
                    .with("reason", "each record of a collection is a JSON object")
                    .build();
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        map.forEach((name, value) -> members.put(String.valueOf(name), value));
        return members;
    }

    private void count(int depth) {
        if (depth > Limits.DEEP_LEVELS || ++saved > Limits.DEEP_RECORDS) {
            throw WebError.ODATA_DEEP_TOO_MUCH
                    .error()
                    .with("levels", Limits.DEEP_LEVELS)
                    .with("records", Limits.DEEP_RECORDS)
                    .build();
        }
    }

    private UUID create(
            VisibleObject object, Map<String, @Nullable Object> members, Map<String, UUID> given, int depth) {
        count(depth);
        Sent sent = sent(object, members);
        Map<String, UUID> references = new LinkedHashMap<>(given);
        for (String name : sent.parents().keySet()) {
            references.put(
                    name,
                    PropertyPointers.below(
                            name, () -> parent(target(object, name), sent.parent(name), Optional.empty(), depth + 1)));
        }
        UUID id = insert(object, sent, references).id();
        sent.children()
                .forEach((name, collection) ->
                        each(collection, (record, of) -> take(of, record, collection.of(), id, depth + 1)));
        return id;
    }

    private void take(
            VisibleObject object,
            Map<String, @Nullable Object> record,
            VisibleObject.Collection collection,
            UUID owner,
            int depth) {
        Optional<UUID> there = addressed(object, record);
        if (there.isPresent()) {
            move(there.get(), object, record, collection, owner, depth);
        } else {
            create(object, record, Map.of(collection.via(), owner), depth);
        }
    }

    /** A record that is there already is one of the owner's from now on, and is changed as was sent. */
    private void move(
            UUID id,
            VisibleObject object,
            Map<String, @Nullable Object> record,
            VisibleObject.Collection collection,
            UUID owner,
            int depth) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(record);
        members.put(VisibleObject.property(object.require(collection.via())), owner.toString());
        update(object, id, version(record), members, depth);
    }

    private Row insert(VisibleObject object, Sent sent, Map<String, UUID> references) {
        Map<String, @Nullable Object> values = sent.values(object);
        values.putAll(references);
        return PropertyPointers.in(object, () -> session.create(object.name(), values));
    }

    private void update(
            VisibleObject object, UUID id, Optional<Long> version, Map<String, @Nullable Object> members, int depth) {
        count(depth);
        Sent sent = sent(object, members);
        Map<String, @Nullable Object> values = sent.values(object);
        for (String name : sent.parents().keySet()) {
            values.put(
                    name, PropertyPointers.below(name, () -> parent(object, id, name, sent.parent(name), depth + 1)));
        }
        PropertyPointers.in(object, () -> session.update(object.name(), id, version, values));
        sent.children().forEach((name, collection) -> children(id, collection, depth + 1));
    }

    /** The record that is referred to: changed where it is named or the one that was, or new. */
    private UUID parent(VisibleObject object, UUID id, String name, Map<String, @Nullable Object> members, int depth) {
        Row row = DataRequests.require(session, object.name(), id, Query.Selection.of(name));
        Optional<UUID> known =
                id(members).or(() -> Optional.ofNullable(row.values().get(name)).map(UUID.class::cast));
        return parent(target(object, name), members, known, depth);
    }

    /** @param known the record that is meant where the members have no address */
    private UUID parent(VisibleObject object, Map<String, @Nullable Object> members, Optional<UUID> known, int depth) {
        Optional<UUID> addressed = addressed(object, members);
        Optional<UUID> there = addressed.or(() -> known);
        if (there.isEmpty()) {
            return create(object, members, Map.of(), depth);
        }
        if (addressed.isEmpty() || members.keySet().stream().anyMatch(name -> name.indexOf('@') < 0)) {
            update(object, there.get(), version(members), members, depth);
        }
        return there.get();
    }

    private VisibleObject target(VisibleObject object, String name) {
        return visible.require(object.requireTarget(name));
    }

    private void children(UUID owner, Collection collection, int depth) {
        Set<UUID> left = collection.whole() ? current(owner, collection.of()) : new LinkedHashSet<>();
        each(collection, (record, object) -> {
            Optional<UUID> addressed = addressed(object, record);
            Optional<UUID> id = addressed.isPresent() ? addressed : id(record);
            if (id.isEmpty() && REMOVED.stream().anyMatch(record::containsKey)) {
                throw WebError.MALFORMED_BODY
                        .error()
                        .with("reason", "what is removed is named by @id or id")
                        .build();
            }
            if (id.isEmpty()) {
                create(object, record, Map.of(collection.of().via(), owner), depth);
                return;
            }
            left.remove(id.get());
            if (REMOVED.stream().anyMatch(record::containsKey)) {
                boolean deleted = REMOVED.stream()
                        .map(record::get)
                        .anyMatch(why -> String.valueOf(why).contains("deleted"));
                remove(object, id.get(), collection.of().via(), deleted);
                return;
            }
            // It may have been in another collection until now.
            move(id.get(), object, record, collection.of(), owner, depth);
        });
        VisibleObject object = visible.require(collection.of().object());
        left.forEach(id -> remove(object, id, collection.of().via(), false));
    }

    /** A part without its whole goes; another record only no longer refers to it. */
    private void remove(VisibleObject object, UUID id, String via, boolean deleted) {
        count(1);
        if (deleted || object.require(via).type() instanceof FieldType.MasterDetail) {
            session.delete(object.name(), id, Optional.empty());
            return;
        }
        Map<String, @Nullable Object> nothing = new LinkedHashMap<>();
        nothing.put(via, null);
        PropertyPointers.in(object, () -> session.update(object.name(), id, Optional.empty(), nothing));
    }

    /** Those of the collection that the caller sees. */
    private Set<UUID> current(UUID owner, VisibleObject.Collection collection) {
        Expr reference = new Paths(visible, collection.object(), session::scope).reference(collection.via());
        Query query = new Query(
                collection.object(),
                Query.Selection.of(collection.via()),
                Optional.of(Expr.equal(reference, new Expr.Literal(owner, ValueType.Simple.ID))),
                List.of(),
                Limits.DEEP_RECORDS,
                0,
                false);
        Set<UUID> ids = new LinkedHashSet<>();
        var page = session.query(query);
        if (page.more()) {
            saved = Limits.DEEP_RECORDS;
            count(1);
        }
        page.rows().forEach(row -> ids.add(row.id()));
        return ids;
    }

    /** What is done with each record of a collection. */
    @FunctionalInterface
    private interface Step {
        void take(Map<String, @Nullable Object> record, VisibleObject object);
    }

    private void each(Collection collection, Step step) {
        VisibleObject object = visible.require(collection.of().object());
        List<?> records = new ArrayList<>(collection.records());
        for (int i = 0; i < records.size(); i++) {
            Map<String, @Nullable Object> record = members(records.get(i));
            PropertyPointers.below(collection.of().name() + "/" + i, () -> {
                step.take(record, object);
                return record;
            });
        }
    }

    /** The record that is named by its address. */
    private static Optional<UUID> addressed(VisibleObject object, Map<String, @Nullable Object> members) {
        return Optional.ofNullable(Addresses.in(members))
                .map(address -> Addresses.require(Addresses.ID, object.name(), address));
    }

    private static Optional<UUID> id(Map<String, @Nullable Object> members) {
        Object id = members.get(SystemField.ID);
        try {
            return id == null ? Optional.empty() : Optional.of(UUID.fromString(id.toString()));
        } catch (IllegalArgumentException malformed) {
            throw WebError.ODATA_TYPE_MISMATCH
                    .error()
                    .with("value", id)
                    .with("target", SystemField.ID)
                    .with("expected", "Guid")
                    .causedBy(malformed)
                    .build();
        }
    }

    /** Whoever sends the tag of a record that he has read changes nothing else. */
    private static Optional<Long> version(Map<String, @Nullable Object> members) {
        return ETAGS.stream()
                .map(members::get)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .flatMap(tag -> ETags.ifMatch(String.valueOf(tag)));
    }
}
