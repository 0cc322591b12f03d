package dev.tenon.records.internal;

import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.records.RecycleBin.Loss;
import dev.tenon.records.RecycleBin.Reason;
import dev.tenon.records.RecycleBin.Restored;
import dev.tenon.records.internal.Propagation.Target;
import dev.tenon.records.port.RecordStore.NewRow;
import dev.tenon.records.port.RecycleBinStore;
import dev.tenon.records.port.RecycleBinStore.Entry;
import dev.tenon.records.port.RecycleBinStore.Release;
import dev.tenon.sdk.error.PlatformException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The order of a restore: the tree is made of what was kept and written as it was, what is computed follows, and the
 * references that the deletion had emptied are set again.
 *
 * <p>Rules are not asked: they may be younger than the record, and it fulfilled those of its time. Triggers do not run,
 * neither before nor after: the record is not new, and what they did when it was, mails and further records, must not
 * happen twice. Who has to know listens to the event {@code record.restored}.
 */
final class RestoreOrder {

    private final SaveContext context;
    private final SaveOrder order;
    private final Computation computation;
    private final Propagation propagation;
    private final List<Loss> losses = new ArrayList<>();

    RestoreOrder(SaveContext context, SaveOrder order) {
        this.context = context;
        this.order = order;
        this.computation = new Computation(context);
        this.propagation = new Propagation(context, Set.of());
    }

    /** @param entry locked, visible */
    Restored restore(Entry entry) {
        order.requireCreate(entry.object());
        RecycleBinStore bin = context.ports().bin();
        String tenant = context.viewpoint().identity().tenant();
        Map<Target, WorkingRecord> tree =
                new RestoredValues(context, losses).records(bin.tree(tenant, entry.id(), Integer.MAX_VALUE));
        List<WorkingRecord> records = List.copyOf(tree.values());
        order.guardWhole(records.getFirst());
        new Propagation(context, tree.keySet()).lockAhead(records);
        Journal journal = new Journal(context);
        insert(tree);
        records.forEach(journal::restored);
        propagation.run(records.stream().map(RowChange::of).toList());
        recomputeNeighbours(tree);
        released(bin.released(tenant, entry.id()), tree, journal);
        bin.remove(tenant, entry.id());
        journal.write();
        return new Restored(entry.object(), entry.id(), told());
    }

    /** Level by level, so that formulas find the master that they read. */
    private void insert(Map<Target, WorkingRecord> tree) {
        Map<Target, Integer> depths = new HashMap<>();
        Map<Integer, Map<String, List<WorkingRecord>>> levels = new TreeMap<>();
        tree.forEach((target, record) -> {
            int depth = masters(record)
                    .map(depths::get)
                    .filter(Objects::nonNull)
                    .mapToInt(above -> above + 1)
                    .max()
                    .orElse(0);
            depths.put(target, depth);
            levels.computeIfAbsent(depth, d -> new TreeMap<>())
                    .computeIfAbsent(target.object(), o -> new ArrayList<>())
                    .add(record);
        });
        levels.values().forEach(level -> level.forEach(this::insert));
    }

    /** One; of a link both of its records. */
    private static Stream<Target> masters(WorkingRecord record) {
        return record.plan().type().fields().values().stream()
                .filter(field -> field.type() instanceof FieldType.MasterDetail)
                .flatMap(via -> target(record, via).stream());
    }

    private static Optional<Target> target(WorkingRecord record, Field field) {
        return record.value(field.name()) instanceof UUID id
                ? References.target(field).map(object -> new Target(object, id))
                : Optional.empty();
    }

    private void insert(String object, List<WorkingRecord> records) {
        for (WorkingRecord record : records) {
            computation.formulas(record);
            context.reader().remember(object, record.id(), record.values());
        }
        // The next version: who still holds the last one must not take the restored record for what he knows.
        List<NewRow> rows = records.stream()
                .map(record -> new NewRow(record.id(), record.version() + 1, SaveOrder.columns(record)))
                .toList();
        try {
            context.ports().store().insertAll(context.viewpoint().model(), object, rows);
        } catch (PlatformException fault) {
            throw order.readable(object, fault);
        }
        new MatchKeyWriting(context).inserted(records);
    }

    /** Formulas over a reference to another record of the tree may have been computed before that one's. */
    private void recomputeNeighbours(Map<Target, WorkingRecord> tree) {
        Map<String, List<UUID>> readers = new TreeMap<>();
        tree.forEach((target, record) -> {
            boolean refers = record.plan().type().fields().values().stream()
                    .filter(field -> !(field.type() instanceof FieldType.MasterDetail))
                    .anyMatch(field ->
                            target(record, field).filter(tree::containsKey).isPresent());
            if (refers) {
                readers.computeIfAbsent(target.object(), o -> new ArrayList<>()).add(target.id());
            }
        });
        readers.forEach(propagation::recompute);
    }

    /** Sets the references of other records again, where nobody has put something else there. */
    private void released(List<Release> releases, Map<Target, WorkingRecord> tree, Journal journal) {
        Map<Target, List<Release>> byRecord = new TreeMap<>();
        releases.forEach(
                release -> byRecord.computeIfAbsent(new Target(release.object(), release.id()), t -> new ArrayList<>())
                        .add(release));
        byRecord.forEach((target, some) -> {
            if (context.viewpoint().model().findObject(target.object()).isPresent()) {
                context.ports()
                        .store()
                        .lock(context.viewpoint().model(), target.object(), target.id())
                        .ifPresent(row -> referAgain(order.existing(target.object(), row), some, tree, journal));
            }
        });
    }

    private void referAgain(
            WorkingRecord record, List<Release> releases, Map<Target, WorkingRecord> tree, Journal journal) {
        Map<String, UUID> wanted = new LinkedHashMap<>();
        for (Release release : releases) {
            boolean leads = record.plan()
                    .type()
                    .findField(release.field())
                    .flatMap(References::target)
                    .filter(object -> tree.containsKey(new Target(object, release.referred())))
                    .isPresent();
            if (leads && record.value(release.field()) == null) {
                wanted.put(release.field(), release.referred());
            } else if (leads) {
                notSet(record, release.field());
            }
        }
        try {
            order.guard(record.plan().name(), record.id(), wanted.keySet(), false);
        } catch (PlatformException locked) {
            wanted.keySet().forEach(field -> notSet(record, field));
            return;
        }
        wanted.forEach(record::set);
        Circles circles = new Circles(context);
        for (String name : wanted.keySet()) {
            if (circles.through(record, record.plan().type().requireField(name)).isPresent()) {
                record.set(name, null);
                notSet(record, name);
            }
        }
        computation.formulas(record);
        order.write(record, journal, propagation);
    }

    private void notSet(WorkingRecord record, String field) {
        losses.add(new Loss(
                record.plan().name(), record.id(), Optional.of(field), Reason.REFERENCE_NOT_SET, Optional.empty()));
    }

    /** The losses within the rights of who restores. */
    private List<Loss> told() {
        Map<String, Set<UUID>> asked = new HashMap<>();
        losses.forEach(loss ->
                asked.computeIfAbsent(loss.object(), o -> new HashSet<>()).add(loss.id()));
        Map<String, Set<UUID>> visible = new HashMap<>();
        asked.forEach((object, ids) -> {
            ObjectAccess access = context.viewpoint().access(object);
            visible.put(object, context.queries().matchingAll(object, access.read(), ids));
        });
        Set<Loss> told = new LinkedHashSet<>();
        for (Loss loss : losses) {
            if (loss.reason() == Reason.OBJECT_GONE) {
                told.add(loss);
            } else if (visible.getOrDefault(loss.object(), Set.of()).contains(loss.id())) {
                told.add(masked(loss));
            }
        }
        return List.copyOf(told);
    }

    /** A field that is gone has no rights left to ask for; nothing but its name is told. */
    private Loss masked(Loss loss) {
        ObjectAccess access = context.viewpoint().access(loss.object());
        String field = loss.field().orElse("");
        if (loss.reason() == Reason.FIELD_GONE || access.mayRead(field)) {
            boolean always = access.conditions().getOrDefault(field, Expr.TRUE).equals(Expr.TRUE);
            return always ? loss : withoutValue(loss, loss.field());
        }
        return withoutValue(loss, Optional.empty());
    }

    private static Loss withoutValue(Loss loss, Optional<String> field) {
        return new Loss(loss.object(), loss.id(), field, loss.reason(), Optional.empty());
    }
}
