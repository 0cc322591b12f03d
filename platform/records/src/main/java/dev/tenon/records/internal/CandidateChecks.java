package dev.tenon.records.internal;

import dev.tenon.access.Conditions;
import dev.tenon.expression.Evaluator;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ExprRewrite;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.RecordsError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which records a reference may be given. Asked where the reference or what its condition reads of the record changes: a
 * record does not become wrong because the one it refers to has changed since. Like validation rules the condition looks
 * at both records whole.
 */
final class CandidateChecks {

    private final SaveContext context;
    private final Circles circles;

    CandidateChecks(SaveContext context) {
        this.context = context;
        this.circles = new Circles(context);
    }

    /** @param missing references to what does not exist for the caller; of that nothing more is told */
    void check(WorkingRecord record, Set<String> missing, Faults faults) {
        Set<String> changed = record.changed();
        record.plan().candidates().forEach((name, filter) -> {
            boolean asked = record.value(name) != null && !missing.contains(name) && concerned(filter, name, changed);
            if (asked && !Evaluator.holds(filter, record)) {
                fault(RecordsError.CANDIDATE_NOT_ALLOWED, record, name, faults);
            }
        });
        reparent(record, changed, faults);
        for (Field field : record.plan().type().fields().values()) {
            circles.through(record, field)
                    .filter(way -> !missing.contains(field.name()))
                    .ifPresent(way -> faults.add(
                            RecordsError.CIRCLE,
                            field.name(),
                            Map.of("field", context.fitting().label(field), "path", way)));
        }
    }

    private static boolean concerned(Expr filter, String reference, Set<String> changed) {
        return changed.contains(reference)
                || Conditions.references(filter).stream()
                        .map(read -> read.hops().isEmpty()
                                ? read.field()
                                : read.hops().getFirst().lookup())
                        .anyMatch(changed::contains);
    }

    private void reparent(WorkingRecord record, Set<String> changed, Faults faults) {
        Optional<Field> master = record.plan().type().masterField();
        if (!record.isNew()
                && master.isPresent()
                && changed.contains(master.get().name())
                && master.get().type() instanceof FieldType.MasterDetail link
                && !link.reparent()) {
            fault(RecordsError.REPARENT_REFUSED, record, master.get().name(), faults);
        }
    }

    private void fault(RecordsError code, WorkingRecord record, String field, Faults faults) {
        String label = context.fitting().label(record.plan().type().requireField(field));
        faults.add(code, field, Map.of("field", label));
    }

    /** People and units that are no longer active are not offered; what refers to one may keep it. */
    static Expr inUse(ObjectType target) {
        return target.inUseField()
                .<Expr>map(f -> new Expr.FieldRef(0, target.name(), List.of(), f.name(), ValueType.Simple.BOOLEAN))
                .orElse(Expr.TRUE);
    }

    /** The condition as one on the target's records, for the record as it is now. */
    static Expr onTarget(WorkingRecord record, String reference, String target) {
        Expr filter = record.plan().candidates().getOrDefault(reference, Expr.TRUE);
        return ExprRewrite.fields(filter, (read, depth) -> {
            List<Expr.Hop> hops = read.hops();
            if (hops.isEmpty() && read.field().equals(reference)) {
                return new Expr.FieldRef(0, target, List.of(), SystemField.ID, ValueType.Simple.ID);
            }
            if (!hops.isEmpty() && hops.getFirst().lookup().equals(reference)) {
                return new Expr.FieldRef(0, target, hops.subList(1, hops.size()), read.field(), read.type());
            }
            return new Expr.Literal(record.field(hops, read.field()), read.type());
        });
    }
}
