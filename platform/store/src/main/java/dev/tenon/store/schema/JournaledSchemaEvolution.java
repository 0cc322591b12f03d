package dev.tenon.store.schema;

import dev.tenon.metadata.model.Model;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.StoreError;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.internal.PlatformTables;
import dev.tenon.tenancy.port.SchemaEvolution;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.springframework.util.function.SingletonSupplier;

/**
 * Schema changes as journaled lists of idempotent steps. Safe for use by several threads and nodes; not to be called
 * inside a transaction, because H2 commits with every change of a table.
 */
public final class JournaledSchemaEvolution implements SchemaEvolution {

    private static final Logger LOG = System.getLogger(JournaledSchemaEvolution.class.getName());

    private static final Table<Record> TENANT_SCHEMA = DSL.table(DSL.name(TenantSchemas.PLATFORM, "tenant_schema"));
    private static final Field<String> TENANT = DSL.field(DSL.name("tenant"), SQLDataType.VARCHAR);
    private static final Field<String> SCHEMA = DSL.field(DSL.name("schema_name"), SQLDataType.VARCHAR);
    private static final Field<String> LEVEL = DSL.field(DSL.name("platform_level"), SQLDataType.VARCHAR);

    private final Database database;
    private final Catalogue catalogue;
    private final SchemaJournal journal;
    private final SchemaSteps steps;
    private final DataPreconditions data;
    private final TenantLocks locks;
    private final StepListener listener;
    private final Supplier<String> level;

    public JournaledSchemaEvolution(Database database, Catalogue catalogue) {
        this(database, catalogue, StepListener.NONE);
    }

    /** @param listener told about every step, on the thread that does it */
    public JournaledSchemaEvolution(Database database, Catalogue catalogue, StepListener listener) {
        this.database = database;
        this.catalogue = catalogue;
        this.journal = new SchemaJournal(database);
        this.steps = new SchemaSteps(database, catalogue);
        this.data = new DataPreconditions(database);
        this.locks = new TenantLocks(database);
        this.listener = listener;
        this.level = SingletonSupplier.of(() -> PlatformTables.tenantLevel(database.dataSource()));
    }

    @Override
    public void createTenant(String tenant) {
        locks.holding(tenant, () -> {
            if (!exists(tenant)) {
                String schema = TenantSchemas.nameOf(tenant);
                PlatformTables.migrateTenant(database.dataSource(), schema);
                database.dsl()
                        .insertInto(TENANT_SCHEMA, TENANT, SCHEMA, LEVEL)
                        .values(tenant, schema, level.get())
                        .execute();
            }
            return true;
        });
    }

    private boolean exists(String tenant) {
        return database.dsl().fetchExists(TENANT_SCHEMA, TENANT.eq(tenant));
    }

    @Override
    public void dropTenant(String tenant) {
        locks.holding(tenant, () -> {
            database.dsl()
                    .dropSchemaIfExists(DSL.name(TenantSchemas.nameOf(tenant)))
                    .cascade()
                    .execute();
            database.transactions().run(() -> {
                journal.forgetTenant(tenant);
                database.dsl()
                        .deleteFrom(TENANT_SCHEMA)
                        .where(TENANT.eq(tenant))
                        .execute();
            });
            catalogue.forget(tenant);
            return true;
        });
    }

    /** Also refuses what {@link #evolve} would refuse. */
    @Override
    public List<String> plan(String tenant, Model target) {
        requireTenant(tenant);
        SchemaPlan plan = SchemaPlan.of(catalogue.read(tenant), target);
        data.require(tenant, plan.preconditions());
        return plan.steps().stream().map(SchemaStep::describe).toList();
    }

    @Override
    public void evolve(String tenant, Model target) {
        locks.holding(tenant, () -> {
            requireTenant(tenant);
            journal.unfinished(tenant).forEach(this::finish);
            SchemaPlan plan = SchemaPlan.of(catalogue.read(tenant), target);
            data.require(tenant, plan.preconditions());
            if (!plan.steps().isEmpty()) {
                finish(journal.begin(tenant, target.fingerprint(), plan.steps()));
            }
            return true;
        });
    }

    private void requireTenant(String tenant) {
        if (!exists(tenant)) {
            throw StoreError.UNKNOWN_TENANT.error().with("tenant", tenant).build();
        }
    }

    private void finish(SchemaJournal.Change change) {
        String tenant = change.tenant();
        try {
            for (Map.Entry<Integer, SchemaStep> open : change.open().entrySet()) {
                int ordinal = open.getKey();
                SchemaStep step = open.getValue();
                steps.run(
                        tenant,
                        step,
                        () -> listener.applied(tenant, ordinal, step),
                        () -> journal.markDone(change.id(), ordinal));
                listener.marked(tenant, ordinal, step);
            }
            journal.end(change.id());
        } catch (PlatformException e) {
            journal.giveUp(change.id(), String.valueOf(e.getMessage()));
            throw StoreError.SCHEMA_CHANGE_FAILED
                    .error()
                    .with("tenant", tenant)
                    .with("reason", e.code().id())
                    .causedBy(e)
                    .build();
        } finally {
            catalogue.forget(tenant);
        }
    }

    @Override
    public List<String> resume() {
        Set<String> concerned = new LinkedHashSet<>(bringPlatformTablesUp());
        List<String> interrupted = journal.unfinished().stream()
                .map(SchemaJournal.Change::tenant)
                .distinct()
                .toList();
        for (String tenant : interrupted) {
            LOG.log(Level.INFO, "completing an interrupted schema change of tenant {0}", tenant);
            try {
                locks.holding(tenant, () -> {
                    journal.unfinished(tenant).forEach(this::finish);
                    return true;
                });
            } catch (PlatformException e) {
                // Given up and kept in the journal; whoever publishes the model again is told. Other tenants go on.
                LOG.log(Level.ERROR, "the schema change of tenant " + tenant + " could not be completed", e);
            }
            concerned.add(tenant);
        }
        return List.copyOf(concerned);
    }

    /** A newer program may bring files for the platform's tables in every tenant's schema. */
    private List<String> bringPlatformTablesUp() {
        String now = level.get();
        List<String> behind = database.dsl()
                .select(TENANT)
                .from(TENANT_SCHEMA)
                .where(LEVEL.isDistinctFrom(now))
                .orderBy(TENANT)
                .fetch(TENANT);
        List<String> done = new ArrayList<>();
        for (String tenant : behind) {
            locks.holding(tenant, () -> {
                PlatformTables.migrateTenant(database.dataSource(), TenantSchemas.nameOf(tenant));
                return database.dsl()
                        .update(TENANT_SCHEMA)
                        .set(LEVEL, now)
                        .where(TENANT.eq(tenant))
                        .execute();
            });
            done.add(tenant);
        }
        return done;
    }
}
