package dev.tenon.records.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.port.QueryPlan;
import dev.tenon.records.port.RecordStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads whole records for formulas and rules, each once in a transaction. Not restricted: rules look at all there is. */
final class RowReader {

    private record Key(String object, UUID id) {}

    private final Viewpoint viewpoint;
    private final RecordStore store;
    private final Map<Key, Map<String, @Nullable Object>> rows = new HashMap<>();

    RowReader(Viewpoint viewpoint, RecordStore store) {
        this.viewpoint = viewpoint;
        this.store = store;
    }

    /** The values of a record, empty when there is none. */
    Map<String, @Nullable Object> row(String object, UUID id) {
        Map<String, @Nullable Object> known = rows.get(new Key(object, id));
        if (known == null) {
            read(object, List.of(id));
            known = rows.getOrDefault(new Key(object, id), Map.of());
        }
        return known;
    }

    /** Reads many records at once, those known already excepted. */
    void prefetch(String object, Collection<UUID> ids) {
        Set<UUID> missing = new TreeSet<>(ids);
        missing.removeIf(id -> rows.containsKey(new Key(object, id)));
        List<UUID> all = List.copyOf(missing);
        for (int from = 0; from < all.size(); from += Limits.BATCH) {
            read(object, all.subList(from, Math.min(from + Limits.BATCH, all.size())));
        }
    }

    /** Takes a row that was read or written in another way. */
    void remember(String object, UUID id, Map<String, @Nullable Object> values) {
        rows.put(new Key(object, id), new HashMap<>(values));
    }

    void forget(String object, UUID id) {
        rows.remove(new Key(object, id));
    }

    /** Forgets everything: other code has written in the meantime. */
    void forgetAll() {
        rows.clear();
    }

    private void read(String object, List<UUID> ids) {
        ObjectType type = viewpoint.type(object);
        Map<String, String> names = new LinkedHashMap<>();
        List<QueryPlan.Projection> projections = new ArrayList<>();
        for (Field field : type.fields().values()) {
            if (!field.stored()) {
                continue;
            }
            String name = "v" + projections.size();
            names.put(field.name(), name);
            projections.add(new QueryPlan.Projection(name, reference(type, field)));
        }
        Expr.FieldRef id = new Expr.FieldRef(0, object, List.of(), SystemField.ID, ValueType.Simple.ID);
        Expr where = PlanParts.among(id, ids);
        QueryPlan plan = PlanParts.plan(
                viewpoint, object, projections, where, List.of(), ids.size(), 0, Optional.empty(), false);
        for (Map<String, @Nullable Object> row :
                store.query(viewpoint.model(), plan).rows()) {
            Map<String, @Nullable Object> values = new HashMap<>();
            names.forEach((field, name) -> values.put(field, row.get(name)));
            if (row.get(SystemField.ID) instanceof UUID found) {
                rows.put(new Key(object, found), values);
            }
        }
    }

    private Expr.FieldRef reference(ObjectType type, Field field) {
        return new Expr.FieldRef(0, type.name(), List.of(), field.name(), ValueType.of(viewpoint.model(), field));
    }
}
