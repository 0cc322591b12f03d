package dev.tenon.store.approval;

import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TestDatabases;
import java.nio.file.Path;

class PostgresApprovalVisibilityTest extends ApprovalVisibilityContract {
    @Override
    DatabaseSettings settings(Path temp) {
        return TestDatabases.postgres();
    }
}
