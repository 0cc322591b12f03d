package dev.tenon.web.data;

import dev.tenon.metadata.model.RecordType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.web.model.VisibleObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types that records of an object have, and which of them the caller may give. */
final class RecordTypeChoice {

    private final VisibleObject object;
    private final Locale locale;
    private final Map<String, @Nullable Object> layout;

    /** @param layout as it is described to the caller: types name only what is in it */
    RecordTypeChoice(VisibleObject object, Locale locale, Map<String, @Nullable Object> layout) {
        this.object = object;
        this.locale = locale;
        this.layout = layout;
    }

    /** Adds nothing for whoever may not know the type of a record: to him all are alike. */
    void describe(Map<String, @Nullable Object> description) {
        if (!object.fields().containsKey(SystemField.RECORD_TYPE)) {
            return;
        }
        description.put("defaultRecordType", object.type().defaultRecordType().orElse(null));
        description.put(
                "recordTypes",
                object.type().recordTypes().stream().map(this::type).toList());
    }

    private Map<String, @Nullable Object> type(RecordType type) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("key", type.key());
        entry.put("label", type.label().in(locale));
        entry.put("active", type.active());
        entry.put(
                "creatable",
                type.active() && object.access().create() && object.access().mayHaveType(type.key(), true));
        entry.put("assignable", type.active() && object.access().mayHaveType(type.key(), false));
        entry.put(
                "sections",
                type.sections().map(names -> known(names, "sections")).orElse(null));
        entry.put(
                "related", type.related().map(names -> known(names, "related")).orElse(null));
        return entry;
    }

    private List<String> known(List<String> names, String part) {
        List<?> described = layout.get(part) instanceof List<?> all ? all : List.of();
        return names.stream()
                .filter(name -> described.stream()
                        .anyMatch(item -> item instanceof Map<?, ?> map && name.equals(map.get("name"))))
                .toList();
    }
}
