package dev.tenon.store.records;

import dev.tenon.records.HistoryEntry.Channel;
import dev.tenon.records.RecycleBin;
import dev.tenon.records.port.RecycleBinStore;
import dev.tenon.store.Database;
import dev.tenon.store.StoreError;
import dev.tenon.store.records.internal.BinRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Row2;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The recycle bins in the tenants' schemas. Safe for use by several threads and nodes. */
public final class JooqRecycleBin implements RecycleBinStore {

    private static final Field<UUID> ID = DSL.field(DSL.name("id"), SQLDataType.UUID);
    private static final Field<String> OBJECT = DSL.field(DSL.name("object_name"), SQLDataType.VARCHAR);
    private static final Field<UUID> DELETED_BY = DSL.field(DSL.name("deleted_by"), SQLDataType.UUID);
    private static final Field<Boolean> OWN_RIGHT = DSL.field(DSL.name("own_right"), SQLDataType.BOOLEAN);
    private static final Field<String> CHANNEL = DSL.field(DSL.name("channel"), SQLDataType.VARCHAR);
    private static final Field<Instant> DELETED_AT = DSL.field(DSL.name("deleted_at"), SQLDataType.INSTANT);
    private static final List<Field<?>> ENTRY = List.of(ID, OBJECT, DELETED_BY, OWN_RIGHT, CHANNEL, DELETED_AT);

    /** A hundred years: what is to stay for ever is not deleted. */
    private static final int MOST_DAYS = 36_500;

    private final Database database;
    private final Duration kept;
    private final BinRows rows;

    /** @param days how long an entry stays; 0: nothing is kept */
    public JooqRecycleBin(Database database, int days) {
        requireDays(days);
        this.database = database;
        this.kept = Duration.ofDays(days);
        this.rows = new BinRows(database);
    }

    /** Also for settings, which are looked at before anything is opened. Throws {@code store.retention-out-of-range}. */
    public static void requireDays(int days) {
        if (days < 0 || days > MOST_DAYS) {
            throw StoreError.RETENTION_OUT_OF_RANGE
                    .error()
                    .with("days", days)
                    .with("maximum", MOST_DAYS)
                    .build();
        }
    }

    @Override
    public boolean keeps() {
        return kept.isPositive();
    }

    @Override
    public void keep(String tenant, Entry entry, List<KeptRecord> tree, List<Release> released) {
        database.transactions().run(() -> {
            database.dsl()
                    .insertInto(BinRows.entries(tenant), ENTRY)
                    .values(
                            entry.id(),
                            entry.object(),
                            entry.deletedBy(),
                            entry.ownRight(),
                            entry.through().name(),
                            entry.at())
                    .execute();
            rows.insert(tenant, entry.id(), tree, released);
        });
    }

    @Override
    public List<Entry> list(
            String tenant, Set<String> objects, Optional<UUID> deletedBy, Optional<RecycleBin.Place> after, int limit) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(OBJECT.in(objects));
        deletedBy.ifPresent(person -> conditions.add(DELETED_BY.eq(person).and(OWN_RIGHT.isTrue())));
        Row2<Instant, UUID> place = DSL.row(DELETED_AT, ID);
        after.ifPresent(last -> conditions.add(place.lessThan(last.at(), last.id())));
        return entries(tenant, conditions)
                .orderBy(DELETED_AT.desc(), ID.desc())
                .limit(limit)
                .fetch(JooqRecycleBin::entry);
    }

    private SelectConditionStep<Record> entries(String tenant, Collection<Condition> conditions) {
        return database.dsl().select(ENTRY).from(BinRows.entries(tenant)).where(conditions);
    }

    private static Entry entry(Record row) {
        return new Entry(
                row.get(ID),
                row.get(OBJECT),
                row.get(DELETED_BY),
                row.get(OWN_RIGHT),
                Channel.valueOf(row.get(CHANNEL)),
                row.get(DELETED_AT));
    }

    @Override
    public Optional<Entry> find(String tenant, UUID id) {
        return entries(tenant, List.of(ID.eq(id))).fetchOptional(JooqRecycleBin::entry);
    }

    @Override
    public Optional<Entry> lock(String tenant, UUID id) {
        return entries(tenant, List.of(ID.eq(id))).forUpdate().fetchOptional(JooqRecycleBin::entry);
    }

    @Override
    public List<KeptRecord> tree(String tenant, UUID id, int limit) {
        return rows.tree(tenant, id, limit);
    }

    @Override
    public Map<UUID, KeptRecord> roots(String tenant, Collection<UUID> ids) {
        return ids.isEmpty() ? Map.of() : rows.roots(tenant, ids);
    }

    @Override
    public List<Release> released(String tenant, UUID id) {
        return rows.released(tenant, id);
    }

    @Override
    public void remove(String tenant, UUID id) {
        database.dsl().deleteFrom(BinRows.entries(tenant)).where(ID.eq(id)).execute();
    }

    @Override
    public int removeExpired(String tenant, Instant now, int limit) {
        return database.transactions().inTransaction(() -> {
            List<UUID> due = database.dsl()
                    .select(ID)
                    .from(BinRows.entries(tenant))
                    .where(DELETED_AT.le(now.minus(kept)))
                    .orderBy(DELETED_AT, ID)
                    .limit(limit)
                    .forUpdate()
                    .skipLocked()
                    .fetch(ID);
            if (!due.isEmpty()) {
                rows.removeLocks(tenant, due);
                database.dsl()
                        .deleteFrom(BinRows.entries(tenant))
                        .where(ID.in(due))
                        .execute();
            }
            return due.size();
        });
    }
}
