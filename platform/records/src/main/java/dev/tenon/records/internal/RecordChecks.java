package dev.tenon.records.internal;

import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.Evaluator;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.ValidationRule;
import dev.tenon.records.RecordsError;
import dev.tenon.records.internal.ObjectPlan.RulePlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** The checks behind triggers and formulas: required values, status models, references and files, validation rules. */
final class RecordChecks {

    private final SaveContext context;
    private final StatusModel status;
    private final FileClaims files;
    private final CandidateChecks candidates;
    private final DependentValues dependent;
    private final Links links;

    RecordChecks(SaveContext context) {
        this.context = context;
        this.status = new StatusModel(context);
        this.files = new FileClaims(context);
        this.candidates = new CandidateChecks(context);
        this.dependent = new DependentValues(context);
        this.links = new Links(context);
    }

    /** Throws everything that is wrong with the record at once. */
    void check(WorkingRecord record) {
        checkAll(List.of(record)).getFirst().raise();
    }

    /**
     * Checks many records of one object, with one look at the database for each referenced object. What is found stays
     * until the transaction ends.
     */
    List<Faults> checkAll(List<WorkingRecord> records) {
        List<Faults> all = new ArrayList<>();
        Map<Wanted, Set<UUID>> wanted = new TreeMap<>(IN_ORDER);
        for (WorkingRecord record : records) {
            Faults faults = new Faults();
            required(record, faults);
            status.check(record, faults);
            dependent.check(record, faults);
            rules(record, faults);
            references(record)
                    .forEach(r -> wanted.computeIfAbsent(r.wanted(), w -> new HashSet<>())
                            .add(r.id()));
            all.add(faults);
        }
        files.check(records, all);
        Map<Wanted, Set<UUID>> found = new HashMap<>();
        wanted.forEach((what, ids) -> found.put(what, find(what, ids)));
        for (int i = 0; i < records.size(); i++) {
            Faults faults = all.get(i);
            Set<String> missing = new HashSet<>();
            references(records.get(i)).stream()
                    .filter(r -> !found.getOrDefault(r.wanted(), Set.of()).contains(r.id()))
                    .filter(r -> missing.add(r.field().name()))
                    .forEach(r -> faults.add(
                            RecordsError.REFERENCE_NOT_FOUND,
                            r.field().name(),
                            Map.of("field", context.fitting().label(r.field()))));
            candidates.check(records.get(i), missing, faults);
            links.check(records.get(i), missing, faults);
        }
        return all;
    }

    private void required(WorkingRecord record, Faults faults) {
        ObjectAccess access = context.viewpoint().access(record.plan().name());
        for (Field field : record.plan().type().fields().values()) {
            boolean full = record.value(field.name()) != null || field.system();
            if (full || !FieldConditions.demanded(record, field)) {
                continue;
            }
            boolean emptied = record.isNew() || record.valueBefore(field.name()) != null;
            boolean system = context.viewpoint().isSystem();
            if (mayFill(record, field, access) && (emptied || !system)) {
                faults.add(
                        RecordsError.FIELD_REQUIRED,
                        field.name(),
                        Map.of("field", context.fitting().label(field)));
            } else if (emptied || (!system && !FieldConditions.demanded(record.asItWas(), field))) {
                // Names no field: it may be one that is hidden from the caller.
                faults.add(RecordsError.VALUE_NOT_YOURS_REQUIRED, "", Map.of());
            }
            // Else the record lacked a demanded value before, and this caller could not give it: the save makes nothing
            // worse. Nor do engines fail where a person has still to fill in what their step made necessary.
        }
    }

    /** What is computed is filled through its parts. */
    private static boolean mayFill(WorkingRecord record, Field field, ObjectAccess access) {
        return References.computed(field)
                ? record.plan().type().partsOf(field.name()).stream().anyMatch(part -> access.mayEdit(part.name()))
                : access.mayEdit(field.name());
    }

    private void rules(WorkingRecord record, Faults faults) {
        ObjectAccess access = context.viewpoint().access(record.plan().name());
        for (RulePlan plan : record.plan().rules()) {
            if (Boolean.FALSE.equals(Evaluator.evaluate(plan.condition(), record))) {
                ValidationRule rule = plan.rule();
                String message =
                        rule.message().in(context.viewpoint().identity().user().locale());
                faults.add(
                        RecordsError.VALIDATION_FAILED,
                        rule.field().filter(access::mayRead).orElse(""),
                        Map.of("message", message, "rule", rule.name()));
            }
        }
    }

    /** Records that have to exist, and for what a caller sent, that the caller has to see. */
    private record Wanted(String object, boolean visible) {}

    /** In which everybody asks for them: two saves that refer to the same records do not wait for each other. */
    private static final Comparator<Wanted> IN_ORDER =
            Comparator.comparing(Wanted::object).thenComparing(Wanted::visible);

    private record Reference(Wanted wanted, UUID id, Field field) {}

    private List<Reference> references(WorkingRecord record) {
        List<Reference> references = new ArrayList<>();
        for (Field field : record.plan().type().fields().values()) {
            Optional<String> target = References.target(field);
            if (target.isPresent()
                    && record.value(field.name()) instanceof UUID id
                    && !id.equals(record.valueBefore(field.name()))
                    && !(field.system() && !record.asked(field.name()))) {
                references.add(new Reference(new Wanted(target.get(), record.asked(field.name())), id, field));
            }
        }
        record.links().forEach((name, change) -> {
            Field field = record.plan().type().requireField(name);
            Wanted linked = new Wanted(References.links(field).orElseThrow().target(), true);
            change.added().forEach(id -> references.add(new Reference(linked, id, field)));
        });
        return references;
    }

    private Set<UUID> find(Wanted wanted, Set<UUID> ids) {
        Expr condition =
                wanted.visible() ? context.viewpoint().access(wanted.object()).read() : Expr.TRUE;
        return context.queries().keeping(wanted.object(), condition, ids);
    }
}
