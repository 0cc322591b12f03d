package dev.tenon.store.schema;

import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TestDatabases;
import java.nio.file.Path;

class PostgresOnlineChangeTest extends OnlineChangeContract {
    @Override
    DatabaseSettings settings(Path folder) {
        return TestDatabases.postgres();
    }

    @Override
    int unusedIndexes(Database database) {
        return database.dsl()
                .fetch("select 1 from pg_index where not indisvalid")
                .size();
    }
}
