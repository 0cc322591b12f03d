package dev.tenon.store.automation;

import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TestDatabases;
import java.nio.file.Path;

class PostgresDuplicateRulesTest extends DuplicateRulesContract {
    @Override
    DatabaseSettings settings(Path folder) {
        return TestDatabases.postgres();
    }
}
