package dev.tenon.store.identity;

import dev.tenon.store.Database;
import dev.tenon.store.TestDatabases;
import dev.tenon.tenancy.identity.IdentityStore;
import dev.tenon.tenancy.identity.IdentityStoreContract;
import dev.tenon.tenancy.identity.LoginStore;
import dev.tenon.tenancy.identity.TokenStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class PostgresIdentityStoreTest extends IdentityStoreContract {

    private static Database database;

    @BeforeAll
    static void open() {
        database = Database.open(TestDatabases.postgres());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    protected IdentityStore identities() {
        return new JooqIdentityStore(database.dsl());
    }

    @Override
    protected TokenStore tokens() {
        return new JooqTokenStore(database);
    }

    @Override
    protected LoginStore logins() {
        return new JooqLoginStore(database.dsl());
    }
}
