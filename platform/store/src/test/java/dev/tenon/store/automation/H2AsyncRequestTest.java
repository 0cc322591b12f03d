package dev.tenon.store.automation;

import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TestDatabases;
import java.nio.file.Path;

class H2AsyncRequestTest extends AsyncRequestContract {
    @Override
    DatabaseSettings settings(Path folder) {
        return TestDatabases.h2(folder);
    }

    @Override
    String endless() {
        return "select sum(a.\"X\" * b.\"X\") from system_range(1, 1000000) a, system_range(1, 1000000) b";
    }
}
