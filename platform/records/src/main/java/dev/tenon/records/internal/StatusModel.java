package dev.tenon.records.internal;

import dev.tenon.access.ObjectAccess;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.records.RecordsError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which value of a picklist may follow which. Binds people, programs and triggers, not the platform's own engines. */
final class StatusModel {

    private static final String NONE = "–";

    private final SaveContext context;

    StatusModel(SaveContext context) {
        this.context = context;
    }

    void check(WorkingRecord record, Faults faults) {
        if (context.viewpoint().isSystem()) {
            return;
        }
        for (Field field : record.plan().type().fields().values()) {
            if (field.type() instanceof FieldType.Picklist picklist) {
                String before = (String) record.valueBefore(field.name());
                String now = (String) record.value(field.name());
                if (!picklist.allows(before, now)) {
                    refuse(record, field, picklist, before, now, faults);
                }
            }
        }
    }

    private void refuse(
            WorkingRecord record,
            Field field,
            FieldType.Picklist picklist,
            @Nullable String before,
            @Nullable String now,
            Faults faults) {
        // A trigger may have set what the caller must not know.
        ObjectAccess access = context.viewpoint().access(record.plan().name());
        boolean told = access.mayRead(field.name())
                && (record.asked(field.name()) || !access.conditions().containsKey(field.name()));
        String label = told ? context.fitting().label(field) : NONE;
        String to = told ? label(picklist, now) : NONE;
        String allowed = told ? labels(picklist, picklist.next(before)) : "";
        String pointer = told ? field.name() : "";
        if (before == null) {
            faults.add(
                    RecordsError.INITIAL_NOT_ALLOWED,
                    pointer,
                    Map.of("field", label, "value", to, "allowed", told ? allowed : NONE));
        } else {
            String from = told ? label(picklist, before) : NONE;
            faults.add(
                    RecordsError.TRANSITION_NOT_ALLOWED,
                    pointer,
                    Map.of("field", label, "from", from, "to", to, "allowed", allowed));
        }
    }

    private String labels(FieldType.Picklist picklist, List<String> keys) {
        return keys.stream().map(key -> label(picklist, key)).collect(Collectors.joining(", "));
    }

    private String label(FieldType.Picklist picklist, @Nullable String key) {
        Locale locale = context.viewpoint().identity().user().locale();
        return key == null
                ? NONE
                : picklist.values().stream()
                        .filter(value -> value.key().equals(key))
                        .findFirst()
                        .map(value -> value.label().in(locale))
                        .orElse(key);
    }
}
