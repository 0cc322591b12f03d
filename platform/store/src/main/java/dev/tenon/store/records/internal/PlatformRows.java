package dev.tenon.store.records.internal;

import dev.tenon.records.HistoryEntry;
import dev.tenon.records.port.RecordStore.OutboxEvent;
import dev.tenon.records.port.RecordStore.StoredAttachment;
import dev.tenon.sdk.record.Attachment;
import dev.tenon.store.Database;
import dev.tenon.store.PostgresDialect;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.schema.ModelFence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** The tables that every tenant's schema has beside its records: history, outbox, attachments. */
public final class PlatformRows {

    private static final Field<String> OBJECT = DSL.field(DSL.name("object_name"), SQLDataType.VARCHAR);
    private static final Field<UUID> RECORD = DSL.field(DSL.name("record_id"), SQLDataType.UUID);
    private static final Field<UUID> ID = DSL.field(DSL.name("id"), SQLDataType.UUID);
    private static final Field<Long> HISTORY_ID = DSL.field(DSL.name("id"), SQLDataType.BIGINT);
    private static final Field<UUID> SAVE = DSL.field(DSL.name("save_id"), SQLDataType.UUID);
    private static final Field<String> KIND = DSL.field(DSL.name("kind"), SQLDataType.VARCHAR);
    private static final Field<String> FIELD = DSL.field(DSL.name("field_name"), SQLDataType.VARCHAR);
    private static final Field<String> OLD = DSL.field(DSL.name("old_value"), SQLDataType.VARCHAR);
    private static final Field<String> NEW = DSL.field(DSL.name("new_value"), SQLDataType.VARCHAR);
    private static final Field<UUID> BY = DSL.field(DSL.name("changed_by"), SQLDataType.UUID);
    private static final Field<String> CHANNEL = DSL.field(DSL.name("channel"), SQLDataType.VARCHAR);
    private static final Field<java.time.Instant> AT = DSL.field(DSL.name("changed_at"), SQLDataType.INSTANT);
    private static final Field<String> TOPIC = DSL.field(DSL.name("topic"), SQLDataType.VARCHAR);
    private static final Field<String> KEY = DSL.field(DSL.name("event_key"), SQLDataType.VARCHAR);
    private static final Field<String> PAYLOAD = DSL.field(DSL.name("payload"), SQLDataType.VARCHAR);
    private static final Field<String> FILE = DSL.field(DSL.name("file_name"), SQLDataType.VARCHAR);
    private static final Field<String> MEDIA = DSL.field(DSL.name("media_type"), SQLDataType.VARCHAR);
    private static final Field<Long> SIZE = DSL.field(DSL.name("size_bytes"), SQLDataType.BIGINT);
    private static final Field<String> HASH = DSL.field(DSL.name("content_hash"), SQLDataType.VARCHAR);
    private static final Field<UUID> CREATED_BY = DSL.field(DSL.name("created_by"), SQLDataType.UUID);
    private static final Field<java.time.Instant> CREATED_AT = DSL.field(DSL.name("created_at"), SQLDataType.INSTANT);

    private static final List<Field<?>> HISTORY = List.of(SAVE, OBJECT, RECORD, KIND, FIELD, OLD, NEW, BY, CHANNEL, AT);
    private static final List<Field<?>> EVENT = List.of(ID, TOPIC, KEY, PAYLOAD);
    private static final List<Field<?>> ATTACHMENT =
            List.of(ID, OBJECT, RECORD, FILE, MEDIA, SIZE, HASH, CREATED_BY, CREATED_AT);

    /** Entries of a save that goes out as one text: a record with ten changed fields is a long form. */
    private static final int MOST_TOGETHER = 10;

    private final Database database;
    private final Statements statements;
    private final ModelFence fence;
    private final Map<String, Texts> texts = new ConcurrentHashMap<>();

    public PlatformRows(Database database, Statements statements, ModelFence fence) {
        this.database = database;
        this.statements = statements;
        this.fence = fence;
    }

    /**
     * Statements that every save runs.
     *
     * @param entries by their number, all history entries of a save in one text
     * @param withEvent the same with the save's only event
     */
    private record Texts(String history, String event, List<String> entries, List<String> withEvent) {}

    private Texts texts(String tenant) {
        Texts known = texts.get(tenant);
        if (known == null) {
            String history = statements.insert(at(tenant, "tenon_history"), HISTORY);
            String event = statements.insert(at(tenant, "tenon_outbox"), EVENT);
            List<String> entries = IntStream.rangeClosed(0, MOST_TOGETHER)
                    .mapToObj(number -> String.join(";\n", Collections.nCopies(number, history)))
                    .toList();
            List<String> withEvent = entries.stream()
                    .map(before -> before.isEmpty() ? event : before + ";\n" + event)
                    .toList();
            known = new Texts(history, event, entries, withEvent);
            texts.put(tenant, known);
        }
        return known;
    }

    /**
     * The last that a save writes. A small one goes to PostgreSQL as one message, with the fence around it that the save
     * would ask for next, also where nobody wants its event; H2 is in this process and gains nothing by that.
     */
    public void appendJournal(String tenant, List<HistoryEntry> history, List<OutboxEvent> events) {
        boolean anything = !history.isEmpty() || !events.isEmpty();
        boolean together = database.dialect() instanceof PostgresDialect
                && anything
                && events.size() <= 1
                && history.size() <= MOST_TOGETHER;
        Texts known = texts(tenant);
        if (together) {
            List<@Nullable Object> values = new ArrayList<>();
            history.forEach(entry -> values.addAll(values(entry)));
            events.forEach(event -> values.addAll(values(event)));
            fence.fencing(
                    tenant,
                    (events.isEmpty() ? known.entries() : known.withEvent()).get(history.size()),
                    (statement, first) -> Statements.bindAll(statement, first, values));
            return;
        }
        appendHistory(tenant, history);
        statements.batch(known.event(), events, (statement, event) -> Statements.bindAll(statement, values(event)));
    }

    /** Without a fence, which would be held while others' code runs. */
    public void appendHistory(String tenant, List<HistoryEntry> history) {
        statements.batch(
                texts(tenant).history(), history, (statement, entry) -> Statements.bindAll(statement, values(entry)));
    }

    private static List<@Nullable Object> values(HistoryEntry entry) {
        return Arrays.asList(
                entry.saveId(),
                entry.object(),
                entry.recordId(),
                entry.kind().name(),
                entry.field(),
                entry.oldValue(),
                entry.newValue(),
                entry.by(),
                entry.through().name(),
                entry.at());
    }

    private static List<@Nullable Object> values(OutboxEvent event) {
        return List.of(event.id(), event.topic(), event.key(), event.payload());
    }

    public List<HistoryEntry> history(String tenant, String object, UUID id, int limit) {
        return database.dsl()
                .select(HISTORY)
                .from(at(tenant, "tenon_history"))
                .where(RECORD.eq(id))
                .and(OBJECT.eq(object))
                .orderBy(HISTORY_ID.desc())
                .limit(limit)
                .fetch(row -> new HistoryEntry(
                        row.get(SAVE),
                        row.get(OBJECT),
                        row.get(RECORD),
                        HistoryEntry.Kind.valueOf(row.get(KIND)),
                        row.get(FIELD),
                        row.get(OLD),
                        row.get(NEW),
                        row.get(BY),
                        HistoryEntry.Channel.valueOf(row.get(CHANNEL)),
                        row.get(AT)));
    }

    public void insertAttachment(String tenant, String object, UUID recordId, Attachment attachment, String hash) {
        List<@Nullable Object> values = new ArrayList<>(ATTACHMENT.size());
        values.add(attachment.id());
        values.add(object);
        values.add(recordId);
        values.add(attachment.fileName());
        values.add(attachment.mediaType());
        values.add(attachment.size());
        values.add(hash);
        values.add(attachment.createdBy());
        values.add(attachment.createdAt());
        statements.update(statements.insert(at(tenant, "tenon_attachment"), ATTACHMENT), values);
    }

    public List<StoredAttachment> attachments(String tenant, String object, UUID recordId) {
        return attachments(tenant, RECORD.eq(recordId).and(OBJECT.eq(object)));
    }

    public Optional<StoredAttachment> findAttachment(String tenant, UUID attachmentId) {
        return attachments(tenant, ID.eq(attachmentId)).stream().findFirst();
    }

    private List<StoredAttachment> attachments(String tenant, Condition which) {
        return database.dsl()
                .select(ATTACHMENT)
                .from(at(tenant, "tenon_attachment"))
                .where(which)
                .orderBy(CREATED_AT, ID)
                .fetch(row -> new StoredAttachment(
                        row.get(OBJECT),
                        row.get(RECORD),
                        new Attachment(
                                row.get(ID),
                                row.get(FILE),
                                row.get(MEDIA),
                                row.get(SIZE),
                                row.get(CREATED_BY),
                                row.get(CREATED_AT)),
                        row.get(HASH)));
    }

    static Table<Record> at(String tenant, String table) {
        return DSL.table(DSL.name(TenantSchemas.nameOf(tenant), table));
    }
}
