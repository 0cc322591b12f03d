package dev.tenon.store.schema;

import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TestDatabases;
import java.nio.file.Path;

class H2OnlineChangeTest extends OnlineChangeContract {
    @Override
    DatabaseSettings settings(Path folder) {
        return TestDatabases.h2(folder);
    }

    @Override
    int unusedIndexes(Database database) {
        return 0;
    }
}
