package dev.tenon.store.schema;

import dev.tenon.store.Database;
import dev.tenon.store.StoreError;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.internal.PlatformTables;
import java.util.List;
import java.util.function.Supplier;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.springframework.util.function.SingletonSupplier;

/** The database schemas of tenants, with the platform's own tables in them. Whoever calls holds the tenant's lock. */
final class RegisteredSchemas {

    private static final Table<Record> TENANT_SCHEMA = DSL.table(DSL.name(TenantSchemas.PLATFORM, "tenant_schema"));
    private static final Field<String> TENANT = DSL.field(DSL.name("tenant"), SQLDataType.VARCHAR);
    private static final Field<String> SCHEMA = DSL.field(DSL.name("schema_name"), SQLDataType.VARCHAR);
    private static final Field<String> LEVEL = DSL.field(DSL.name("platform_level"), SQLDataType.VARCHAR);

    private final Database database;
    /** What this program's own tables are at; an older program's may be behind. */
    private final Supplier<String> level;

    RegisteredSchemas(Database database) {
        this.database = database;
        this.level = SingletonSupplier.of(() -> PlatformTables.tenantLevel(database.dataSource()));
    }

    private boolean exists(String tenant) {
        return database.dsl().fetchExists(TENANT_SCHEMA, TENANT.eq(tenant));
    }

    void require(String tenant) {
        if (!exists(tenant)) {
            throw StoreError.UNKNOWN_TENANT.error().with("tenant", tenant).build();
        }
    }

    /** Makes it where it is missing. */
    void create(String tenant) {
        if (!exists(tenant)) {
            String schema = TenantSchemas.nameOf(tenant);
            PlatformTables.migrateTenant(database.dataSource(), schema);
            database.dsl()
                    .insertInto(TENANT_SCHEMA, TENANT, SCHEMA, LEVEL)
                    .values(tenant, schema, level.get())
                    .execute();
        }
    }

    /** Removes it with everything inside it. */
    void drop(String tenant, Runnable alongside) {
        database.dsl()
                .dropSchemaIfExists(DSL.name(TenantSchemas.nameOf(tenant)))
                .cascade()
                .execute();
        database.transactions().run(() -> {
            alongside.run();
            database.dsl().deleteFrom(TENANT_SCHEMA).where(TENANT.eq(tenant)).execute();
        });
    }

    /** The tenants whose tables an older program has left. */
    List<String> behind() {
        return database.dsl()
                .select(TENANT)
                .from(TENANT_SCHEMA)
                .where(LEVEL.isDistinctFrom(level.get()))
                .orderBy(TENANT)
                .fetch(TENANT);
    }

    void bringUp(String tenant) {
        PlatformTables.migrateTenant(database.dataSource(), TenantSchemas.nameOf(tenant));
        database.dsl()
                .update(TENANT_SCHEMA)
                .set(LEVEL, level.get())
                .where(TENANT.eq(tenant))
                .execute();
    }
}
