package dev.tenon.store.door;

import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TestDatabases;
import java.nio.file.Path;

class H2StatementTest extends StatementContract {
    @Override
    DatabaseSettings settings(Path folder) {
        return TestDatabases.h2(folder);
    }

    @Override
    int ofAJournal() {
        return 2;
    }

    @Override
    int ofHolds() {
        return 1;
    }
}
