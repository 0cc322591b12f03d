package dev.tenon.records.internal;

import dev.tenon.access.ObjectAccess;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.FieldType.Dependence;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.RecordType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.RecordsError;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The type of a record: who may give it, which one it begins with, and what it leaves of a picklist. */
final class RecordTypes {

    private final SaveContext context;

    RecordTypes(SaveContext context) {
        this.context = context;
    }

    /** Refuses a type that the caller may not give. */
    void requireGiven(String object, @Nullable Object value, @Nullable Object stored, boolean creating) {
        if (value == null || value.equals(stored)) {
            return;
        }
        ObjectAccess access = context.viewpoint().access(object);
        if (!access.mayHaveType(value.toString(), creating)) {
            ObjectType type = context.viewpoint().type(object);
            throw RecordsError.RECORD_TYPE_NOT_YOURS
                    .error()
                    .with("field", context.fitting().label(type.requireField(SystemField.RECORD_TYPE)))
                    .with("value", label(type, value.toString()))
                    .build();
        }
    }

    private String label(ObjectType object, String key) {
        return object.recordTypes().stream()
                .filter(type -> type.key().equals(key))
                .findFirst()
                .map(type ->
                        type.label().in(context.viewpoint().identity().user().locale()))
                .orElse(key);
    }

    /** The type of a new record that says none: the object's default, or the first that the caller may create. */
    @Nullable
    String initial(ObjectType object) {
        if (object.recordTypes().isEmpty()) {
            return null;
        }
        ObjectAccess access = context.viewpoint().access(object.name());
        List<String> possible = object.recordTypes().stream()
                .filter(RecordType::active)
                .map(RecordType::key)
                .filter(key -> access.mayHaveType(key, true))
                .toList();
        return object.defaultRecordType()
                .filter(possible::contains)
                .orElse(possible.isEmpty() ? null : possible.getFirst());
    }

    /** A record without a type, or with one that is not there any more, gets the default one with its next change. */
    static void fillMissing(WorkingRecord record) {
        if (!record.asked(SystemField.RECORD_TYPE)) {
            record.plan()
                    .type()
                    .recordTypeOf(record.value(SystemField.RECORD_TYPE))
                    .ifPresent(type -> record.set(SystemField.RECORD_TYPE, type));
        }
    }

    /** Whether the record had a type before the save that is still there. */
    static boolean hadType(WorkingRecord record) {
        Object before = record.valueBefore(SystemField.RECORD_TYPE);
        return record.plan().type().recordTypes().stream()
                .anyMatch(type -> type.key().equals(before));
    }

    /** Whether the record's type leaves the value, or the list of values. */
    static boolean leaves(WorkingRecord record, Field field, @Nullable Object value) {
        Object type = record.value(SystemField.RECORD_TYPE);
        Optional<Dependence> dependence = switch (field.type()) {
            case FieldType.Picklist picklist -> picklist.ofTypes();
            case FieldType.MultiPicklist picklist -> picklist.ofTypes();
            default -> Optional.empty();
        };
        if (type == null || value == null || dependence.isEmpty()) {
            return true;
        }
        List<String> allowed = dependence.get().beside(type);
        return value instanceof List<?> list ? allowed.containsAll(list) : allowed.contains(value.toString());
    }
}
