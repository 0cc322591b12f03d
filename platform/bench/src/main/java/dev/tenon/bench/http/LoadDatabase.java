package dev.tenon.bench.http;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Where the rows are while they are measured. */
sealed interface LoadDatabase extends AutoCloseable {

    /** Connections of each server: the platform's own defaults. */
    int poolSize();

    /** How a server of the platform opens it. */
    List<String> platformSettings();

    /** To be called when the rows are there and nothing has the database open. */
    void filled() throws IOException, SQLException;

    /** How the hand-written endpoint opens the same rows. */
    String handWrittenUrl();

    String user();

    String password();

    @Override
    void close() throws IOException;

    static LoadDatabase open(LoadOptions options, Path folder) throws IOException {
        return switch (options.database()) {
            case "h2" -> new H2(folder);
            case "postgres" -> Postgres.started();
            default -> new Postgres(options.database(), options.user(), options.password(), () -> {});
        };
    }

    /** Both servers work on one database at the same time. */
    record Postgres(String url, String user, String password, Stop stop) implements LoadDatabase {

        @FunctionalInterface
        interface Stop {
            void run() throws IOException;
        }

        static Postgres started() throws IOException {
            // A commit waits for the disk, as in production; the library's defaults are made for tests.
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("shared_buffers", "256MB")
                    .start();
            return new Postgres(
                    "jdbc:postgresql://localhost:" + server.getPort() + "/postgres",
                    "postgres",
                    "postgres",
                    server::close);
        }

        @Override
        public int poolSize() {
            return 20;
        }

        @Override
        public List<String> platformSettings() {
            return List.of(
                    "--tenon.database.url=" + url,
                    "--tenon.database.user=" + user,
                    "--tenon.database.password=" + password,
                    "--tenon.database.pool-size=" + poolSize());
        }

        @Override
        public void filled() throws SQLException {
            try (Connection connection = DriverManager.getConnection(url, user, password);
                    Statement statement = connection.createStatement()) {
                // What the server would do by itself a little later, in the middle of a round.
                statement.execute("vacuum analyze");
            }
        }

        @Override
        public String handWrittenUrl() {
            return url;
        }

        @Override
        public void close() throws IOException {
            stop.run();
        }
    }

    /** One process only can have such a database open, so the hand-written endpoint works on a copy. */
    record H2(Path folder) implements LoadDatabase {

        private static final String FILE = "tenon.mv.db";

        @Override
        public int poolSize() {
            return 16;
        }

        @Override
        public List<String> platformSettings() {
            return List.of();
        }

        @Override
        public void filled() throws IOException {
            Files.createDirectories(folder.resolve("copy"));
            Files.copy(folder.resolve(FILE), folder.resolve("copy").resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public String handWrittenUrl() {
            return "jdbc:h2:file:" + folder.resolve("copy").resolve("tenon");
        }

        @Override
        public String user() {
            return "tenon";
        }

        @Override
        public String password() {
            return "";
        }

        @Override
        public void close() {}
    }
}
