package dev.tenon.records.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.records.RecordsError;
import dev.tenon.records.RowOutcome;
import dev.tenon.records.port.QueryPlan;
import dev.tenon.sdk.error.PlatformException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows that would violate a unique key before the batch is written, within the chunk and against the database. The
 * database's own check stays behind it, for keys of several fields and for what others write meanwhile.
 */
final class ImportDuplicates {

    private final SaveContext context;
    private final ObjectType type;

    ImportDuplicates(SaveContext context, String object) {
        this.context = context;
        this.type = context.viewpoint().type(object);
    }

    /** Moves the later ones of equal rows, and those that the database already has, to the rejected. */
    void reject(Map<Integer, WorkingRecord> records, Map<Integer, RowOutcome> rejected) {
        List<List<String>> keys = new ArrayList<>();
        type.fields().values().stream().filter(Field::unique).forEach(f -> keys.add(List.of(f.name())));
        type.uniqueKeys().forEach(key -> keys.add(key.fields()));
        for (List<String> key : keys) {
            Set<List<Object>> taken = key.size() == 1 ? stored(key.getFirst(), records.values()) : new HashSet<>();
            for (Integer index : List.copyOf(records.keySet())) {
                Optional<List<Object>> values = values(records.get(index), key);
                if (values.isPresent() && !taken.add(values.get())) {
                    records.remove(index);
                    rejected.put(index, new RowOutcome.Rejected(duplicate(key)));
                }
            }
        }
    }

    private static Optional<List<Object>> values(@Nullable WorkingRecord record, List<String> key) {
        List<Object> values = new ArrayList<>();
        for (String field : key) {
            Object value = record == null ? null : record.value(field);
            if (value == null) {
                return Optional.empty();
            }
            values.add(comparable(value));
        }
        return Optional.of(values);
    }

    private static Object comparable(Object value) {
        return value instanceof BigDecimal number ? number.stripTrailingZeros() : value;
    }

    private Set<List<Object>> stored(String name, Iterable<WorkingRecord> records) {
        Field field = type.requireField(name);
        ValueType valueType = ValueType.of(context.viewpoint().model(), field);
        Set<Object> wanted = new HashSet<>();
        for (WorkingRecord record : records) {
            Object value = record.value(name);
            if (value != null) {
                wanted.add(value);
            }
        }
        Set<List<Object>> found = new HashSet<>();
        if (wanted.isEmpty()) {
            return found;
        }
        Expr.FieldRef reference = new Expr.FieldRef(0, type.name(), List.of(), name, valueType);
        Expr where = new Expr.In(
                reference,
                wanted.stream().map(v -> (Expr) new Expr.Literal(v, valueType)).toList());
        QueryPlan plan = PlanParts.plan(
                context.viewpoint(),
                type.name(),
                List.of(new QueryPlan.Projection("value", reference)),
                where,
                List.of(),
                wanted.size(),
                0,
                Optional.empty(),
                false);
        context.ports().store().query(context.viewpoint().model(), plan).rows().forEach(row -> {
            Object value = row.get("value");
            if (value != null) {
                found.add(List.of(comparable(value)));
            }
        });
        return found;
    }

    private PlatformException duplicate(List<String> key) {
        Faults faults = new Faults();
        String labels = String.join(
                ", ",
                key.stream()
                        .map(name -> context.fitting().label(type.requireField(name)))
                        .toList());
        faults.add(RecordsError.DUPLICATE, key.getFirst(), Map.of("field", labels, "object", type.name()));
        try {
            faults.raise();
        } catch (PlatformException told) {
            return told;
        }
        throw new IllegalStateException("a fault was added");
    }
}
