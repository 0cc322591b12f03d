package dev.tenon.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** Real databases for tests: H2 in a folder, and new databases on one PostgreSQL server for each JVM. */
public final class TestDatabases {

    private static final int POOL = 8;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestDatabases() {}

    /** An H2 database in file mode; the same folder is the same database. */
    public static DatabaseSettings h2(Path folder) {
        return new DatabaseSettings("jdbc:h2:file:" + folder.resolve("data").resolve("tenon"), "tenon", "secret", POOL);
    }

    /** A new, empty database on a real PostgreSQL. */
    public static DatabaseSettings postgres() {
        String database = "test_" + NUMBER.incrementAndGet();
        EmbeddedPostgres server = Server.RUNNING;
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new DatabaseSettings(
                "jdbc:postgresql://localhost:" + server.getPort() + "/" + database, "postgres", "postgres", POOL);
    }

    /** Started at first use; its own shutdown hook stops it. */
    private static final class Server {
        private static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                // The server itself is never killed in tests, so it need not wait for the disk.
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "300")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
