package dev.tenon.store.door;

import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TestDatabases;
import java.nio.file.Path;

class PostgresStatementTest extends StatementContract {
    @Override
    DatabaseSettings settings(Path folder) {
        return TestDatabases.postgres();
    }

    @Override
    int ofAJournal() {
        return 1;
    }

    @Override
    int ofHolds() {
        return 0;
    }
}
