package dev.tenon.store.records.internal;

import dev.tenon.records.port.RecycleBinStore.KeptRecord;
import dev.tenon.records.port.RecycleBinStore.Release;
import dev.tenon.store.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** What belongs to the entries of a recycle bin: records, values, emptied references. They go with their entry. */
public final class BinRows {

    private static final Field<UUID> ENTRY = DSL.field(DSL.name("entry_id"), SQLDataType.UUID);
    private static final Field<Integer> PLACE = DSL.field(DSL.name("place"), SQLDataType.INTEGER);
    private static final Field<String> OBJECT = DSL.field(DSL.name("object_name"), SQLDataType.VARCHAR);
    private static final Field<UUID> RECORD = DSL.field(DSL.name("record_id"), SQLDataType.UUID);
    private static final Field<Long> VERSION = DSL.field(DSL.name("version"), SQLDataType.BIGINT);
    private static final Field<String> FIELD = DSL.field(DSL.name("field_name"), SQLDataType.VARCHAR);
    private static final Field<String> VALUE = DSL.field(DSL.name("field_value"), SQLDataType.VARCHAR);
    private static final Field<Boolean> COMPUTED = DSL.field(DSL.name("computed"), SQLDataType.BOOLEAN);
    private static final Field<UUID> REFERRED = DSL.field(DSL.name("referred_id"), SQLDataType.UUID);

    private static final List<Field<?>> A_RECORD = List.of(ENTRY, PLACE, OBJECT, RECORD, VERSION);
    private static final List<Field<?>> A_VALUE = List.of(ENTRY, PLACE, FIELD, VALUE, COMPUTED);
    private static final List<Field<?>> A_RELEASE = List.of(ENTRY, OBJECT, RECORD, FIELD, REFERRED);

    private final Database database;
    private final Statements statements;

    public BinRows(Database database) {
        this.database = database;
        this.statements = new Statements(database);
    }

    public static Table<Record> entries(String tenant) {
        return PlatformRows.at(tenant, "tenon_bin_entry");
    }

    public void insert(String tenant, UUID entry, List<KeptRecord> tree, List<Release> released) {
        List<List<? extends @Nullable Object>> records = new ArrayList<>();
        List<List<? extends @Nullable Object>> values = new ArrayList<>();
        for (int i = 0; i < tree.size(); i++) {
            int place = i;
            KeptRecord kept = tree.get(i);
            records.add(List.of(entry, place, kept.object(), kept.id(), kept.version()));
            kept.values()
                    .forEach((field, value) -> values.add(
                            List.of(entry, place, field, value, kept.computed().contains(field))));
        }
        List<List<? extends @Nullable Object>> releases = new ArrayList<>();
        released.forEach(r -> releases.add(List.of(entry, r.object(), r.id(), r.field(), r.referred())));
        insert(PlatformRows.at(tenant, "tenon_bin_record"), A_RECORD, records);
        insert(PlatformRows.at(tenant, "tenon_bin_value"), A_VALUE, values);
        insert(PlatformRows.at(tenant, "tenon_bin_release"), A_RELEASE, releases);
    }

    private void insert(Table<Record> table, List<Field<?>> fields, List<List<? extends @Nullable Object>> rows) {
        statements.batch(statements.insert(table, fields), rows, Statements::bindAll);
    }

    public List<KeptRecord> tree(String tenant, UUID entry, int limit) {
        return List.copyOf(records(tenant, ENTRY.eq(entry).and(PLACE.lt(limit))).values());
    }

    public Map<UUID, KeptRecord> roots(String tenant, Collection<UUID> entries) {
        Map<UUID, KeptRecord> roots = new HashMap<>();
        records(tenant, ENTRY.in(entries).and(PLACE.eq(0))).forEach((key, kept) -> roots.put(key.entry(), kept));
        return roots;
    }

    private record Key(UUID entry, int place) {
        private static Key of(Record row) {
            return new Key(row.get(ENTRY), row.get(PLACE));
        }
    }

    private Map<Key, KeptRecord> records(String tenant, Condition which) {
        Map<Key, Map<String, String>> values = new HashMap<>();
        Map<Key, Set<String>> computed = new HashMap<>();
        database.dsl()
                .select(A_VALUE)
                .from(PlatformRows.at(tenant, "tenon_bin_value"))
                .where(which)
                .forEach(row -> {
                    values.computeIfAbsent(Key.of(row), k -> new HashMap<>()).put(row.get(FIELD), row.get(VALUE));
                    if (row.get(COMPUTED)) {
                        computed.computeIfAbsent(Key.of(row), k -> new HashSet<>())
                                .add(row.get(FIELD));
                    }
                });
        Map<Key, KeptRecord> records = new LinkedHashMap<>();
        database.dsl()
                .select(A_RECORD)
                .from(PlatformRows.at(tenant, "tenon_bin_record"))
                .where(which)
                .orderBy(ENTRY, PLACE)
                .forEach(row -> records.put(
                        Key.of(row),
                        new KeptRecord(
                                row.get(OBJECT),
                                row.get(RECORD),
                                row.get(VERSION),
                                values.getOrDefault(Key.of(row), Map.of()),
                                computed.getOrDefault(Key.of(row), Set.of()))));
        return records;
    }

    /** Removes the locks of the records of entries that are going to be removed. */
    public void removeLocks(String tenant, Collection<UUID> entries) {
        database.dsl()
                .deleteFrom(PlatformRows.at(tenant, "tenon_record_lock"))
                .where(RECORD.in(DSL.select(RECORD)
                        .from(PlatformRows.at(tenant, "tenon_bin_record"))
                        .where(ENTRY.in(entries))))
                .execute();
    }

    public List<Release> released(String tenant, UUID entry) {
        return database.dsl()
                .select(A_RELEASE)
                .from(PlatformRows.at(tenant, "tenon_bin_release"))
                .where(ENTRY.eq(entry))
                .orderBy(RECORD, FIELD)
                .fetch(row -> new Release(row.get(OBJECT), row.get(RECORD), row.get(FIELD), row.get(REFERRED)));
    }
}
