package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.app.TenonApplication;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Tenants;
import dev.tenon.tenancy.identity.AccessTokens;
import dev.tenon.tenancy.identity.NewUser;
import dev.tenon.tenancy.identity.Users;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The database goes away under the running program and comes back: callers are told to try again, then all goes on. */
@Timeout(300)
class LostDatabaseTest {

    private static final String TENANT = "plant";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private EmbeddedPostgres server(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("server").toFile())
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    private ConfigurableApplicationContext program(int port) {
        ConfigurableApplicationContext context = TenonApplication.run(new String[] {
            "--server.port=0",
            "--tenon.data=" + folder.resolve("data"),
            "--tenon.packages=src/test/resources/running/plant",
            "--tenon.database.url=jdbc:postgresql://localhost:" + port + "/postgres",
            "--tenon.database.user=postgres",
            "--tenon.database.password=postgres",
            "--logging.level.root=off"
        });
        context.getBean(Tenants.class)
                .create(Users.platform(TENANT), TENANT, "Plant", List.of(new PackageId("plant", "1.0.0")));
        return context;
    }

    /** By hand, {@code -Dlong=true}: nobody takes an import over before its claim is a minute old. */
    @Test
    @EnabledIfSystemProperty(named = "long", matches = "true")
    void anImportGoesOnWhereItWas() throws Exception {
        int rows = 20_000;
        EmbeddedPostgres server = server(0);
        int port = server.getPort();
        try (ConfigurableApplicationContext context = program(port)) {
            String address = "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
            Http http = new Http(address, token(context));
            StringBuilder file = new StringBuilder("name\n");
            IntStream.range(0, rows).forEach(i -> file.append("site ").append(i).append('\n'));
            JsonNode started = http.upload(
                            "/api/imports?object=plant__Site&options=%7B%7D",
                            "sites.csv", file.toString().getBytes(StandardCharsets.UTF_8))
                    .good();
            String job = "/api/imports/" + started.get("id").asString();
            while (http.get(job).good().get("created").asInt() < rows / 10) {
                Thread.onSpinWait();
            }
            server.close();
            http.get(job).refused(503, "store.connection-lost");
            server = server(port);
            while (http.get(job).status() != 200) {
                Thread.onSpinWait();
            }
            assertThat(http.get(job).good().get("state").asString()).isEqualTo("RUNNING");
            JsonNode ended = BulkTest.ended(http, "/api/imports", started, PATIENCE.multipliedBy(2));
            assertThat(ended.get("created").asInt()).as(ended.toString()).isEqualTo(rows);
            assertThat(http.get(Plant.SITES + "/$count").body()).isEqualTo(String.valueOf(rows));
        } finally {
            server.close();
        }
    }

    @Test
    void requestsAreToldToTryAgainAndNothingNeedsARestart() throws Exception {
        EmbeddedPostgres server = server(0);
        int port = server.getPort();
        try (ConfigurableApplicationContext context = program(port)) {
            String address = "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
            String token = token(context);
            Http http = new Http(address, token);
            http.post(Plant.SITES, Map.of("name", "Before")).good();

            server.close();
            HttpResponse<String> answer = list(address, token);
            new Http.Answer(answer.statusCode(), answer.body(), answer.headers()).refused(503, "store.connection-lost");
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
            http.post(Plant.SITES, Map.of("name", "Meanwhile")).refused(503, "store.connection-lost");

            server = server(port);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (list(address, token).statusCode() != 200 && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            http.post(Plant.SITES, Map.of("name", "After")).good();
            assertThat(http.get(Plant.SITES).good().get("value").valueStream())
                    .extracting(site -> site.get("name").asString())
                    .containsExactlyInAnyOrder("Before", "After");
        } finally {
            server.close();
        }
    }

    private static String token(ConfigurableApplicationContext context) {
        Users users = context.getBean(Users.class);
        NewUser person = new NewUser(
                "worker",
                "worker",
                null,
                Locale.ENGLISH,
                ZoneOffset.UTC,
                "a good password",
                Set.of("plant__operator", "sys__administrator"),
                null);
        return users.identity(
                        TENANT, users.create(Users.platform(TENANT), person).id())
                .map(identity -> context.getBean(AccessTokens.class)
                        .create(identity, "test", 1)
                        .text())
                .orElseThrow();
    }

    private static HttpResponse<String> list(String address, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + Plant.SITES))
                .header("Authorization", "Bearer " + token)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
