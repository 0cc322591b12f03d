package dev.tenon.store.door;

import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TestDatabases;
import java.nio.file.Path;

class PostgresRecordLockTest extends JooqRecordLockContract {
    @Override
    DatabaseSettings settings(Path folder) {
        return TestDatabases.postgres();
    }
}
