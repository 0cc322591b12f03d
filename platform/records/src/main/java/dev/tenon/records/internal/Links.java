package dev.tenon.records.internal;

import dev.tenon.access.Conditions;
import dev.tenon.expression.Evaluator;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType.ManyToMany;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.LinkChange;
import dev.tenon.records.RecordsError;
import dev.tenon.records.port.QueryPlan;
import dev.tenon.records.port.RecordStore.NewRow;
import dev.tenon.sdk.record.RecordIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The links of a save: what was sent is compared with what there is, checked, and written with the record. The record's
 * lock keeps two writers apart.
 */
final class Links {

    private final SaveContext context;

    Links(SaveContext context) {
        this.context = context;
    }

    /** Finds out which links the sent values add and take away. */
    void compare(WorkingRecord record) {
        record.sentLinks().forEach((name, sent) -> {
            Field field = record.plan().type().requireField(name);
            requireCell(record, field);
            ManyToMany links = References.links(field).orElseThrow();
            LinkChange change = compared(record, field, links, sent);
            if (!change.isEmpty()) {
                record.link(name, change);
            }
        });
    }

    /** Who may not read the cell would change what he does not know. */
    private void requireCell(WorkingRecord record, Field field) {
        String object = record.plan().name();
        Expr cell = context.viewpoint().access(object).conditions().getOrDefault(field.name(), Expr.TRUE);
        if (!record.isNew() && !cell.equals(Expr.TRUE) && !context.queries().matches(object, cell, record.id())) {
            throw RecordsError.FIELD_NOT_EDITABLE
                    .error()
                    .with("object", object)
                    .with("field", context.fitting().label(field))
                    .build();
        }
    }

    private LinkChange compared(WorkingRecord record, Field field, ManyToMany links, Object sent) {
        Set<UUID> wanted = new LinkedHashSet<>(sent instanceof LinkChange change ? change.added() : ids(sent));
        if (record.isNew()) {
            return new LinkChange(List.copyOf(wanted), List.of());
        }
        Set<UUID> unwanted = new LinkedHashSet<>(sent instanceof LinkChange change ? change.removed() : List.of());
        unwanted.removeAll(wanted);
        Map<UUID, UUID> present = sent instanceof LinkChange
                ? among(
                        links,
                        record.id(),
                        Stream.concat(wanted.stream(), unwanted.stream()).toList())
                : all(links, record.id(), field);
        if (!(sent instanceof LinkChange)) {
            unwanted.addAll(present.keySet());
            unwanted.removeAll(wanted);
        }
        unwanted.retainAll(present.keySet());
        wanted.removeAll(present.keySet());
        return new LinkChange(List.copyOf(wanted), List.copyOf(unwanted));
    }

    private static List<UUID> ids(Object sent) {
        return sent instanceof List<?> list
                ? list.stream().map(UUID.class::cast).toList()
                : List.of();
    }

    /** All links of a record, by the id of the record linked. */
    private Map<UUID, UUID> all(ManyToMany links, UUID source, Field field) {
        Map<UUID, UUID> all = read(links, end(links, ManyToMany.SOURCE, source), Limits.LINKS + 1);
        if (all.size() > Limits.LINKS) {
            throw RecordsError.TOO_MANY_LINKS
                    .error()
                    .with("field", context.fitting().label(field))
                    .with("limit", Limits.LINKS)
                    .build();
        }
        return all;
    }

    private Map<UUID, UUID> among(ManyToMany links, UUID source, List<UUID> targets) {
        return targets.isEmpty()
                ? Map.of()
                : read(
                        links,
                        Expr.and(
                                end(links, ManyToMany.SOURCE, source),
                                PlanParts.among(reference(links, ManyToMany.TARGET), targets)),
                        targets.size());
    }

    /**
     * Those that the caller sees: somebody else's links to what he does not see stay, and who links such a record is refused
     * because he does not see it.
     */
    private Map<UUID, UUID> read(ManyToMany links, Expr where, int limit) {
        Expr seen = Conditions.allOf(
                List.of(context.viewpoint().access(links.junction()).read(), where));
        if (seen.equals(Expr.FALSE)) {
            return Map.of();
        }
        QueryPlan plan = PlanParts.plan(
                context.viewpoint(),
                links.junction(),
                List.of(new QueryPlan.Projection("linked", reference(links, ManyToMany.TARGET))),
                seen,
                List.of(),
                limit,
                0,
                Optional.empty(),
                false);
        Map<UUID, UUID> found = new LinkedHashMap<>();
        context.ports().store().query(context.viewpoint().model(), plan).rows().forEach(row -> {
            if (row.get("linked") instanceof UUID target && row.get(SystemField.ID) instanceof UUID id) {
                found.put(target, id);
            }
        });
        return found;
    }

    private Expr end(ManyToMany links, String name, UUID id) {
        return Expr.equal(reference(links, name), new Expr.Literal(id, ValueType.Simple.ID));
    }

    private Expr.FieldRef reference(ManyToMany links, String name) {
        Field end = context.viewpoint().type(links.junction()).requireField(name);
        return new Expr.FieldRef(
                0,
                links.junction(),
                List.of(),
                name,
                ValueType.of(context.viewpoint().model(), end));
    }

    /**
     * What is linked has to be allowed by the field's condition.
     *
     * @param missing fields that link what does not exist for the caller; of that nothing more is told
     */
    void check(WorkingRecord record, Set<String> missing, Faults faults) {
        record.links().forEach((name, change) -> {
            Expr filter = record.plan().candidates().get(name);
            if (filter == null || change.added().isEmpty() || missing.contains(name)) {
                return;
            }
            Field field = record.plan().type().requireField(name);
            String target = References.links(field).orElseThrow().target();
            context.reader().prefetch(target, change.added());
            if (!change.added().stream().allMatch(id -> Evaluator.holds(filter, record.referring(name, id)))) {
                faults.add(
                        RecordsError.CANDIDATE_NOT_ALLOWED,
                        name,
                        Map.of("field", context.fitting().label(field)));
            }
        });
    }

    /** The links of checked records as records of their own, before they are written. */
    Written prepare(List<WorkingRecord> records) {
        Written written = new Written();
        for (WorkingRecord record : records) {
            record.links().forEach((name, change) -> {
                ManyToMany links = References.links(record.plan().type().requireField(name))
                        .orElseThrow();
                change.added().forEach(id -> written.added.add(link(links, record.id(), id)));
                if (!change.removed().isEmpty()) {
                    Set<UUID> ids = Set.copyOf(
                            among(links, record.id(), change.removed()).values());
                    ids.forEach(id -> lock(links, id).ifPresent(written.removed::add));
                }
            });
        }
        return written;
    }

    private WorkingRecord link(ManyToMany links, UUID source, UUID target) {
        Viewpoint viewpoint = context.viewpoint();
        WorkingRecord link = WorkingRecord.creating(
                context.plan(links.junction()),
                RecordIds.at(viewpoint.now().toEpochMilli()),
                context.reader(),
                viewpoint);
        link.set(SystemField.ID, link.id());
        link.set(ManyToMany.SOURCE, source);
        link.set(ManyToMany.TARGET, target);
        UUID me = viewpoint.identity().user().id();
        for (String by : List.of(SystemField.OWNER, SystemField.CREATED_BY, SystemField.UPDATED_BY)) {
            link.set(by, me);
        }
        link.set(SystemField.CREATED_AT, viewpoint.now());
        link.set(SystemField.UPDATED_AT, viewpoint.now());
        return link;
    }

    private Optional<WorkingRecord> lock(ManyToMany links, UUID id) {
        return context.ports()
                .store()
                .lock(context.viewpoint().model(), links.junction(), id)
                .map(row -> WorkingRecord.existing(
                        context.plan(links.junction()),
                        id,
                        row.version(),
                        row.values(),
                        context.reader(),
                        context.viewpoint()));
    }

    /** Links that come and go. */
    final class Written {
        private final List<WorkingRecord> added = new ArrayList<>();
        private final List<WorkingRecord> removed = new ArrayList<>();

        /** The records with the links. */
        List<WorkingRecord> with(List<WorkingRecord> records) {
            return added.isEmpty() && removed.isEmpty()
                    ? records
                    : Stream.of(records, added, removed).flatMap(List::stream).toList();
        }

        void write() {
            for (WorkingRecord link : removed) {
                context.ports()
                        .store()
                        .delete(context.viewpoint().model(), link.plan().name(), link.id(), link.version());
            }
            Map<String, List<NewRow>> rows = new HashMap<>();
            for (WorkingRecord link : added) {
                rows.computeIfAbsent(link.plan().name(), junction -> new ArrayList<>())
                        .add(new NewRow(link.id(), SaveOrder.columns(link)));
            }
            rows.forEach((junction, some) ->
                    context.ports().store().insertAll(context.viewpoint().model(), junction, some));
        }

        /** What follows for others. */
        List<RowChange> changes(WorkingRecord record) {
            return Stream.of(
                            Stream.of(RowChange.of(record)),
                            added.stream().map(RowChange::of),
                            removed.stream().map(RowChange::deleted))
                    .flatMap(all -> all)
                    .toList();
        }
    }
}
