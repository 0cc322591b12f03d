package dev.tenon.store.tenancy;

import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TestDatabases;
import java.nio.file.Path;

class PostgresReturningDataTest extends ReturningDataContract {
    @Override
    DatabaseSettings settings(Path folder) {
        return TestDatabases.postgres();
    }
}
