package dev.tenon.store.automation;

import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TestDatabases;
import java.nio.file.Path;

class PostgresAsyncRequestTest extends AsyncRequestContract {
    @Override
    DatabaseSettings settings(Path folder) {
        return TestDatabases.postgres();
    }

    @Override
    String endless() {
        return "select pg_sleep(600)";
    }
}
