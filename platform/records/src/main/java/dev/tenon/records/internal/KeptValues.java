package dev.tenon.records.internal;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.ValueCodec;
import dev.tenon.records.port.RecordStore.StoredRow;
import dev.tenon.records.port.RecycleBinStore.KeptRecord;
import dev.tenon.sdk.error.PlatformException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values of deleted records, between their Java types and the texts that the recycle bin keeps. */
final class KeptValues {

    private KeptValues() {}

    static KeptRecord of(ObjectPlan plan, StoredRow row) {
        Map<String, String> texts = new HashMap<>();
        Set<String> computed = new HashSet<>();
        plan.type().fields().forEach((name, field) -> {
            String text = ValueCodec.toJsonText(row.values().get(name));
            if (text != null && !name.equals(SystemField.ID) && !name.equals(SystemField.VERSION)) {
                texts.put(name, text);
                if (References.computed(field)) {
                    computed.add(name);
                }
            }
        });
        return new KeptRecord(plan.name(), row.id(), row.version(), texts, computed);
    }

    /** Empty where the field's type has changed and does not hold the value. */
    static Optional<Object> read(Field field, String text) {
        try {
            return Optional.ofNullable(ValueCodec.fromJsonText(field.name(), field.type(), text));
        } catch (PlatformException otherType) {
            return Optional.empty();
        }
    }

    /** All values that today's model can still read; a field that holds none is empty. */
    static Map<String, @Nullable Object> row(ObjectPlan plan, KeptRecord kept) {
        Map<String, @Nullable Object> values = new HashMap<>();
        plan.type().fields().forEach((name, field) -> {
            String text = kept.values().get(name);
            values.put(name, text == null ? null : read(field, text).orElse(null));
        });
        values.put(SystemField.ID, kept.id());
        values.put(SystemField.VERSION, kept.version());
        return values;
    }
}
