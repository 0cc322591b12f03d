package dev.tenon.store.records;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.port.AggregatePlan;
import dev.tenon.records.port.MatchKeyStore;
import dev.tenon.records.port.QueryPlan;
import dev.tenon.records.port.RecordStore;
import dev.tenon.sdk.record.Attachment;
import dev.tenon.store.Database;
import dev.tenon.store.RowLock;
import dev.tenon.store.records.internal.Counters;
import dev.tenon.store.records.internal.MatchKeyRows;
import dev.tenon.store.records.internal.Plans;
import dev.tenon.store.records.internal.PlatformRows;
import dev.tenon.store.records.internal.RowTables;
import dev.tenon.store.records.internal.Statements;
import dev.tenon.store.schema.Catalogue;
import dev.tenon.store.schema.GivingWay;
import dev.tenon.store.schema.ModelFence;
import dev.tenon.store.schema.SchemaGate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records in the tables of the tenant's schema. SQL is written with jOOQ once for each model and shape of statement,
 * kept, and run with plain JDBC. Safe for use by several threads.
 */
public final class JooqRecordStore implements RecordStore {

    private final Database database;
    private final Plans plans;
    private final RowTables rows;
    private final PlatformRows platform;
    private final Counters counters;
    private final MatchKeyRows matchKeys;
    private final OutboxListener outbox;
    private final SchemaGate gate;
    private final Duration writeWait;
    private final ModelFence fence;

    public JooqRecordStore(Database database, Catalogue catalogue) {
        this(database, catalogue, OutboxListener.NONE);
    }

    public JooqRecordStore(Database database, Catalogue catalogue, OutboxListener outbox) {
        this(database, catalogue, outbox, Optional.empty());
    }

    public JooqRecordStore(
            Database database, Catalogue catalogue, OutboxListener outbox, Optional<LockCompanion> companion) {
        this.outbox = outbox;
        this.gate = catalogue.gate();
        this.writeWait = catalogue.writeWait();
        this.database = database;
        this.fence = new ModelFence(database);
        Statements statements = new Statements(database);
        this.plans = new Plans(database, catalogue, statements);
        this.rows = new RowTables(database, catalogue, statements, companion);
        this.platform = new PlatformRows(database, statements, fence);
        this.counters = new Counters(database, statements);
        this.matchKeys = new MatchKeyRows(database, catalogue, statements, plans);
    }

    @Override
    public <T> T inTransaction(String tenant, Supplier<T> work) {
        return gate.using(tenant, () -> database.transactions().inTransaction(work));
    }

    @Override
    public <T> T givingWay(String tenant, Supplier<T> work) {
        return database.dialect().transactionalSchemaChanges()
                ? GivingWay.doing(() -> inTransaction(tenant, () -> {
                    database.dsl().execute(GivingWay.SHORTLY);
                    return work.get();
                }))
                : inTransaction(tenant, work);
    }

    @Override
    public boolean transactionRuns() {
        return database.transactions().active();
    }

    @Override
    public boolean holdModel(Model model) {
        return fence.hold(model);
    }

    @Override
    public void afterCommit(Runnable work) {
        database.transactions().afterCommit(work);
    }

    @Override
    public QueryAnswer query(Model model, QueryPlan plan) {
        return gate.using(model.tenant(), () -> plans.query(model, plan));
    }

    @Override
    public List<Map<String, @Nullable Object>> aggregate(Model model, AggregatePlan plan) {
        return gate.using(model.tenant(), () -> plans.aggregate(model, plan));
    }

    @Override
    public Optional<StoredRow> lock(Model model, String object, UUID id) {
        return writing(model, object, () -> rows.lock(model, object, id, RowLock.CHANGE));
    }

    @Override
    public Optional<StoredRow> lockWithHolds(Model model, String object, UUID id) {
        return writing(model, object, () -> rows.lockAccompanied(model, object, id));
    }

    @Override
    public Optional<StoredRow> lockToDelete(Model model, String object, UUID id) {
        return writing(model, object, () -> rows.lock(model, object, id, RowLock.DELETE));
    }

    @Override
    public LockedPage lockAfter(Model model, String object, Optional<UUID> last, int limit) {
        return writing(model, object, () -> rows.lockAfter(model, object, last, limit));
    }

    @Override
    public List<UUID> matching(Model model, QueryPlan plan, List<UUID> ids) {
        return gate.using(model.tenant(), () -> plans.matching(model, plan, ids, false));
    }

    @Override
    public List<UUID> keeping(Model model, QueryPlan plan, List<UUID> ids) {
        return writing(model, plan.object(), () -> plans.matching(model, plan, ids, true));
    }

    @Override
    public void insert(Model model, String object, UUID id, Map<String, @Nullable Object> values) {
        writing(model, object, () -> {
            rows.insertAll(model, object, List.of(new NewRow(id, values)));
            return true;
        });
    }

    @Override
    public void insertAll(Model model, String object, List<NewRow> newRows) {
        inTransaction(
                model.tenant(),
                () -> writing(model, object, () -> {
                    rows.insertAll(model, object, newRows);
                    return true;
                }));
    }

    @Override
    public boolean update(Model model, String object, UUID id, long version, Map<String, @Nullable Object> changes) {
        return writing(model, object, () -> rows.update(model, object, id, Optional.of(version), changes));
    }

    @Override
    public void writeComputed(Model model, String object, UUID id, Map<String, @Nullable Object> values) {
        writing(model, object, () -> rows.update(model, object, id, Optional.empty(), values));
    }

    @Override
    public void writeComputed(Model model, String object, Map<UUID, Map<String, @Nullable Object>> values) {
        writing(model, object, () -> {
            rows.updateAll(model, object, values);
            return true;
        });
    }

    @Override
    public boolean delete(Model model, String object, UUID id, long version) {
        return writing(model, object, () -> rows.delete(model, object, id, version));
    }

    @Override
    public List<UUID> referring(Model model, String object, String field, List<UUID> targets, int limit) {
        return gate.using(model.tenant(), () -> rows.referring(model, object, field, targets, limit));
    }

    @Override
    public long nextNumber(Model model, Series series, long count) {
        return counters.next(model.tenant(), series, count);
    }

    @Override
    public MatchKeyStore matchKeys() {
        return matchKeys;
    }

    @Override
    public List<HistoryEntry> history(String tenant, String object, UUID id, int limit) {
        return platform.history(tenant, object, id, limit);
    }

    @Override
    public void appendHistory(String tenant, List<HistoryEntry> history) {
        platform.appendHistory(tenant, history);
    }

    @Override
    public void appendJournal(String tenant, List<HistoryEntry> history, List<OutboxEvent> events) {
        List<OutboxEvent> wanted =
                events.stream().filter(event -> outbox.wants(event.topic())).toList();
        platform.appendJournal(tenant, history, wanted);
        if (!wanted.isEmpty()) {
            Set<String> topics = wanted.stream().map(OutboxEvent::topic).collect(Collectors.toUnmodifiableSet());
            afterCommit(() -> outbox.appended(tenant, topics));
        }
    }

    @Override
    public void insertAttachment(
            String tenant, String object, UUID recordId, Attachment attachment, String contentHash) {
        platform.insertAttachment(tenant, object, recordId, attachment, contentHash);
    }

    @Override
    public List<Attachment> attachments(String tenant, String object, UUID recordId) {
        return platform.attachments(tenant, object, recordId).stream()
                .map(StoredAttachment::attachment)
                .toList();
    }

    @Override
    public Optional<StoredAttachment> findAttachment(String tenant, UUID attachmentId) {
        return platform.findAttachment(tenant, attachmentId);
    }

    private <T> T writing(Model model, String object, Supplier<T> work) {
        return gate.writing(model.tenant(), object, writeWait, work);
    }
}
