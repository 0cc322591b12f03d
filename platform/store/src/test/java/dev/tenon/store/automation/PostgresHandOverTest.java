package dev.tenon.store.automation;

import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TestDatabases;
import java.nio.file.Path;

class PostgresHandOverTest extends HandOverContract {
    @Override
    DatabaseSettings settings(Path folder) {
        return TestDatabases.postgres();
    }
}
