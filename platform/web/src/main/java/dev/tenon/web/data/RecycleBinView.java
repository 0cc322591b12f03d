package dev.tenon.web.data;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RecycleBin.DeletedRecord;
import dev.tenon.records.RecycleBin.DeletedTree;
import dev.tenon.records.RecycleBin.Deletion;
import dev.tenon.records.RecycleBin.Loss;
import dev.tenon.records.RecycleBin.Restored;
import dev.tenon.records.ValueCodec;
import dev.tenon.web.model.VisibleModel;
import dev.tenon.web.model.VisibleObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Entries of the recycle bin in the caller's language; the session has put his rights into them. */
final class RecycleBinView {

    private final RecordSession session;
    private final VisibleModel visible;
    private final Titles titles;
    private final Locale locale;

    RecycleBinView(RecordSession session, VisibleModel visible) {
        this.session = session;
        this.visible = visible;
        this.titles = new Titles(session, visible);
        this.locale = session.identity().user().locale();
    }

    List<Map<String, @Nullable Object>> list(List<Deletion> deletions) {
        Map<UUID, Map<String, Object>> people =
                titles.people(deletions.stream().map(Deletion::by).toList());
        return deletions.stream().map(deletion -> entry(deletion, people)).toList();
    }

    private Map<String, @Nullable Object> entry(Deletion deletion, Map<UUID, Map<String, Object>> people) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("id", deletion.id());
        entry.put("object", deletion.object());
        entry.put("objectLabel", label(deletion.object()));
        entry.put("title", title(deletion));
        entry.put("by", people.get(deletion.by()));
        entry.put("through", deletion.through().name());
        entry.put("at", deletion.at());
        return entry;
    }

    /** A name that a layer hides from people is not shown either. */
    private String title(Deletion deletion) {
        VisibleObject known = visible.objects().get(deletion.object());
        boolean shown = known != null && known.fields().containsKey(known.type().titleField());
        return shown
                ? deletion.title().orElse(deletion.id().toString())
                : deletion.id().toString();
    }

    Map<String, @Nullable Object> tree(DeletedTree tree) {
        Map<String, @Nullable Object> answer = list(List.of(tree.deletion())).getFirst();
        Map<UUID, String> referred = referred(tree);
        answer.put(
                "records",
                tree.records().stream()
                        .filter(record -> visible.objects().containsKey(record.object()))
                        .map(record -> record(record, referred))
                        .toList());
        answer.put("more", tree.more());
        return answer;
    }

    private Map<String, @Nullable Object> record(DeletedRecord record, Map<UUID, String> referred) {
        VisibleObject known = visible.require(record.object());
        Object title = known.fields().containsKey(known.type().titleField())
                ? record.values().get(known.type().titleField())
                : null;
        List<Map<String, @Nullable Object>> values = new ArrayList<>();
        known.fields().forEach((name, field) -> {
            Object value = record.values().get(name);
            if (value != null) {
                values.add(value(field, value, referred));
            }
        });
        Map<String, @Nullable Object> written = new LinkedHashMap<>();
        written.put("object", record.object());
        written.put("objectLabel", label(record.object()));
        written.put("id", record.id());
        written.put("title", String.valueOf(title == null ? record.id() : ValueCodec.toJson(title)));
        written.put("values", values);
        return written;
    }

    private Map<String, @Nullable Object> value(Field field, Object value, Map<UUID, String> referred) {
        Map<String, @Nullable Object> written = new LinkedHashMap<>();
        written.put("field", field.name());
        written.put("label", field.label().in(locale));
        written.put("value", ValueCodec.toJson(value));
        boolean named = VisibleObject.target(field).isPresent() || field.type() instanceof FieldType.File;
        if (value instanceof UUID id && named) {
            written.put("title", referred.getOrDefault(id, id.toString()));
        }
        return written;
    }

    /** How the records are called that the tree refers to: some are in the database, some in the tree itself. */
    private Map<UUID, String> referred(DeletedTree tree) {
        Map<String, Set<UUID>> ids = new HashMap<>();
        Map<UUID, String> names = new HashMap<>();
        for (DeletedRecord record : tree.records()) {
            VisibleObject known = visible.objects().get(record.object());
            if (known == null) {
                continue;
            }
            known.fields()
                    .forEach((name, field) -> VisibleObject.target(field).ifPresent(target -> {
                        if (record.values().get(name) instanceof UUID id) {
                            ids.computeIfAbsent(target, t -> new LinkedHashSet<>())
                                    .add(id);
                        }
                    }));
            Object title = record.values().get(known.type().titleField());
            if (title != null && known.fields().containsKey(known.type().titleField())) {
                names.put(record.id(), String.valueOf(ValueCodec.toJson(title)));
            }
        }
        ids.forEach((target, some) -> names.putAll(titles.of(target, some)));
        session.files(files(tree)).forEach((id, file) -> names.put(id, file.name()));
        return names;
    }

    private Set<UUID> files(DeletedTree tree) {
        Set<UUID> files = new LinkedHashSet<>();
        for (DeletedRecord record : tree.records()) {
            VisibleObject known = visible.objects().get(record.object());
            if (known != null) {
                known.fields().forEach((name, field) -> {
                    if (field.type() instanceof FieldType.File
                            && record.values().get(name) instanceof UUID id) {
                        files.add(id);
                    }
                });
            }
        }
        return files;
    }

    Map<String, @Nullable Object> restored(Restored restored) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("object", restored.object());
        answer.put("id", restored.id());
        answer.put("losses", restored.losses().stream().map(this::loss).toList());
        return answer;
    }

    private Map<String, @Nullable Object> loss(Loss loss) {
        VisibleObject known = visible.objects().get(loss.object());
        String field = loss.field().orElse(null);
        Field described =
                known == null || field == null ? null : known.described(field).orElse(null);
        Map<String, @Nullable Object> written = new LinkedHashMap<>();
        written.put("object", loss.object());
        written.put("objectLabel", label(loss.object()));
        written.put("id", loss.id());
        written.put(
                "title",
                titles.of(loss.object(), List.of(loss.id()))
                        .getOrDefault(loss.id(), loss.id().toString()));
        written.put("field", field);
        written.put("fieldLabel", described == null ? field : described.label().in(locale));
        written.put("reason", loss.reason().name());
        // JSON as text: the field's type cannot say any more what it is.
        written.put("value", loss.value().orElse(null));
        return written;
    }

    private String label(String object) {
        VisibleObject known = visible.objects().get(object);
        return known == null ? object : known.type().label().in(locale);
    }
}
