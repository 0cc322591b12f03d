package dev.tenon.store.process;

import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TestDatabases;
import java.nio.file.Path;

class H2KillTest extends KillContract {
    @Override
    DatabaseSettings settings(Path folder) {
        return TestDatabases.h2(folder);
    }
}
