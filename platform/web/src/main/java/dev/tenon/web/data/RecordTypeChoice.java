package dev.tenon.web.data;

import dev.tenon.metadata.model.RecordType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.web.model.VisibleObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types that records of an object have, and which of them the caller may give. */
final class RecordTypeChoice {

    private RecordTypeChoice() {}

    /** Adds nothing for whoever may not know the type of a record: to him all are alike. */
    static void describe(VisibleObject object, Locale locale, Map<String, @Nullable Object> description) {
        if (!object.fields().containsKey(SystemField.RECORD_TYPE)) {
            return;
        }
        description.put("defaultRecordType", object.type().defaultRecordType().orElse(null));
        description.put(
                "recordTypes",
                object.type().recordTypes().stream()
                        .map(type -> type(object, type, locale))
                        .toList());
    }

    private static Map<String, @Nullable Object> type(VisibleObject object, RecordType type, Locale locale) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("key", type.key());
        entry.put("label", type.label().in(locale));
        entry.put("active", type.active());
        entry.put(
                "creatable",
                type.active()
                        && object.access().create()
                        && object.access().mayHaveType(type.key(), true));
        entry.put("assignable", type.active() && object.access().mayHaveType(type.key(), false));
        entry.put("sections", type.sections().orElse(null));
        entry.put("related", type.related().orElse(null));
        return entry;
    }
}
