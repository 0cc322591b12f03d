package dev.tenon.store.internal;

import dev.tenon.store.StoreError;
import dev.tenon.store.TenantSchemas;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** The platform's own tables: those of no tenant, and those that every tenant's schema has. Kept by Flyway. */
public final class PlatformTables {

    private static final String HISTORY_TABLE = "schema_version";
    private static final String PLATFORM_FILES = "classpath:db/migration/platform";
    private static final String TENANT_FILES = "classpath:db/migration/tenant";

    private PlatformTables() {}

    /**
     * Tables of no tenant.
     *
     * @param place address of the database, for people
     */
    public static void migrate(DataSource pool, String place) {
        migrate(pool, place, TenantSchemas.PLATFORM, PLATFORM_FILES);
    }

    /** The platform's tables inside a tenant's schema, which is made when it is missing. */
    public static void migrateTenant(DataSource pool, String schema) {
        migrate(pool, "schema " + schema, schema, TENANT_FILES);
    }

    /** Tells which files a tenant's schema of this program is made of; the same text, nothing to do. */
    public static String tenantLevel(DataSource pool) {
        // Asked with a history table that is never made: so every file counts, and no tenant is needed to ask.
        Flyway flyway = flyway(pool, TenantSchemas.PLATFORM, TENANT_FILES, "no_history");
        return Arrays.stream(flyway.info().all())
                .map(file -> file.getVersion() + ":" + file.getChecksum())
                .collect(Collectors.joining(","));
    }

    private static Flyway flyway(DataSource pool, String schema, String location, String history) {
        return Flyway.configure(PlatformTables.class.getClassLoader())
                .dataSource(pool)
                .schemas(schema)
                .defaultSchema(schema)
                .createSchemas(true)
                .table(history)
                .locations(location)
                // Rooms number their files in bands of their own, so a lower number may come later.
                .outOfOrder(true)
                .ignoreMigrationPatterns("*:missing", "*:future")
                .validateMigrationNaming(true)
                .failOnMissingLocations(true)
                .cleanDisabled(true)
                .load();
    }

    private static void migrate(DataSource pool, String place, String schema, String location) {
        try {
            Flyway flyway = flyway(pool, schema, location, HISTORY_TABLE);
            for (MigrationInfo known : flyway.info().all()) {
                MigrationState state = known.getState();
                if (state == MigrationState.FUTURE_SUCCESS || state == MigrationState.MISSING_SUCCESS) {
                    throw StoreError.DATA_NEWER
                            .error()
                            .with("place", place)
                            .with("found", known.getVersion() + " " + known.getDescription())
                            .build();
                }
            }
            flyway.migrate();
        } catch (FlywayException e) {
            throw StoreError.MIGRATION_FAILED
                    .error()
                    .with("schema", schema)
                    .causedBy(e)
                    .build();
        }
    }
}
