package dev.tenon.records.internal;

import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.FieldState;
import dev.tenon.sdk.record.RecordIds;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The conditions and defaults of fields for a form that is being filled, by the same steps as a save up to its first trigger. */
final class FormStates {

    private final SaveContext context;
    private final IncomingValues incoming;
    private final Computation computation;
    private final FieldConditions conditions;

    FormStates(SaveContext context) {
        this.context = context;
        this.incoming = new IncomingValues(context);
        this.computation = new Computation(context);
        this.conditions = new FieldConditions(context);
    }

    Map<String, FieldState> of(String object, Optional<UUID> id, Map<String, @Nullable Object> sent) {
        ObjectAccess access = context.viewpoint().requireAccess(object);
        return states(filled(object, id, sent), access);
    }

    /** The record as a form would save it. */
    WorkingRecord filled(String object, Optional<UUID> id, Map<String, @Nullable Object> sent) {
        ObjectAccess access = context.viewpoint().requireAccess(object);
        Map<String, @Nullable Object> stored = Map.of();
        if (id.isPresent()) {
            requireRecord(object, id.get(), access, !sent.isEmpty());
            stored = context.reader().row(object, id.get());
        } else if (!access.create()) {
            throw SaveOrder.notAllowed(object, "create");
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>(incoming.forForm(object, id, sent, stored));
        while (true) {
            WorkingRecord record = record(object, id, stored, values);
            Map<String, FieldState> states = states(record, access);
            List<String> notSent = values.keySet().stream()
                    .filter(name -> states.containsKey(name) && !takesValue(states.get(name)))
                    .toList();
            if (notSent.isEmpty()) {
                return record;
            }
            // A form sends nothing from fields that it hides or locks, so nothing may depend on what is typed there.
            notSent.forEach(values::remove);
        }
    }

    private static boolean takesValue(@Nullable FieldState state) {
        return state != null && state.visible() && !state.readOnly();
    }

    private void requireRecord(String object, UUID id, ObjectAccess access, boolean changed) {
        if (!matches(object, access.read(), id)) {
            throw SaveOrder.notFound(object, id);
        }
        if (changed && !matches(object, access.update(), id)) {
            throw SaveOrder.notAllowed(object, "update");
        }
    }

    private boolean matches(String object, Expr condition, UUID id) {
        return context.queries().matches(object, condition, id);
    }

    private WorkingRecord record(
            String object,
            Optional<UUID> id,
            Map<String, @Nullable Object> stored,
            Map<String, @Nullable Object> values) {
        ObjectPlan plan = context.plan(object);
        Viewpoint viewpoint = context.viewpoint();
        WorkingRecord record;
        if (id.isPresent()) {
            record = WorkingRecord.existing(plan, id.get(), 0, stored, context.reader(), viewpoint);
            record.ask(values);
        } else {
            UUID fresh = RecordIds.at(viewpoint.now().toEpochMilli());
            record = WorkingRecord.creating(plan, fresh, context.reader(), viewpoint);
            record.set(SystemField.ID, fresh);
            record.ask(values);
            computation.fillNew(record, values);
        }
        computation.formulas(record);
        return record;
    }

    private Map<String, FieldState> states(WorkingRecord record, ObjectAccess access) {
        Map<String, FieldState> states = new LinkedHashMap<>();
        Set<String> defaults = record.isNew()
                ? record.plan()
                        .defaultsOf(record.value(SystemField.RECORD_TYPE))
                        .keySet()
                : Set.of();
        Set<String> names = new LinkedHashSet<>(record.plan().when().keySet());
        names.addAll(defaults);
        for (String name : names) {
            if (access.mayRead(name)) {
                Field field = record.plan().type().requireField(name);
                states.put(
                        name,
                        new FieldState(
                                FieldConditions.visible(record, name),
                                FieldConditions.demanded(record, field),
                                field.readOnly() || conditions.locked(record, name),
                                defaults.contains(name) && !record.asked(name) ? shown(record, field, access) : null));
            }
        }
        return states;
    }

    /** Not what the saved record would not show: a cell with a condition of its own, a record that is not visible. */
    private @Nullable Object shown(WorkingRecord record, Field field, ObjectAccess access) {
        Object value = record.value(field.name());
        Optional<String> target = References.target(field);
        boolean unseen = target.isPresent()
                && value instanceof UUID id
                && !matches(
                        target.get(), context.viewpoint().access(target.get()).read(), id);
        // It would be sealed; the save fills it.
        boolean encrypted = SealedFields.type(field).isPresent();
        return unseen || encrypted || access.conditions().containsKey(field.name()) ? null : value;
    }
}
