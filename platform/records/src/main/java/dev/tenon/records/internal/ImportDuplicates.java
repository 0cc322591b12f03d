package dev.tenon.records.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.records.RecordsError;
import dev.tenon.records.RowOutcome;
import dev.tenon.records.port.QueryPlan;
import dev.tenon.sdk.error.PlatformException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds rows that would violate a unique key before the batch is written, within the chunk, against the database and, in a dry run, against the rows before. The
 * database's own check stays behind it, for keys of several fields, for
 * texts compared without case, and for what others write meanwhile.
 */
final class ImportDuplicates {

    private final SaveContext context;
    private final ObjectType type;
    private final TriedKeys tried;

    ImportDuplicates(SaveContext context, String object) {
        this.context = context;
        this.type = context.viewpoint().type(object);
        this.tried = new TriedKeys(context);
    }

    /** Moves the later ones of equal rows, and those that the database already has, to the rejected. */
    void reject(Map<Integer, WorkingRecord> records, Map<Integer, RowOutcome> rejected) {
        for (ObjectType.UniqueKey key : type.allKeys()) {
            List<String> fields = key.fields();
            boolean exact = fields.size() == 1 && !type.folded(key, fields.getFirst());
            Set<List<Object>> taken = exact ? stored(fields.getFirst(), records.values()) : new HashSet<>();
            taken.addAll(tried.taken(key, records.values()));
            for (Integer index : List.copyOf(records.keySet())) {
                Optional<List<Object>> values = TriedKeys.values(type, records.get(index), key);
                if (values.isPresent() && !taken.add(values.get())) {
                    records.remove(index);
                    rejected.put(index, new RowOutcome.Rejected(duplicate(fields)));
                }
            }
        }
    }

    /** The same for a row that is saved by itself: what the database would not find, because it was rolled back. */
    void check(WorkingRecord record) {
        for (ObjectType.UniqueKey key : type.allKeys()) {
            if (!tried.taken(key, List.of(record)).isEmpty()) {
                throw duplicate(key.fields());
            }
        }
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
                found.add(List.of(TriedKeys.comparable(value)));
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
