package dev.tenon.records.internal;

import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.Evaluator;
import dev.tenon.expression.Expr;
import dev.tenon.expression.Expr.BinaryOperator;
import dev.tenon.records.RecycleBin.DeletedRecord;
import dev.tenon.records.internal.Propagation.Target;
import dev.tenon.records.port.RecordStore;
import dev.tenon.records.port.RecycleBinStore.KeptRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Deleted records with today's rights. Conditions are asked of the values that were kept, as no database has the record
 * any more; what only a database could tell counts as no.
 */
final class DeletedRecords {

    private final Viewpoint viewpoint;
    private final QueryRunner queries;
    private final RowReader reader;

    DeletedRecords(Viewpoint viewpoint, QueryRunner queries, RecordStore store) {
        this.viewpoint = viewpoint;
        this.queries = queries;
        this.reader = new RowReader(viewpoint, store);
    }

    /** The records of one tree that may be read, each with the values that may be read. */
    List<DeletedRecord> visible(List<KeptRecord> tree) {
        Map<Target, WorkingRecord> readable = new LinkedHashMap<>();
        List<WorkingRecord> all =
                tree.stream().flatMap(kept -> known(kept).stream()).toList();
        for (WorkingRecord record : all) {
            if (holds(viewpoint.access(record.plan().name()).read(), record)) {
                readable.put(new Target(record.plan().name(), record.id()), record);
            }
        }
        Map<String, Set<UUID>> referred = referred(readable);
        return readable.values().stream()
                .map(record -> new DeletedRecord(record.plan().name(), record.id(), values(record, referred)))
                .toList();
    }

    /** What the record was called. */
    Optional<String> title(KeptRecord kept) {
        return known(kept).flatMap(record -> {
            ObjectAccess access = viewpoint.access(record.plan().name());
            String title = record.plan().type().titleField();
            boolean plain = record.plan()
                    .type()
                    .findField(title)
                    .filter(f -> References.target(f).isEmpty())
                    .isPresent();
            return plain && holds(access.read(), record) && mayRead(access, title, record)
                    ? Optional.ofNullable(record.value(title)).map(Object::toString)
                    : Optional.empty();
        });
    }

    /** The record for expressions, which find the others of its tree over their references. */
    private Optional<WorkingRecord> known(KeptRecord kept) {
        if (!viewpoint.access(kept.object()).describable()) {
            return Optional.empty();
        }
        ObjectPlan plan = viewpoint.compiled().plan(kept.object());
        Map<String, @Nullable Object> values = KeptValues.row(plan, kept);
        reader.remember(kept.object(), kept.id(), values);
        return Optional.of(WorkingRecord.existing(plan, kept.id(), kept.version(), values, reader, viewpoint));
    }

    private Map<String, @Nullable Object> values(WorkingRecord record, Map<String, Set<UUID>> visible) {
        ObjectAccess access = viewpoint.access(record.plan().name());
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (String name : QueryRunner.readableFields(record.plan().type(), access)) {
            Object value = mayRead(access, name, record) ? record.value(name) : null;
            boolean hidden = value instanceof UUID id
                    && References.target(record.plan().type().requireField(name))
                            .filter(target ->
                                    !visible.getOrDefault(target, Set.of()).contains(id))
                            .isPresent();
            values.put(
                    name,
                    hidden
                            ? null
                            : viewpoint.shown(
                                    record.plan().name(), record.plan().type().requireField(name), record.id(), value));
        }
        return values;
    }

    private boolean mayRead(ObjectAccess access, String field, WorkingRecord record) {
        return access.mayRead(field) && holds(access.conditions().getOrDefault(field, Expr.TRUE), record);
    }

    /** By object, the records that the readable ones refer to and that may be read themselves. */
    private Map<String, Set<UUID>> referred(Map<Target, WorkingRecord> readable) {
        Map<String, Set<UUID>> asked = new HashMap<>();
        Map<String, Set<UUID>> visible = new HashMap<>();
        for (WorkingRecord record : readable.values()) {
            record.plan()
                    .type()
                    .fields()
                    .values()
                    .forEach(field -> References.target(field).ifPresent(target -> {
                        if (record.value(field.name()) instanceof UUID id) {
                            boolean inTree = readable.containsKey(new Target(target, id));
                            (inTree ? visible : asked)
                                    .computeIfAbsent(target, t -> new HashSet<>())
                                    .add(id);
                        }
                    }));
        }
        asked.forEach((target, ids) -> visible.computeIfAbsent(target, t -> new HashSet<>())
                .addAll(queries.matchingAll(target, viewpoint.access(target).read(), ids)));
        return visible;
    }

    private static boolean holds(Expr condition, WorkingRecord record) {
        if (condition instanceof Expr.Binary binary && binary.operator() == BinaryOperator.AND) {
            return holds(binary.left(), record) && holds(binary.right(), record);
        }
        if (condition instanceof Expr.Binary binary && binary.operator() == BinaryOperator.OR) {
            return holds(binary.left(), record) || holds(binary.right(), record);
        }
        try {
            return Evaluator.holds(condition, record);
        } catch (UnsupportedOperationException onlyADatabaseCanTell) {
            return false;
        }
    }
}
