package dev.tenon.records.internal;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.HistoryEntry.Kind;
import dev.tenon.records.ValueCodec;
import dev.tenon.records.port.RecordStore.OutboxEvent;
import dev.tenon.sdk.record.RecordIds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a save did: to the history, field by field, and to the outbox, from which the world outside learns it after
 * the commit. Events name fields, never values: who gets an event reads the record with his own rights.
 */
final class Journal {

    private final SaveContext context;
    private final List<OutboxEvent> events = new ArrayList<>();
    private final List<HistoryEntry> history = new ArrayList<>();

    Journal(SaveContext context) {
        this.context = context;
    }

    void created(WorkingRecord record) {
        entry(RecordIds.next(), record, Kind.CREATED, null, null, null);
        confirmed(record);
        event("record.created", record, 1, List.of());
    }

    void updated(WorkingRecord record) {
        UUID save = RecordIds.next();
        List<String> changed = new ArrayList<>();
        for (String name : record.changed()) {
            Field field = record.plan().type().requireField(name);
            changed.add(name);
            if (kept(field)) {
                entry(save, record, Kind.UPDATED, name, record.valueBefore(name), record.value(name));
            }
        }
        // What came and what went: the whole set, which may be long, follows from all of them.
        record.links().forEach((name, links) -> {
            changed.add(name);
            entry(save, record, Kind.UPDATED, name, empty(links.removed()), empty(links.added()));
        });
        confirmed(record);
        event("record.updated", record, record.version() + 1, changed);
    }

    private static @Nullable Object empty(List<UUID> ids) {
        return ids.isEmpty() ? null : ids;
    }

    /** Who has passed over which warnings is nobody's guess later. */
    private void confirmed(WorkingRecord record) {
        if (!record.confirmed().isEmpty()) {
            entry(RecordIds.next(), record, Kind.CONFIRMED, null, null, String.join(", ", record.confirmed()));
        }
    }

    /** No event: nothing that a reader of the record could see in it is different. */
    void locked(WorkingRecord record, Optional<String> reason) {
        entry(RecordIds.next(), record, Kind.LOCKED, null, null, reason.orElse(null));
    }

    void unlocked(WorkingRecord record) {
        entry(RecordIds.next(), record, Kind.UNLOCKED, null, null, null);
    }

    /** The deletion has told the values, and nothing of them is different now. */
    void restored(WorkingRecord record) {
        if (isLink(record)) {
            return;
        }
        entry(RecordIds.next(), record, Kind.RESTORED, null, null, null);
        event("record.restored", record, record.version() + 1, List.of());
    }

    /** Keeps the last values, too: they can be looked up when the recycle bin has long forgotten them. */
    void deleted(WorkingRecord record) {
        if (isLink(record)) {
            return;
        }
        UUID save = RecordIds.next();
        entry(save, record, Kind.DELETED, null, null, null);
        for (Field field : record.plan().type().fields().values()) {
            Object last = record.valueBefore(field.name());
            if (last != null && kept(field)) {
                entry(save, record, Kind.DELETED, field.name(), last, null);
            }
        }
        event("record.deleted", record, record.version(), List.of());
    }

    /** Links are told of by the records that have them. */
    private static boolean isLink(WorkingRecord record) {
        return record.plan().type().junction().isPresent();
    }

    /** Formulas and roll-ups follow from what is kept; who saved last, and when, every entry says itself. */
    private static boolean kept(Field field) {
        return !References.computed(field)
                && (!field.system() || field.name().equals(SystemField.OWNER))
                && !(field.type() instanceof FieldType.AutoNumber && field.system());
    }

    /** Writes the history collected so far: before other code runs, which may save the same record once more. */
    void writeHistory() {
        if (!history.isEmpty()) {
            context.ports().store().appendHistory(tenant(), List.copyOf(history));
            history.clear();
        }
    }

    /** Writes the rest of the history and the events: the last step of a save. */
    void write() {
        if (!history.isEmpty() || !events.isEmpty()) {
            context.ports().store().appendJournal(tenant(), List.copyOf(history), List.copyOf(events));
            history.clear();
            events.clear();
        }
    }

    private String tenant() {
        return context.viewpoint().identity().tenant();
    }

    private void entry(
            UUID save,
            WorkingRecord record,
            Kind kind,
            @Nullable String field,
            @Nullable Object before,
            @Nullable Object after) {
        history.add(new HistoryEntry(
                save,
                record.plan().name(),
                record.id(),
                kind,
                field,
                ValueCodec.toJsonText(before),
                ValueCodec.toJsonText(after),
                context.viewpoint().identity().user().id(),
                context.channel(),
                context.viewpoint().now()));
    }

    private void event(String topic, WorkingRecord record, long version, Collection<String> fields) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        payload.put("object", record.plan().name());
        payload.put("id", record.id().toString());
        payload.put("version", version);
        payload.put("fields", List.copyOf(fields));
        payload.put("by", context.viewpoint().identity().user().id().toString());
        payload.put("through", context.channel().name());
        payload.put("at", context.viewpoint().now().toString());
        events.add(new OutboxEvent(RecordIds.next(), topic, record.id().toString(), JsonText.write(payload)));
    }
}
