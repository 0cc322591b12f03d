package dev.tenon.records.internal;

import dev.tenon.access.ObjectAccess;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.FieldType.Dependence;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.RecordsError;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values of picklists that another field of the record, or its type, allows. Binds people, programs and triggers, not the platform's own
 * engines; what a record has stays until it or the other field is changed.
 */
final class DependentValues {

    private static final String NONE = "–";

    private final SaveContext context;

    DependentValues(SaveContext context) {
        this.context = context;
    }

    void check(WorkingRecord record, Faults faults) {
        if (context.viewpoint().isSystem()) {
            return;
        }
        for (Field field : record.plan().type().fields().values()) {
            dependences(field)
                    .filter(dependence -> concerned(record, field, dependence))
                    .forEach(dependence -> check(record, field, dependence, faults));
        }
    }

    private static Stream<Dependence> dependences(Field field) {
        return switch (field.type()) {
            case FieldType.Picklist picklist ->
                Stream.of(picklist.dependence(), picklist.ofTypes()).flatMap(Optional::stream);
            case FieldType.MultiPicklist picklist ->
                Stream.of(picklist.dependence(), picklist.ofTypes()).flatMap(Optional::stream);
            default -> Stream.empty();
        };
    }

    private static boolean concerned(WorkingRecord record, Field field, Dependence dependence) {
        if (!dependence.field().equals(SystemField.RECORD_TYPE)) {
            return record.isNew() || changed(record, field.name(), dependence.field());
        }
        // Getting a type where there was none is nobody's change of it.
        boolean typed = RecordTypes.hadType(record) || record.asked(SystemField.RECORD_TYPE);
        return record.value(SystemField.RECORD_TYPE) != null
                && (record.isNew()
                        || changed(record, field.name())
                        || (typed && changed(record, SystemField.RECORD_TYPE)));
    }

    private static boolean changed(WorkingRecord record, String... fields) {
        for (String field : fields) {
            if (!Objects.equals(record.value(field), record.valueBefore(field))) {
                return true;
            }
        }
        return false;
    }

    private void check(WorkingRecord record, Field field, Dependence dependence, Faults faults) {
        Object value = record.value(field.name());
        List<?> chosen = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        List<String> allowed = dependence.beside(controlling(record, dependence));
        chosen.stream()
                .map(Object::toString)
                .filter(key -> !allowed.contains(key))
                .findFirst()
                .ifPresent(key -> refuse(record, field, dependence, key, allowed, faults));
    }

    /** An empty boolean is shown as no, and counts so. */
    private static @Nullable Object controlling(WorkingRecord record, Dependence dependence) {
        Object value = record.value(dependence.field());
        boolean no = value == null
                && record.plan().type().requireField(dependence.field()).type() instanceof FieldType.Bool;
        return no ? Boolean.FALSE : value;
    }

    private void refuse(
            WorkingRecord record, Field field, Dependence dependence, String key, List<String> allowed, Faults faults) {
        // A trigger may have set what the caller must not know, and the other field may be hidden from him.
        boolean told = told(record, field.name());
        boolean both = told && told(record, dependence.field());
        Field other = record.plan().type().requireField(dependence.field());
        faults.add(
                RecordsError.VALUE_NOT_ALLOWED_BESIDE,
                told ? field.name() : "",
                Map.of(
                        "field",
                        told ? context.fitting().label(field) : NONE,
                        "value",
                        told ? label(field.type(), key) : NONE,
                        "other",
                        both ? context.fitting().label(other) : NONE,
                        "otherValue",
                        both ? shown(other, record.value(other.name())) : NONE,
                        "allowed",
                        both
                                ? allowed.stream()
                                        .map(k -> label(field.type(), k))
                                        .collect(Collectors.joining(", "))
                                : ""));
    }

    private boolean told(WorkingRecord record, String field) {
        ObjectAccess access = context.viewpoint().access(record.plan().name());
        return access.mayRead(field)
                && (record.asked(field) || !access.conditions().containsKey(field));
    }

    private String shown(Field field, @Nullable Object value) {
        return value == null ? NONE : label(field.type(), value.toString());
    }

    private String label(FieldType type, String key) {
        List<FieldType.Picklist.Value> values = switch (type) {
            case FieldType.Picklist picklist -> picklist.values();
            case FieldType.MultiPicklist picklist -> picklist.values();
            default -> List.of();
        };
        return values.stream()
                .filter(value -> value.key().equals(key))
                .findFirst()
                .map(value ->
                        value.label().in(context.viewpoint().identity().user().locale()))
                .orElse(key);
    }
}
