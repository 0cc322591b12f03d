package dev.tenon.store.approval;

import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TestDatabases;
import java.nio.file.Path;

class PostgresApprovalVisibilityTest extends ApprovalVisibilityContract {
    @Override
    DatabaseSettings settings(Path temp) {
        return TestDatabases.postgres();
    }

    /** The rules and the flows are those of the other database; here only their SQL is another, and each question slower. */
    @Override
    int flows() {
        return Integer.getInteger("tenon.test.flows", 4);
    }
}
