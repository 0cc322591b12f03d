package dev.tenon.store.door;

import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TestDatabases;
import java.nio.file.Path;

class H2DuplicateSearchTest extends DuplicateSearchContract {
    @Override
    DatabaseSettings settings(Path folder) {
        return TestDatabases.h2(folder);
    }
}
