package dev.tenon.records.internal;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.records.RecordsError;
import dev.tenon.records.port.FileStore;
import dev.tenon.records.port.FileStore.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives uploaded files to the records that are saved with them. A file belongs to one record for good: what another record
 * holds, or somebody else uploaded, cannot be taken by its id.
 */
final class FileClaims {

    private final SaveContext context;

    FileClaims(SaveContext context) {
        this.context = context;
    }

    /** Checks new files of many records with one look at the store. */
    void check(List<WorkingRecord> records, List<Faults> faults) {
        List<UUID> ids = records.stream()
                .flatMap(record -> changed(record).values().stream())
                .toList();
        if (ids.isEmpty()) {
            return;
        }
        Map<UUID, Entry> known = store().find(tenant(), ids);
        for (int i = 0; i < records.size(); i++) {
            WorkingRecord record = records.get(i);
            Faults of = faults.get(i);
            changed(record).forEach((field, id) -> {
                if (!fits(record, field, known.get(id))) {
                    of.add(
                            RecordsError.FILE_NOT_UPLOADED,
                            field.name(),
                            Map.of("field", context.fitting().label(field)));
                }
            });
        }
    }

    private boolean fits(WorkingRecord record, Field field, @Nullable Entry entry) {
        return entry != null
                && entry.object().equals(record.plan().name())
                && entry.field().equals(field.name())
                && entry.recordId()
                        .map(record.id()::equals)
                        .orElseGet(() -> entry.createdBy()
                                .equals(context.viewpoint().identity().user().id()));
    }

    /** Part of the write: the files are the record's when it is committed, and nobody's when it is not. */
    void claim(WorkingRecord record) {
        Map<Field, UUID> changed = changed(record);
        if (changed.isEmpty() || store().claim(tenant(), record.id(), changed.values()) == changed.size()) {
            return;
        }
        // Somebody was faster with the same upload, or it has just become too old.
        throw RecordsError.FILE_NOT_UPLOADED
                .error()
                .with(
                        "field",
                        context.fitting().label(changed.keySet().iterator().next()))
                .build();
    }

    private static Map<Field, UUID> changed(WorkingRecord record) {
        Map<Field, UUID> changed = new LinkedHashMap<>();
        for (Field field : record.plan().type().fields().values()) {
            if (field.type() instanceof FieldType.File
                    && record.value(field.name()) instanceof UUID id
                    && !id.equals(record.valueBefore(field.name()))) {
                changed.put(field, id);
            }
        }
        return changed;
    }

    private FileStore store() {
        return context.ports().files().files();
    }

    private String tenant() {
        return context.viewpoint().identity().tenant();
    }
}
