package dev.tenon.store.records;

import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TestDatabases;
import java.nio.file.Path;

class PostgresQueryTest extends QueryContract {
    @Override
    DatabaseSettings settings(Path folder) {
        return TestDatabases.postgres();
    }
}
