package dev.tenon.records.internal;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.Trigger.Moment;
import dev.tenon.records.RecordsError;
import dev.tenon.records.internal.ObjectPlan.IncomingReference;
import dev.tenon.records.internal.Propagation.Target;
import dev.tenon.records.port.RecordStore.StoredRow;
import dev.tenon.records.port.RecycleBinStore;
import dev.tenon.records.port.RecycleBinStore.Entry;
import dev.tenon.records.port.RecycleBinStore.KeptRecord;
import dev.tenon.records.port.RecycleBinStore.Release;
import dev.tenon.sdk.error.PlatformException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The order of a deletion: the record's parts go with it, records that need it prevent it, records that only refer to it
 * let go. Nothing is written before everything was looked at.
 */
final class DeleteOrder {

    private final SaveContext context;
    private final SaveOrder order;
    private final TriggerRunner triggers;
    /** In the order found: a master before its parts. */
    private final Map<Target, WorkingRecord> tree = new LinkedHashMap<>();
    /** What the recycle bin gets; the references that were emptied with it. */
    private final List<KeptRecord> kept = new ArrayList<>();

    private final List<Release> releases = new ArrayList<>();

    DeleteOrder(SaveContext context, SaveOrder order, TriggerRunner triggers) {
        this.context = context;
        this.order = order;
        this.triggers = triggers;
    }

    /** @param root locked, permitted, guarded */
    void delete(WorkingRecord root) {
        tree.put(new Target(root.plan().name(), root.id()), root);
        collectParts(root);
        Set<Target> released = referring();
        for (WorkingRecord record : tree.values()) {
            triggers.run(Moment.BEFORE_DELETE, record);
        }
        Journal journal = new Journal(context);
        Propagation propagation = new Propagation(context, tree.keySet());
        propagation.lockAhead(List.copyOf(tree.values()));
        for (Target target : released) {
            release(target, journal, propagation);
        }
        List<WorkingRecord> partsFirst = new ArrayList<>(tree.values()).reversed();
        for (WorkingRecord record : partsFirst) {
            remove(record);
            journal.deleted(record);
        }
        keep(root);
        propagation.run(partsFirst.stream().map(RowChange::deleted).toList());
        order.runAfter(Moment.AFTER_DELETE, List.copyOf(tree.values()), journal);
        journal.write();
    }

    private void collectParts(WorkingRecord master) {
        for (IncomingReference reference : master.plan().incoming()) {
            if (!reference.master()) {
                continue;
            }
            for (UUID part : referring(reference, master.id())) {
                Target target = new Target(reference.object(), part);
                if (!tree.containsKey(target)) {
                    Limits.check("cascade", tree.size(), Limits.CASCADE);
                    lockToDelete(target)
                            // Somebody may have given it to another master while we waited for it.
                            .filter(row -> master.id()
                                    .equals(row.values().get(reference.field().name())))
                            .ifPresent(row -> {
                                WorkingRecord record = order.existing(target.object(), row);
                                order.guard(target.object(), target.id(), Set.of(), true);
                                tree.put(target, record);
                                collectParts(record);
                            });
                }
            }
        }
    }

    /** Records outside of the tree that refer into it and may let go; throws where one may not. */
    private Set<Target> referring() {
        Set<Target> released = new LinkedHashSet<>();
        for (WorkingRecord record : tree.values()) {
            for (IncomingReference reference : record.plan().incoming()) {
                for (UUID id : reference.master() ? List.<UUID>of() : referring(reference, record.id())) {
                    Target target = new Target(reference.object(), id);
                    if (tree.containsKey(target)) {
                        continue;
                    }
                    if (reference.field().required() || reference.field().system()) {
                        throw restricted(record.plan().name());
                    }
                    released.add(target);
                }
            }
            Limits.check("cascade", released.size(), Limits.CASCADE);
        }
        return released;
    }

    /** Says neither which nor how many: they may be records that the caller must not know of. */
    private static PlatformException restricted(String object) {
        return RecordsError.DELETE_RESTRICTED.error().with("object", object).build();
    }

    /** Empties every reference of the record into the tree. No triggers: nobody saves this record, it loses a neighbour. */
    private void release(Target target, Journal journal, Propagation propagation) {
        lock(target).ifPresent(row -> {
            WorkingRecord record = order.existing(target.object(), row);
            Map<String, UUID> emptied = new LinkedHashMap<>();
            record.plan()
                    .type()
                    .fields()
                    .values()
                    .forEach(field -> References.target(field).ifPresent(referred -> {
                        if (record.value(field.name()) instanceof UUID id
                                && tree.containsKey(new Target(referred, id))) {
                            emptied.put(field.name(), id);
                        }
                    }));
            order.guard(target.object(), target.id(), emptied.keySet(), false);
            emptied.forEach((field, referred) -> {
                record.set(field, null);
                releases.add(new Release(target.object(), target.id(), field, referred));
            });
            new Computation(context).formulas(record);
            for (String name : emptied.keySet()) {
                Field field = record.plan().type().requireField(name);
                Field whole = record.plan().type().requireField(field.whole());
                if (FieldConditions.demanded(record, field) || FieldConditions.demanded(record, whole)) {
                    throw restricted(References.target(field).orElseThrow());
                }
            }
            order.write(record, journal, propagation);
        });
    }

    private void remove(WorkingRecord record) {
        String object = record.plan().name();
        // A before trigger may have saved the record once more; the lock is ours, so that is the newest.
        StoredRow newest =
                lock(new Target(object, record.id())).orElseThrow(() -> SaveOrder.notFound(object, record.id()));
        if (!context.ports().store().delete(context.viewpoint().model(), object, record.id(), newest.version())) {
            throw SaveOrder.notFound(object, record.id());
        }
        new MatchKeyWriting(context).deleted(record);
        if (context.ports().bin().keeps()) {
            kept.add(KeptValues.of(record.plan(), newest));
        }
        context.reader().forget(object, record.id());
    }

    private void keep(WorkingRecord root) {
        RecycleBinStore bin = context.ports().bin();
        if (bin.keeps()) {
            Viewpoint viewpoint = context.viewpoint();
            Entry entry = new Entry(
                    root.id(),
                    root.plan().name(),
                    viewpoint.identity().user().id(),
                    !viewpoint.isSystem(),
                    context.channel(),
                    viewpoint.now());
            bin.keep(viewpoint.identity().tenant(), entry, kept.reversed(), releases);
        } else {
            // In the bin a record keeps its lock, and has it again when it comes back.
            context.ports()
                    .holds()
                    .remove(
                            context.viewpoint().identity().tenant(),
                            tree.keySet().stream().map(Target::id).toList());
        }
    }

    /** Who refers to it meanwhile has to wait, and finds it gone; what was referred to before is seen. */
    private Optional<StoredRow> lockToDelete(Target target) {
        return context.ports().store().lockToDelete(context.viewpoint().model(), target.object(), target.id());
    }

    private Optional<StoredRow> lock(Target target) {
        return context.ports().store().lock(context.viewpoint().model(), target.object(), target.id());
    }

    private List<UUID> referring(IncomingReference reference, UUID id) {
        return context.ports()
                .store()
                .referring(
                        context.viewpoint().model(),
                        reference.object(),
                        reference.field().name(),
                        List.of(id),
                        Limits.CASCADE + 1);
    }
}
