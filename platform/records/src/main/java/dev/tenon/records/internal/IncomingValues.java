package dev.tenon.records.internal;

import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.RecordsError;
import dev.tenon.sdk.error.PlatformException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Step 1 of a save: what a caller sends is known to the caller, editable, and of the right type. */
final class IncomingValues {

    /** What the platform's own engines may set on a new record, for example when they bring data from elsewhere. */
    private static final Set<String> SYSTEM_MAY_SET =
            Set.of(SystemField.CREATED_AT, SystemField.CREATED_BY, SystemField.UPDATED_AT, SystemField.UPDATED_BY);

    private final SaveContext context;
    private final RecordTypes recordTypes;

    IncomingValues(SaveContext context) {
        this.context = context;
        this.recordTypes = new RecordTypes(context);
    }

    /** The values for a new record in their fields' Java types. */
    Map<String, @Nullable Object> forCreation(String object, Map<String, @Nullable Object> sent) {
        return requirePlain(object, accept(object, sent, Map.of(), true));
    }

    /** The values for an existing record; those that change nothing are left out. */
    Map<String, @Nullable Object> forChange(
            String object, UUID id, Map<String, @Nullable Object> sent, Map<String, @Nullable Object> stored) {
        return requirePlain(object, changes(object, id, accept(object, sent, stored, false), stored));
    }

    private Map<String, @Nullable Object> requirePlain(String object, Map<String, @Nullable Object> values) {
        Faults faults = new Faults();
        values.forEach((name, value) -> {
            try {
                SealedFields.requirePlain(
                        context.viewpoint().type(object).requireField(name), value, context.fitting());
            } catch (PlatformException masked) {
                faults.add(name, masked);
            }
        });
        faults.raise();
        return values;
    }

    /**
     * The values of a form that is still being filled: what does not fit its field yet, and a reference to what the caller
     * may not see, count as empty.
     *
     * @param id empty for a new record
     */
    Map<String, @Nullable Object> forForm(
            String object,
            Optional<UUID> id,
            Map<String, @Nullable Object> sent,
            Map<String, @Nullable Object> stored) {
        Map<String, @Nullable Object> accepted = new LinkedHashMap<>();
        sent.forEach((name, value) -> {
            Field field = requireEditable(object, name, id.isEmpty());
            if (References.links(field).isPresent()) {
                // No condition of a form can read them.
                return;
            }
            accepted.put(name, fitting(field, value, stored.get(name)));
        });
        letGo(object, accepted);
        Map<String, @Nullable Object> changes = id.isEmpty() ? accepted : changes(object, id.get(), accepted, stored);
        changes.replaceAll((name, value) -> {
            Optional<String> target =
                    References.target(context.viewpoint().type(object).requireField(name));
            return target.isEmpty() || !(value instanceof UUID referred) || seen(target.get(), referred) ? value : null;
        });
        return changes;
    }

    private @Nullable Object fitting(Field field, @Nullable Object value, @Nullable Object stored) {
        try {
            return context.fitting().fit(field, value, stored, FieldValues.Digits.EXACT);
        } catch (PlatformException notYet) {
            return null;
        }
    }

    private boolean seen(String object, UUID id) {
        return context.queries()
                .matches(object, context.viewpoint().access(object).read(), id);
    }

    private Map<String, @Nullable Object> changes(
            String object, UUID id, Map<String, @Nullable Object> accepted, Map<String, @Nullable Object> stored) {
        accepted.entrySet().removeIf(e -> unchanged(object, id, e.getKey(), e.getValue(), stored.get(e.getKey())));
        if (!context.viewpoint().isSystem()) {
            dropMasked(object, id, accepted, stored);
        }
        return accepted;
    }

    private boolean unchanged(String object, UUID id, String name, @Nullable Object sent, @Nullable Object stored) {
        Viewpoint viewpoint = context.viewpoint();
        Field field = viewpoint.type(object).requireField(name);
        return SealedFields.type(field).isPresent() && sent != null
                ? viewpoint
                        .sealed()
                        .unchanged(
                                object,
                                field,
                                id,
                                sent,
                                stored,
                                viewpoint.access(object).revealed().contains(name))
                : WorkingRecord.same(sent, stored);
    }

    private Map<String, @Nullable Object> accept(
            String object, Map<String, @Nullable Object> sent, Map<String, @Nullable Object> stored, boolean creating) {
        Faults faults = new Faults();
        Map<String, @Nullable Object> accepted = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> entry : sent.entrySet()) {
            String name = entry.getKey();
            try {
                Field field = requireEditable(object, name, creating);
                if (name.equals(SystemField.OWNER) && entry.getValue() == null) {
                    throw fault(RecordsError.FIELD_REQUIRED, object, field);
                }
                Object value =
                        context.fitting().fit(field, entry.getValue(), stored.get(name), FieldValues.Digits.EXACT);
                if (name.equals(SystemField.RECORD_TYPE)) {
                    recordTypes.requireGiven(object, value, stored.get(name), creating);
                }
                accepted.put(name, value);
            } catch (PlatformException fault) {
                faults.add(name, fault);
            }
        }
        faults.raise();
        letGo(object, accepted);
        return accepted;
    }

    /** Who makes a lookup refer to a record of one object means that it no longer refers to one of another. */
    private void letGo(String object, Map<String, @Nullable Object> accepted) {
        ObjectType type = context.viewpoint().type(object);
        for (String name : Set.copyOf(accepted.keySet())) {
            if (accepted.get(name) != null) {
                References.others(type, type.requireField(name))
                        .forEach(other -> accepted.putIfAbsent(other.name(), null));
            }
        }
    }

    private Field requireEditable(String object, String name, boolean creating) {
        Viewpoint viewpoint = context.viewpoint();
        Optional<Field> found = viewpoint.type(object).findField(name);
        ObjectAccess access = viewpoint.access(object);
        if (found.isEmpty() || !access.mayRead(name)) {
            throw viewpoint.unknownField(object, name);
        }
        Field field = found.get();
        boolean platforms = field.system() && !name.equals(SystemField.OWNER);
        boolean numbered = field.type() instanceof FieldType.AutoNumber;
        boolean allowed = viewpoint.isSystem() && creating && (numbered || SYSTEM_MAY_SET.contains(name));
        if (References.computed(field) || ((platforms || numbered) && !allowed)) {
            throw fault(RecordsError.COMPUTED_FIELD, object, field);
        }
        // Which type a record begins with is part of the right to create it.
        boolean chosen = creating && name.equals(SystemField.RECORD_TYPE);
        if (!access.mayEdit(name) && !chosen) {
            throw fault(RecordsError.FIELD_NOT_EDITABLE, object, field);
        }
        return field;
    }

    /**
     * A cell that the caller cannot see reads as empty; a form sends back the empty cell it got. That means "unchanged".
     * A new value for a cell that is there but hidden is refused: it would overwrite what the caller does not know.
     */
    private void dropMasked(
            String object, UUID id, Map<String, @Nullable Object> accepted, Map<String, @Nullable Object> stored) {
        Faults faults = new Faults();
        for (String name : Set.copyOf(accepted.keySet())) {
            Field field = context.viewpoint().type(object).requireField(name);
            if (stored.get(name) == null || visible(object, id, field, stored.get(name))) {
                continue;
            }
            if (accepted.get(name) == null) {
                accepted.remove(name);
            } else {
                faults.add(name, fault(RecordsError.FIELD_NOT_EDITABLE, object, field));
            }
        }
        faults.raise();
    }

    private boolean visible(String object, UUID id, Field field, @Nullable Object stored) {
        ObjectAccess access = context.viewpoint().access(object);
        Expr cell = access.conditions().getOrDefault(field.name(), Expr.TRUE);
        if (!cell.equals(Expr.TRUE) && !context.queries().matches(object, cell, id)) {
            return false;
        }
        Optional<String> target = References.target(field);
        if (target.isEmpty() || !(stored instanceof UUID referred)) {
            return true;
        }
        Expr read = context.viewpoint().access(target.get()).read();
        return read.equals(Expr.TRUE) || context.queries().matches(target.get(), read, referred);
    }

    private PlatformException fault(RecordsError code, String object, Field field) {
        return code.error()
                .with("object", object)
                .with("field", context.fitting().label(field))
                .build();
    }
}
