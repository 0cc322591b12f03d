package dev.tenon.store.schema;

import dev.tenon.metadata.model.Model;
import dev.tenon.store.Database;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.store.schema.CatalogueContent.Index;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Which tables and columns keep a tenant's objects and fields: the store's own record of it, because asking the database
 * is slow with thousands of tables and does not know the model's names. Safe for use by several threads.
 */
public final class Catalogue {

    /** The current model, the one that running requests still use, and the one being published. */
    private static final int MODELS_KEPT = 3;

    private static final Field<String> OBJECT = DSL.field(DSL.name("object_name"), SQLDataType.VARCHAR);
    private static final Field<String> FIELD = DSL.field(DSL.name("field_name"), SQLDataType.VARCHAR);
    private static final Field<String> TABLE = DSL.field(DSL.name("table_name"), SQLDataType.VARCHAR);
    private static final Field<String> COLUMN = DSL.field(DSL.name("column_name"), SQLDataType.VARCHAR);
    private static final Field<String> TYPE = DSL.field(DSL.name("column_type"), SQLDataType.VARCHAR);
    private static final Field<String> INDEX = DSL.field(DSL.name("index_name"), SQLDataType.VARCHAR);
    private static final Field<String> FIELDS = DSL.field(DSL.name("field_names"), SQLDataType.VARCHAR);
    private static final Field<Boolean> UNIQUE = DSL.field(DSL.name("is_unique"), SQLDataType.BOOLEAN);

    private final Database database;
    private final SchemaGate gate;
    private final Duration writeWait;
    private final ConcurrentHashMap<String, Map<String, TenantTables>> known = new ConcurrentHashMap<>();

    /** Counts the changes of tables, so that nothing is kept that was read before one and is put here after it. */
    private final AtomicLong changes = new AtomicLong();

    public Catalogue(Database database) {
        this(database, SchemaSettings.STANDARD);
    }

    public Catalogue(Database database, SchemaSettings settings) {
        this.gate = database.schemaGate();
        this.writeWait = settings.writeWait();
        this.database = database;
    }

    /** Keeps work on records and changes of their tables apart. */
    public SchemaGate gate() {
        return gate;
    }

    /** How long a save waits for a table that is being copied. */
    public Duration writeWait() {
        return writeWait;
    }

    /** The tables behind a model. Asks the database once for each model. */
    public TenantTables tables(Model model) {
        TenantTables found = known.getOrDefault(model.tenant(), Map.of()).get(model.fingerprint());
        return found == null ? load(model) : found;
    }

    private TenantTables load(Model model) {
        long before = changes.get();
        TenantTables loaded = TenantTables.of(TenantSchemas.nameOf(model.tenant()), model, read(model.tenant()));
        if (loaded.complete()) {
            known.compute(model.tenant(), (tenant, present) -> {
                Map<String, TenantTables> after = new LinkedHashMap<>(present == null ? Map.of() : present);
                if (before != changes.get()) {
                    return after;
                }
                if (after.size() >= MODELS_KEPT) {
                    after.remove(after.keySet().iterator().next());
                }
                after.put(model.fingerprint(), loaded);
                return after;
            });
        }
        return loaded;
    }

    /** Forgets what was read; called when tables change. */
    void forget(String tenant) {
        known.compute(tenant, (key, all) -> {
            changes.incrementAndGet();
            return null;
        });
    }

    CatalogueContent read(String tenant) {
        DSLContext dsl = database.dsl();
        Map<String, String> tables = new LinkedHashMap<>();
        dsl.select(OBJECT, TABLE)
                .from(at(tenant, "tenon_table"))
                .fetch()
                .forEach(row -> tables.put(row.value1(), row.value2()));
        Map<String, Map<String, Column>> columns = new LinkedHashMap<>();
        dsl.select(OBJECT, FIELD, COLUMN, TYPE)
                .from(at(tenant, "tenon_column"))
                .fetch()
                .forEach(row -> columns.computeIfAbsent(row.value1(), o -> new LinkedHashMap<>())
                        .put(row.value2(), new Column(row.value2(), row.value3(), ColumnType.parse(row.value4()))));
        Map<String, Index> indexes = new LinkedHashMap<>();
        dsl.select(INDEX, OBJECT, FIELDS, UNIQUE)
                .from(at(tenant, "tenon_index"))
                .fetch()
                .forEach(row -> indexes.put(
                        row.value1(),
                        new Index(
                                row.value1(), row.value2(), List.of(row.value3().split(",")), row.value4())));
        return new CatalogueContent(tables, columns, indexes, new ColumnVersions(database).former(tenant));
    }

    /** Notes a table; does nothing when it is noted. All writers hold the tenant's lock for schema changes. */
    void note(String tenant, String object, String table) {
        Table<Record> tables = at(tenant, "tenon_table");
        if (!database.dsl().fetchExists(tables, OBJECT.eq(object))) {
            database.dsl()
                    .insertInto(tables, OBJECT, TABLE)
                    .values(object, table)
                    .execute();
        }
    }

    /** Notes columns, with their present type. */
    void note(String tenant, String object, List<Column> columns) {
        Table<Record> all = at(tenant, "tenon_column");
        database.dsl()
                .deleteFrom(all)
                .where(OBJECT.eq(object))
                .and(FIELD.in(columns.stream().map(Column::field).toList()))
                .execute();
        database.dsl()
                .batch(columns.stream()
                        .map(c -> database.dsl()
                                .insertInto(all, OBJECT, FIELD, COLUMN, TYPE)
                                .values(object, c.field(), c.name(), c.type().toString()))
                        .toList())
                .execute();
    }

    void note(String tenant, Index index) {
        forgetIndex(tenant, index.name());
        database.dsl()
                .insertInto(at(tenant, "tenon_index"), INDEX, OBJECT, FIELDS, UNIQUE)
                .values(index.name(), index.object(), String.join(",", index.fields()), index.unique())
                .execute();
    }

    /** Another column has taken the place of a field's present one, for models from a version on. */
    void noteRecast(String tenant, String object, Recast recast) {
        new ColumnVersions(database).note(tenant, object, recast);
        note(tenant, object, List.of(recast.to()));
    }

    /** Nothing of the object is there any more. */
    void forgetObject(String tenant, String object) {
        for (String table : List.of("tenon_table", "tenon_column", "tenon_index", "tenon_former_column")) {
            database.dsl()
                    .deleteFrom(at(tenant, table))
                    .where(OBJECT.eq(object))
                    .execute();
        }
    }

    /** Columns that are there no more, with the indexes on them. */
    void forgetColumns(String tenant, String object, List<String> names) {
        for (String table : List.of("tenon_column", "tenon_former_column")) {
            database.dsl()
                    .deleteFrom(at(tenant, table))
                    .where(OBJECT.eq(object))
                    .and(COLUMN.in(names))
                    .execute();
        }
    }

    /** Another table has taken the place of an object's present one. */
    void noteInstead(String tenant, String object, String table, List<Column> columns, List<Index> indexes) {
        database.dsl()
                .update(at(tenant, "tenon_table"))
                .set(TABLE, table)
                .where(OBJECT.eq(object))
                .execute();
        note(tenant, object, columns);
        database.dsl()
                .deleteFrom(at(tenant, "tenon_index"))
                .where(OBJECT.eq(object))
                .execute();
        indexes.forEach(index -> note(tenant, index));
    }

    void forgetIndex(String tenant, String index) {
        database.dsl()
                .deleteFrom(at(tenant, "tenon_index"))
                .where(INDEX.eq(index))
                .execute();
    }

    static Table<Record> at(String tenant, String table) {
        return DSL.table(DSL.name(TenantSchemas.nameOf(tenant), table));
    }
}
