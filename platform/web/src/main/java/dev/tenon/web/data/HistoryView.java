package dev.tenon.web.data;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.RecordSession;
import dev.tenon.records.ValueCodec;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.web.Json;
import dev.tenon.web.model.VisibleModel;
import dev.tenon.web.model.VisibleObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The history of a record, save by save, values as text and references by their titles. */
final class HistoryView {

    private final RecordSession session;
    private final VisibleObject object;
    private final Titles titles;

    HistoryView(RecordSession session, VisibleModel visible, VisibleObject object) {
        this.session = session;
        this.object = object;
        this.titles = new Titles(session, visible);
    }

    List<Map<String, @Nullable Object>> write(List<HistoryEntry> entries) {
        Map<UUID, List<HistoryEntry>> saves = new LinkedHashMap<>();
        entries.forEach(
                e -> saves.computeIfAbsent(e.saveId(), s -> new ArrayList<>()).add(e));
        Map<UUID, Map<String, Object>> people =
                titles.people(entries.stream().map(HistoryEntry::by).toList());
        Map<UUID, String> referred = referred(entries);
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        saves.forEach((id, save) -> {
            HistoryEntry first = save.getFirst();
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("saveId", id);
            entry.put("at", first.at());
            entry.put("by", people.get(first.by()));
            entry.put("through", first.through().name());
            entry.put("kind", first.kind().name());
            entry.put("changes", changes(save, referred));
            if (first.kind() == HistoryEntry.Kind.CONFIRMED && first.newValue() != null) {
                entry.put("rules", Json.MAPPER.readValue(first.newValue(), String.class));
            }
            if (first.kind() == HistoryEntry.Kind.LOCKED && first.newValue() != null) {
                entry.put("reason", Json.MAPPER.readValue(first.newValue(), String.class));
            }
            all.add(entry);
        });
        return all;
    }

    private List<Map<String, @Nullable Object>> changes(List<HistoryEntry> save, Map<UUID, String> referred) {
        List<Map<String, @Nullable Object>> changes = new ArrayList<>();
        for (HistoryEntry entry : save) {
            // The session has filtered by rights; a field that a layer hides from people is not shown either.
            Field field = entry.field() == null
                    ? null
                    : object.described(entry.field()).orElse(null);
            if (field == null) {
                continue;
            }
            Map<String, @Nullable Object> change = new LinkedHashMap<>();
            change.put("field", field.name());
            change.put("label", field.label().in(session.identity().user().locale()));
            change.put("old", text(field, entry.oldValue(), referred));
            change.put("new", text(field, entry.newValue(), referred));
            changes.add(change);
        }
        return changes;
    }

    private static @Nullable String text(Field field, @Nullable String json, Map<UUID, String> referred) {
        Object value = value(field, json);
        return switch (value) {
            case null -> null;
            case UUID id -> referred.getOrDefault(id, id.toString());
            case BigDecimal number -> number.toPlainString();
            case List<?> keys ->
                String.join(
                        ValueCodec.KEY_SEPARATOR,
                        keys.stream()
                                .map(key -> key instanceof UUID id
                                        ? referred.getOrDefault(id, id.toString())
                                        : key.toString())
                                .toList());
            default -> String.valueOf(ValueCodec.toJson(value));
        };
    }

    private static @Nullable Object value(Field field, @Nullable String json) {
        try {
            return ValueCodec.fromJsonText(field.name(), field.type(), json);
        } catch (PlatformException typeHasChangedSince) {
            return json;
        }
    }

    private Map<UUID, String> referred(List<HistoryEntry> entries) {
        Map<String, Set<UUID>> ids = new HashMap<>();
        for (HistoryEntry entry : entries) {
            Field field = entry.field() == null
                    ? null
                    : object.described(entry.field()).orElse(null);
            String target =
                    field == null ? null : VisibleObject.chosenFrom(field).orElse(null);
            if (field == null || target == null) {
                continue;
            }
            for (String json : new @Nullable String[] {entry.oldValue(), entry.newValue()}) {
                Object value = value(field, json);
                for (Object id : value instanceof List<?> list ? list : value == null ? List.of() : List.of(value)) {
                    if (id instanceof UUID known) {
                        ids.computeIfAbsent(target, t -> new LinkedHashSet<>()).add(known);
                    }
                }
            }
        }
        Map<UUID, String> all = new HashMap<>();
        ids.forEach((target, some) -> all.putAll(titles.of(target, some)));
        session.files(files(entries)).forEach((id, file) -> all.put(id, file.name()));
        return all;
    }

    private Set<UUID> files(List<HistoryEntry> entries) {
        Set<UUID> files = new LinkedHashSet<>();
        for (HistoryEntry entry : entries) {
            Field field = entry.field() == null ? null : object.fields().get(entry.field());
            if (field != null && field.type() instanceof FieldType.File) {
                for (String json : new @Nullable String[] {entry.oldValue(), entry.newValue()}) {
                    if (value(field, json) instanceof UUID id) {
                        files.add(id);
                    }
                }
            }
        }
        return files;
    }
}
