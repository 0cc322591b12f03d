package dev.tenon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.web.system.Build;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A start that cannot succeed says once what is wrong, where, and what to do, and ends with another exit code than 0. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class StartFailureIT {

    private static final Pattern STACK_TRACE = Pattern.compile("(?m)^\\s+at [\\w.$/]+\\(|Exception");

    @TempDir
    Path folder;

    @Test
    void aGoodStartSaysOneLineAndItsVersion() throws Exception {
        try (ServerProcess server = ServerProcess.start("--server.port=0", data(folder))) {
            String said = server.await("answers at");
            assertThat(server.lines()).hasSize(1);
            assertThat(said)
                    .contains("Tenon " + Build.VERSION, folder.toString())
                    .doesNotContain("WARN");
            Matcher address = Pattern.compile("http://\\S+/").matcher(said);
            assertThat(address.find()).isTrue();
            assertThat(Build.VERSION).matches("\\d+\\.\\d+\\.\\d+.*");
            assertThat(read(address.group() + "api/health")).contains("\"version\":\"" + Build.VERSION + "\"");
        }
    }

    @Test
    void aTakenPort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            assertRefused(
                    List.of("--server.port=" + port, data(folder)),
                    "The port " + port + " is in use",
                    "--server.port=9000");
        }
    }

    @Test
    void aDataFolderThatCannotBeWritten() throws Exception {
        // Whoever runs this may be allowed to write everywhere; below a file nobody can.
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        assertRefused(
                List.of("--server.port=0", data(file.resolve("data"))),
                "The data folder " + file.resolve("data") + " cannot be written",
                "configure another folder",
                "store.folder-unwritable");
        assertThat(file).hasContent("no folder");
    }

    @Test
    void aFolderForFilesThatCannotBeWrittenBesideAnotherDatabase() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        assertRefused(
                List.of("--server.port=0", data(file), "--tenon.database.url=jdbc:postgresql://localhost:1/tenon"),
                "The data folder " + file + " cannot be written",
                "store.folder-unwritable");
    }

    @Test
    void dataOfANewerProgram() throws Exception {
        try (Database newer = Database.open(DatabaseSettings.embedded(folder))) {
            newer.dsl()
                    .execute("insert into tenon.schema_version (installed_rank, version, description, type, script,"
                            + " checksum, installed_by, execution_time, success)"
                            + " values (999, '9999', 'from the future', 'SQL', 'V9999__x.sql', 1, 'x', 1, true)");
        }
        assertRefused(
                List.of("--server.port=0", data(folder)),
                folder.resolve("tenon")
                        + " was written by a newer version of this program (found 9999 from the future)",
                "Start that version",
                "store.data-newer");
    }

    @Test
    void anOperatorsTokenThatCanBeGuessed() throws Exception {
        assertRefused(
                List.of("--server.port=0", data(folder), "--tenon.web.operator-token=secret"),
                "web.operator-token-unfit",
                "fewer than 32 characters",
                "openssl rand");
    }

    @Test
    void aRecycleBinThatKeepsForLessThanNoTime() throws Exception {
        assertRefused(
                List.of("--server.port=0", data(folder), "--tenon.recycle-bin.days=-1"),
                "store.retention-out-of-range",
                "-1 days",
                "tenon.recycle-bin.days");
    }

    @Test
    void aDataFolderThatAnotherServerUses() throws Exception {
        try (Database other = Database.open(DatabaseSettings.embedded(folder))) {
            assertThat(other.dsl().selectOne().fetchOne(0, int.class)).isEqualTo(1);
            assertRefused(
                    List.of("--server.port=0", data(folder)),
                    folder.resolve("tenon") + " is in use by another process",
                    "Stop the other instance first",
                    "store.locked-by-another-process");
            assertThat(other.dsl().selectOne().fetchOne(0, int.class)).isEqualTo(1);
        }
    }

    @Test
    void aDatabaseThatRefusesThePasswordOrIsNotThere() throws Exception {
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.builder().setServerConfig("fsync", "off").start()) {
            try (var connection = postgres.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create role tenon login password 'right'");
                // Everybody may come in unasked on the machine of a test; this user may not.
                statement.execute("alter system set password_encryption = 'scram-sha-256'");
            }
            requirePassword(postgres);
            String url = "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
            assertRefused(
                    List.of(
                            "--server.port=0",
                            data(folder),
                            "--tenon.database.url=" + url,
                            "--tenon.database.user=tenon",
                            "--tenon.database.password=wrong-secret"),
                    "The database " + url + " refuses the user tenon",
                    "Check the configured user name and password",
                    "store.access-denied");
        }
        assertRefused(
                List.of("--server.port=0", data(folder), "--tenon.database.url=jdbc:postgresql://localhost:1/tenon"),
                "The database jdbc:postgresql://localhost:1/tenon cannot be reached",
                "Check that it runs",
                "store.unreachable");
    }

    private static void requirePassword(EmbeddedPostgres postgres) throws Exception {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            Path rules;
            try (var answer = statement.executeQuery("show hba_file")) {
                answer.next();
                rules = Path.of(answer.getString(1));
            }
            List<String> lines = new ArrayList<>(List.of("host all tenon all scram-sha-256"));
            lines.addAll(Files.readAllLines(rules));
            Files.write(rules, lines);
            statement.execute("select pg_reload_conf()");
        }
    }

    private static String data(Path path) {
        return "--tenon.data=" + path;
    }

    private static void assertRefused(List<String> arguments, String... told) throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(arguments.toArray(String[]::new))) {
            assertThat(server.exitCode()).as(server.output()).isEqualTo(1);
            String output = server.output();
            assertThat(output).contains(told).doesNotContain("wrong-secret").doesNotContainPattern(STACK_TRACE);
            assertThat(output.split("APPLICATION FAILED TO START", -1))
                    .as("one message: " + output)
                    .hasSize(2);
            assertThat(server.lines().stream().filter(line -> !line.isBlank()))
                    .as(output)
                    .hasSizeLessThan(12);
        }
    }

    private static String read(String address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
