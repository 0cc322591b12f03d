package dev.tenon.records.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.internal.ObjectPlan.ReaderPlan;
import dev.tenon.records.internal.ObjectPlan.RollUpPlan;
import dev.tenon.records.port.QueryPlan;
import dev.tenon.records.port.RecordStore.StoredRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Carries a save on to other records: roll-ups of the records it refers or referred to, formulas that read it over a
 * lookup, what follows from those, and so on. Ends, because a model whose computed fields form a circle is refused.
 *
 * <p>Every record is locked before it is computed, in the order of objects and ids: two saves that touch the same
 * records wait for each other instead of computing from what the other is about to change.
 */
final class Propagation {

    private final SaveContext context;
    private final Computation computation;
    private final RollUpQueries rollUpQueries;
    private final Set<Target> gone;
    private int dependents;

    /** One record. */
    record Target(String object, UUID id) implements Comparable<Target> {
        @Override
        public int compareTo(Target other) {
            int byObject = object.compareTo(other.object);
            // As text: the order of UUIDs in Java is signed and differs from the databases'.
            return byObject != 0 ? byObject : id.toString().compareTo(other.id.toString());
        }
    }

    /** @param gone records that are being deleted, which nothing has to be computed for */
    Propagation(SaveContext context, Set<Target> gone) {
        this.context = context;
        this.computation = new Computation(context);
        this.rollUpQueries = new RollUpQueries(context);
        this.gone = gone;
    }

    /**
     * Locks what the save will need, before it writes and in one order: two writers who came to it one record after the
     * other would wait for each other.
     */
    void lockAhead(List<WorkingRecord> records) {
        Set<Target> needed = new TreeSet<>();
        for (WorkingRecord record : records) {
            RowChange change = RowChange.of(record);
            rollUpTargets(change).keySet().forEach(needed::add);
            for (List<Expr.Hop> hops : record.plan().formulaHops()) {
                // A record newly referred to may be in change by somebody who cannot know yet that we read it.
                Expr.Hop first = hops.getFirst();
                if (hops.size() == 1 && change.touches(Set.of(first.lookup()))) {
                    change.after(first.lookup()).ifPresent(id -> needed.add(new Target(first.target(), id)));
                }
            }
        }
        needed.removeAll(gone);
        for (Target target : needed) {
            lock(target);
        }
    }

    /** Computes everything that follows from the written records. */
    void run(List<RowChange> written) {
        List<RowChange> changes = written;
        while (!changes.isEmpty()) {
            List<RowChange> next = new ArrayList<>();
            next.addAll(rollUps(changes));
            next.addAll(readers(changes));
            changes = next;
        }
    }

    private Map<Target, Set<RollUpPlan>> rollUpTargets(RowChange change) {
        Map<Target, Set<RollUpPlan>> targets = new TreeMap<>();
        for (RollUpPlan rollUp : context.plan(change.object()).feeds()) {
            if (change.touches(rollUp.watched())) {
                String via = rollUp.type().via();
                for (Optional<UUID> parent : List.of(change.before(via), change.after(via))) {
                    parent.ifPresent(
                            id -> targets.computeIfAbsent(new Target(rollUp.parent(), id), t -> new LinkedHashSet<>())
                                    .add(rollUp));
                }
            }
        }
        return targets;
    }

    private List<RowChange> rollUps(List<RowChange> changes) {
        Map<Target, Set<RollUpPlan>> targets = new TreeMap<>();
        for (RowChange change : changes) {
            rollUpTargets(change)
                    .forEach((target, plans) -> targets.computeIfAbsent(target, t -> new LinkedHashSet<>())
                            .addAll(plans));
        }
        targets.keySet().removeAll(gone);
        Map<Target, StoredRow> rows = new TreeMap<>();
        for (Target target : targets.keySet()) {
            lock(target).ifPresent(row -> rows.put(target, row));
        }
        targets.keySet().retainAll(rows.keySet());
        Map<Target, Map<String, @Nullable Object>> results = rollUpQueries.compute(targets);
        List<RowChange> next = new ArrayList<>();
        rows.forEach((target, row) ->
                compute(target, row, results.getOrDefault(target, Map.of())).ifPresent(next::add));
        return next;
    }

    private List<RowChange> readers(List<RowChange> changes) {
        Map<String, Set<UUID>> found = new TreeMap<>();
        for (RowChange change : changes) {
            if (change.before().isEmpty() || change.after().isEmpty()) {
                // Nothing refers to a new record yet, and no longer to a deleted one.
                continue;
            }
            for (ReaderPlan reader : context.plan(change.object()).readers()) {
                if (change.touches(reader.watched())) {
                    Set<UUID> ids = found.computeIfAbsent(reader.object(), o -> new HashSet<>());
                    collect(reader, change.id(), ids);
                }
            }
        }
        Set<Target> targets = new TreeSet<>();
        found.forEach((object, ids) -> ids.forEach(id -> targets.add(new Target(object, id))));
        targets.removeAll(gone);
        List<RowChange> next = new ArrayList<>();
        for (Target target : targets) {
            lock(target).flatMap(row -> compute(target, row, Map.of())).ifPresent(next::add);
        }
        return next;
    }

    /** Ids of the records from which the reader's hops lead to the changed one, page by page. */
    private void collect(ReaderPlan reader, UUID changed, Set<UUID> ids) {
        Expr.Hop last = reader.hops().getLast();
        ValueType type = new ValueType.Reference(last.target());
        Expr leads = Expr.equal(
                new Expr.FieldRef(
                        0,
                        reader.object(),
                        reader.hops().subList(0, reader.hops().size() - 1),
                        last.lookup(),
                        type),
                new Expr.Literal(changed, type));
        for (int offset = 0; ; offset += Limits.BATCH) {
            QueryPlan plan = PlanParts.plan(
                    context.viewpoint(),
                    reader.object(),
                    List.of(),
                    leads,
                    List.of(),
                    Limits.BATCH,
                    offset,
                    Optional.empty(),
                    false);
            List<Map<String, @Nullable Object>> page = context.ports()
                    .store()
                    .query(context.viewpoint().model(), plan)
                    .rows();
            page.forEach(row -> {
                if (row.get(SystemField.ID) instanceof UUID id) {
                    ids.add(id);
                }
            });
            dependents += page.size();
            Limits.check("dependents", dependents, Limits.DEPENDENTS);
            if (page.size() < Limits.BATCH) {
                return;
            }
        }
    }

    private Optional<StoredRow> lock(Target target) {
        Optional<StoredRow> row =
                context.ports().store().lock(context.viewpoint().model(), target.object(), target.id());
        row.ifPresent(r -> context.reader().remember(target.object(), target.id(), r.values()));
        return row;
    }

    /** Computes all roll-ups and formulas of the records anew and what follows from them; returns how many changed. */
    int recompute(String object, List<UUID> ids) {
        Map<Target, Set<RollUpPlan>> targets = new TreeMap<>();
        Map<Target, StoredRow> rows = new TreeMap<>();
        for (UUID id : ids) {
            targets.put(
                    new Target(object, id),
                    new LinkedHashSet<>(context.plan(object).rollUps()));
        }
        targets.keySet().forEach(target -> lock(target).ifPresent(row -> rows.put(target, row)));
        targets.keySet().retainAll(rows.keySet());
        Map<Target, Map<String, @Nullable Object>> results = rollUpQueries.compute(targets);
        List<RowChange> changed = new ArrayList<>();
        rows.forEach((target, row) ->
                compute(target, row, results.getOrDefault(target, Map.of())).ifPresent(changed::add));
        run(changed);
        return changed.size();
    }

    /** Computes a record's formulas over its new roll-ups and writes what is different. */
    private Optional<RowChange> compute(Target target, StoredRow row, Map<String, @Nullable Object> rollUps) {
        WorkingRecord record = WorkingRecord.existing(
                context.plan(target.object()),
                target.id(),
                row.version(),
                row.values(),
                context.reader(),
                context.viewpoint());
        rollUps.forEach(record::set);
        computation.formulas(record);
        Map<String, @Nullable Object> changes = record.changes();
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        context.ports().store().writeComputed(context.viewpoint().model(), target.object(), target.id(), changes);
        context.reader().remember(target.object(), target.id(), record.values());
        return Optional.of(RowChange.of(record));
    }
}
