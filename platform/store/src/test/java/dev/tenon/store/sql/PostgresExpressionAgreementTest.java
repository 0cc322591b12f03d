package dev.tenon.store.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** On a real PostgreSQL. */
class PostgresExpressionAgreementTest extends ExpressionAgreementContract {

    private @Nullable EmbeddedPostgres server;

    @Override
    DSLContext open() {
        try {
            server = EmbeddedPostgres.start();
            return DSL.using(server.getPostgresDatabase().getConnection(), SQLDialect.POSTGRES, settings());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }
}
