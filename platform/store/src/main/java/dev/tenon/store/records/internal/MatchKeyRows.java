package dev.tenon.store.records.internal;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.port.MatchKeyStore;
import dev.tenon.records.port.QueryPlan;
import dev.tenon.store.Database;
import dev.tenon.store.schema.Catalogue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Keys of duplicate rules in a table of each tenant's schema. */
public final class MatchKeyRows implements MatchKeyStore {

    private static final Field<String> KEY = DSL.field(DSL.name("match_key"), SQLDataType.VARCHAR);
    private static final Field<UUID> RECORD = DSL.field(DSL.name("record_id"), SQLDataType.UUID);
    private static final Field<Integer> SLOT = DSL.field(DSL.name("slot"), SQLDataType.INTEGER);

    /** Rows of one deletion: a rule of a large object must not make one transaction of millions. */
    private static final int BATCH = 5_000;

    private final Database database;
    private final Catalogue catalogue;
    private final Statements statements;
    private final Plans plans;
    private final Map<String, Texts> texts = new ConcurrentHashMap<>();
    private final Map<Lock, String> lockTexts = new ConcurrentHashMap<>();

    public MatchKeyRows(Database database, Catalogue catalogue, Statements statements, Plans plans) {
        this.plans = plans;
        this.database = database;
        this.catalogue = catalogue;
        this.statements = statements;
    }

    private record Texts(String insert, String remove) {}

    private record Lock(String tenant, int slots) {}

    private Texts texts(String tenant) {
        return texts.computeIfAbsent(tenant, t -> {
            Table<Record> table = keys(t);
            return new Texts(
                    statements.insert(table, List.of(KEY, RECORD)),
                    statements.text(database.dsl()
                            .deleteFrom(table)
                            .where(RECORD.eq(DSL.param("record", RECORD.getDataType())))));
        });
    }

    private String lockText(String tenant, int slots) {
        return lockTexts.computeIfAbsent(new Lock(tenant, slots), lock -> {
            List<Field<Integer>> places = new ArrayList<>();
            for (int i = 0; i < slots; i++) {
                places.add(DSL.param("slot" + i, SLOT.getDataType()));
            }
            return statements.text(database.dsl()
                    .select(SLOT)
                    .from(PlatformRows.at(lock.tenant(), "tenon_match_lock"))
                    .where(SLOT.in(places))
                    .orderBy(SLOT)
                    .forUpdate());
        });
    }

    static Table<Record> keys(String tenant) {
        return PlatformRows.at(tenant, "tenon_match_key");
    }

    @Override
    public void lock(String tenant, Collection<String> keys) {
        // In the order of the slots, whoever asks: two who need the same ones do not wait for each other.
        TreeSet<Integer> slots = new TreeSet<>();
        keys.forEach(key -> slots.add(HexFormat.fromHexDigits(key, key.length() - 2, key.length())));
        List<Integer> locked = KeyedSelect.padded(List.copyOf(slots), slots.last());
        statements.query(lockText(tenant, locked.size()), locked, row -> row.getInt(1));
    }

    @Override
    public List<Map<String, @Nullable Object>> having(Model model, QueryPlan plan, List<String> keys) {
        return plans.having(model, plan, keys);
    }

    @Override
    public void add(String tenant, Map<UUID, List<MatchKey>> keys) {
        List<Map.Entry<UUID, MatchKey>> rows = new ArrayList<>();
        keys.forEach((record, own) -> own.forEach(key -> rows.add(Map.entry(record, key))));
        statements.batch(texts(tenant).insert(), rows, (statement, row) -> {
            Values.bind(statement, 1, row.getValue().key());
            Values.bind(statement, 2, row.getKey());
        });
    }

    @Override
    public void remove(String tenant, Collection<UUID> records) {
        statements.batch(
                texts(tenant).remove(), List.copyOf(records), (statement, record) -> Values.bind(statement, 1, record));
    }

    @Override
    public void forget(String tenant, String definition) {
        // Behind every digit: where the keys of the definition end.
        Condition ofDefinition = KEY.ge(definition).and(KEY.lt(definition + "g"));
        Table<Record> table = keys(tenant);
        int removed = BATCH;
        while (removed > 0) {
            List<String> some = database.dsl()
                    .select(KEY)
                    .from(table)
                    .where(ofDefinition)
                    .orderBy(KEY)
                    .limit(BATCH)
                    .fetch(KEY);
            removed = some.isEmpty()
                    ? 0
                    : database.dsl()
                            .deleteFrom(table)
                            .where(KEY.between(some.getFirst(), some.getLast()))
                            .execute();
        }
    }

    @Override
    public long count(Model model, String object) {
        return database.dsl().fetchCount(catalogue.tables(model).table(object));
    }
}
