package dev.tenon.records.internal;

import dev.tenon.expression.Evaluator;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.records.RecordsError;
import dev.tenon.records.internal.ObjectPlan.WhenPlan;
import java.util.Map;
import java.util.Optional;

/**
 * Which fields a record shows, demands and locks, by its own values. Like validation rules the conditions look at the whole
 * record and at what it refers to, also at what the caller may not see.
 */
final class FieldConditions {

    private final SaveContext context;

    FieldConditions(SaveContext context) {
        this.context = context;
    }

    static boolean visible(WorkingRecord record, String field) {
        return record.plan()
                .whenOf(field)
                .visible()
                .map(condition -> Evaluator.holds(condition, record))
                .orElse(true);
    }

    /** Whether the record has to have a value; a part has to have its whole, a field that is not shown nothing. */
    static boolean demanded(WorkingRecord record, Field field) {
        if (field.type() instanceof FieldType.MasterDetail) {
            return true;
        }
        return (field.required() || holds(record.plan().whenOf(field.name()).required(), record))
                && visible(record, field.name());
    }

    /** Whether people and programs may not write the field: told from the record before, or from the rest of a new one. */
    boolean locked(WorkingRecord record, String field) {
        Optional<Expr> condition = record.plan().whenOf(field).readOnly();
        return condition.isPresent() && holds(condition, record.isNew() ? rest(record, field) : record.asItWas());
    }

    private WorkingRecord rest(WorkingRecord record, String field) {
        WorkingRecord rest = record.without(field);
        new Computation(context).formulas(rest);
        return rest;
    }

    /** Throws for what the caller sent to fields that are locked. Engines of the platform write them all the same. */
    void refuseLocked(WorkingRecord record) {
        if (context.viewpoint().isSystem()) {
            return;
        }
        Faults faults = new Faults();
        for (Map.Entry<String, WhenPlan> entry : record.plan().when().entrySet()) {
            String name = entry.getKey();
            if (record.asked(name) && changed(record, name) && locked(record, name)) {
                Field field = record.plan().type().requireField(name);
                faults.add(
                        RecordsError.FIELD_READ_ONLY,
                        name,
                        Map.of(
                                "object",
                                record.plan().name(),
                                "field",
                                context.fitting().label(field)));
            }
        }
        faults.raise();
    }

    private static boolean changed(WorkingRecord record, String field) {
        return record.links().containsKey(field) || !WorkingRecord.same(record.value(field), record.valueBefore(field));
    }

    private static boolean holds(Optional<Expr> condition, WorkingRecord record) {
        return condition.map(c -> Evaluator.holds(c, record)).orElse(false);
    }
}
