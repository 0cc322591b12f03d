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
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * Which tables and columns keep a tenant's objects and fields: the store's own record of it, because asking the database
 * is slow with thousands of tables and does not know the model's names. Safe for use by several threads.
 */
public final class Catalogue {

    /** The current model, the one that running requests still use, and the one being published. */
    private static final int MODELS_KEPT = 3;

    private final CatalogueRows rows;
    private final CatalogueStamps stamps;
    private final ColumnVersions versions;
    private final SchemaGate gate;
    private final Duration writeWait;
    private final ConcurrentHashMap<String, Map<String, TenantTables>> known = new ConcurrentHashMap<>();
    /** The last ones that were made, be they right or not: others are made from them. */
    private final ConcurrentHashMap<String, TenantTables> latest = new ConcurrentHashMap<>();

    private final ConcurrentHashMap<String, SettledObjects> settled = new ConcurrentHashMap<>();

    /** Counts the changes of tables, so that nothing is kept that was read before one and is put here after it. */
    private final AtomicLong changes = new AtomicLong();

    public Catalogue(Database database) {
        this(database, SchemaSettings.STANDARD);
    }

    public Catalogue(Database database, SchemaSettings settings) {
        this.gate = database.schemaGate();
        this.writeWait = settings.writeWait();
        this.rows = new CatalogueRows(database);
        this.stamps = new CatalogueStamps(database, rows);
        this.versions = new ColumnVersions(database);
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
        TenantTables loaded = TenantTables.of(
                TenantSchemas.nameOf(model.tenant()), model, read(model.tenant()), latest.get(model.tenant()));
        latest.put(model.tenant(), loaded);
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

    /** Forgets everything of a tenant that is gone or that nobody works with. */
    void unload(String tenant) {
        forget(tenant);
        stamps.forget(tenant);
        latest.remove(tenant);
        settled.remove(tenant);
    }

    /** As it is at this moment, whoever has changed it on whichever node. */
    CatalogueContent read(String tenant) {
        return stamps.content(tenant).with(versions.former(tenant));
    }

    /** Objects of the tenant whose tables are known to be as models want them. */
    SettledObjects settled(String tenant) {
        return settled.computeIfAbsent(tenant, key -> new SettledObjects());
    }

    /** Notes a table with all that belongs to it. All writers hold the tenant's lock for schema changes. */
    void note(String tenant, SchemaStep.CreateTable created) {
        stamps.change(tenant, created.object(), () -> {
            rows.note(tenant, created.object(), created.table());
            rows.note(tenant, created.object(), created.columns());
            rows.note(tenant, created.indexes());
        });
    }

    /** Notes columns, with their present type. */
    void note(String tenant, String object, List<Column> columns) {
        stamps.change(tenant, object, () -> rows.note(tenant, object, columns));
    }

    void note(String tenant, Index index) {
        stamps.change(tenant, index.object(), () -> rows.note(tenant, List.of(index)));
    }

    /** Another column has taken the place of a field's present one, for models from a version on. */
    void noteRecast(String tenant, String object, Recast recast) {
        versions.note(tenant, object, recast);
        note(tenant, object, List.of(recast.to()));
    }

    /** Nothing of the object is there any more. */
    void forgetObject(String tenant, String object) {
        stamps.change(tenant, object, () -> rows.forgetObject(tenant, object));
    }

    /** Columns that are there no more, with the indexes on them. */
    void forgetColumns(String tenant, String object, List<String> names) {
        stamps.change(tenant, object, () -> rows.forgetColumns(tenant, object, names));
    }

    /** Another table has taken the place of an object's present one. */
    void noteInstead(String tenant, String object, String table, List<Column> columns, List<Index> indexes) {
        stamps.change(tenant, object, () -> {
            rows.noteInstead(tenant, object, table);
            rows.note(tenant, object, columns);
            rows.note(tenant, indexes);
        });
    }

    void forgetIndex(String tenant, String object, String index) {
        stamps.change(tenant, object, () -> rows.forgetIndex(tenant, index));
    }

    static Table<Record> at(String tenant, String table) {
        return DSL.table(DSL.name(TenantSchemas.nameOf(tenant), table));
    }
}
