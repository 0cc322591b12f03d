package dev.tenon.store.approval;

import static dev.tenon.store.approval.ApprovalTables.ACTIVE_KEY;
import static dev.tenon.store.approval.ApprovalTables.INSTANCE_ID;
import static dev.tenon.store.approval.ApprovalTables.LOCK_MODE;
import static dev.tenon.store.approval.ApprovalTables.OBJECT_NAME;
import static dev.tenon.store.approval.ApprovalTables.PROCESS;
import static dev.tenon.store.approval.ApprovalTables.RECORD_ID;
import static dev.tenon.store.approval.ApprovalTables.STATE;
import static dev.tenon.store.approval.ApprovalTables.SUBMITTER_ID;

import dev.tenon.approval.engine.InstanceState;
import dev.tenon.approval.port.OpenApproval;
import dev.tenon.metadata.model.ApprovalProcess.Lock;
import dev.tenon.records.Hold;
import dev.tenon.records.RecordKey;
import dev.tenon.records.SetLock;
import dev.tenon.records.port.HoldStore;
import dev.tenon.store.Database;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.records.LockCompanion;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Locks that were set on records, in a table of the tenant's schema, and with them the open approvals. */
public final class JooqHoldStore implements HoldStore, LockCompanion {

    private static final Field<UUID> LOCKED_BY = DSL.field(DSL.name("locked_by"), SQLDataType.UUID);
    private static final Field<Instant> LOCKED_AT = DSL.field(DSL.name("locked_at"), SQLDataType.INSTANT(6));
    private static final Field<String> REASON = DSL.field(DSL.name("reason"), SQLDataType.VARCHAR);

    /** Ids of one statement that removes locks. */
    private static final int BATCH = 500;

    private final Database database;
    private final Map<Shape, String> texts = new ConcurrentHashMap<>();
    private final ThreadLocal<@Nullable Known> known = new ThreadLocal<>();

    public JooqHoldStore(Database database) {
        this.database = database;
    }

    /** A look-up of so many records; each is rendered once. */
    private record Shape(String tenant, int records) {}

    /** What was found when a record was locked: nobody else can hold the record before the transaction ends. */
    private record Known(Object transaction, String tenant, UUID record, List<Hold> holds) {}

    private static Table<Record> locks(String tenant) {
        return DSL.table(DSL.name(TenantSchemas.nameOf(tenant), "tenon_record_lock"));
    }

    /** Each save asks this, so the text is written once and run with plain JDBC. */
    @Override
    public List<Hold> on(String tenant, List<RecordKey> records) {
        Known before = known.get();
        known.remove();
        if (before != null
                && before.transaction() == database.transactions().identity()
                && before.tenant().equals(tenant)
                && records.size() == 1
                && records.getFirst().id().equals(before.record())) {
            return before.holds();
        }
        String text = texts.computeIfAbsent(new Shape(tenant, records.size()), this::text);
        return database.withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                int index = 1;
                for (RecordKey record : records) {
                    statement.setObject(index++, record.id());
                }
                for (RecordKey record : records) {
                    statement.setString(index++, ApprovalTables.key(record.object(), record.id()));
                }
                try (ResultSet rows = statement.executeQuery()) {
                    return read(rows);
                }
            }
        });
    }

    private static List<Hold> read(ResultSet row) throws SQLException {
        List<Hold> holds = new ArrayList<>();
        while (row.next()) {
            holds.add(row.getObject(6, UUID.class) == null ? lock(row) : approval(row));
        }
        return holds;
    }

    @Override
    public String text(String tenant) {
        return texts.computeIfAbsent(new Shape(tenant, 1), this::text);
    }

    @Override
    public void bind(PreparedStatement statement, int first, String object, UUID id) throws SQLException {
        statement.setObject(first, id);
        statement.setString(first + 1, ApprovalTables.key(object, id));
    }

    @Override
    public void found(String tenant, UUID id, ResultSet rows) throws SQLException {
        Object transaction = database.transactions().identity();
        if (transaction != null) {
            known.set(new Known(transaction, tenant, id, read(rows)));
        }
    }

    private String text(Shape shape) {
        Param<UUID> id = DSL.param("id", RECORD_ID.getDataType());
        Param<String> key = DSL.param("key", ACTIVE_KEY.getDataType());
        return database.dsl()
                .render(DSL.select(
                                RECORD_ID,
                                OBJECT_NAME,
                                LOCKED_BY,
                                LOCKED_AT,
                                REASON,
                                none(INSTANCE_ID),
                                none(PROCESS),
                                none(STATE),
                                none(LOCK_MODE))
                        .from(locks(shape.tenant()))
                        .where(RECORD_ID.in(Collections.nCopies(shape.records(), id)))
                        .unionAll(DSL.select(
                                        RECORD_ID,
                                        OBJECT_NAME,
                                        SUBMITTER_ID,
                                        none(LOCKED_AT),
                                        none(REASON),
                                        INSTANCE_ID,
                                        PROCESS,
                                        STATE,
                                        LOCK_MODE)
                                .from(ApprovalTables.head(shape.tenant()))
                                .where(ACTIVE_KEY.in(Collections.nCopies(shape.records(), key)))));
    }

    /** No value of the field's type: a database takes a bare null for a text. */
    private static <T> Field<T> none(Field<T> field) {
        return DSL.castNull(field.getDataType()).as(field.getName());
    }

    private static SetLock lock(ResultSet row) throws SQLException {
        return new SetLock(
                row.getString(2),
                row.getObject(1, UUID.class),
                row.getObject(3, UUID.class),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getString(5)));
    }

    private static OpenApproval approval(ResultSet row) throws SQLException {
        return new OpenApproval(
                row.getObject(1, UUID.class),
                row.getObject(6, UUID.class),
                row.getString(7),
                row.getObject(3, UUID.class),
                InstanceState.valueOf(row.getString(8)),
                Lock.valueOf(row.getString(9)));
    }

    @Override
    public void set(String tenant, SetLock lock) {
        known.remove();
        database.dsl()
                .insertInto(locks(tenant))
                .set(RECORD_ID, lock.record())
                .set(OBJECT_NAME, lock.object())
                .set(LOCKED_BY, lock.by())
                .set(LOCKED_AT, lock.at())
                .set(REASON, lock.reason().orElse(null))
                .execute();
    }

    @Override
    public void remove(String tenant, Collection<UUID> records) {
        known.remove();
        List<UUID> all = List.copyOf(records);
        for (int from = 0; from < all.size(); from += BATCH) {
            database.dsl()
                    .deleteFrom(locks(tenant))
                    .where(RECORD_ID.in(all.subList(from, Math.min(all.size(), from + BATCH))))
                    .execute();
        }
    }
}
