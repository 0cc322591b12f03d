package dev.tenon.store.identity;

import dev.tenon.store.Database;
import dev.tenon.store.TestDatabases;
import dev.tenon.tenancy.identity.IdentityStoreContract;
import dev.tenon.tenancy.identity.IdentityStores;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class H2IdentityStoreTest extends IdentityStoreContract {

    @TempDir
    private static Path folder;

    private static Database database;

    @BeforeAll
    static void open() {
        database = Database.open(TestDatabases.h2(folder));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    protected IdentityStores stores() {
        return new IdentityStores(
                new JooqIdentityStore(database.dsl()),
                new JooqLoginStore(database),
                new JooqTokenStore(database),
                new JooqLinkStore(database.dsl()),
                new JooqSecondFactorStore(database.dsl()),
                new JooqEventStore(database.dsl()));
    }
}
