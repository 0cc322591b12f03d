package dev.tenon.store.automation;

import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TestDatabases;
import java.nio.file.Path;

class H2DuplicateRulesTest extends DuplicateRulesContract {
    @Override
    DatabaseSettings settings(Path folder) {
        return TestDatabases.h2(folder);
    }
}
