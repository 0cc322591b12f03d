package dev.tenon.bench.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.tenon.bench.BenchTenant;
import dev.tenon.bench.handwritten.HandWrittenApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** Measures the running platform beside the hand-written endpoint; see the README for how to run and read it. */
public final class HttpLoad {

    private static final int SAMPLE = 5_000;
    private static final int PAGE = 1_000;
    private static final int WARMING = 4;

    private final LoadOptions options;
    private final BenchTenant tenant;
    private final Server tenon;
    private final Server hand;

    private HttpLoad(LoadOptions options, BenchTenant tenant, Server tenon, Server hand) {
        this.options = options;
        this.tenant = tenant;
        this.tenon = tenon;
        this.hand = hand;
    }

    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        LoadOptions options = LoadOptions.parse(args);
        // Until the platform sets up logging by its own settings.
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        Path folder = Files.createTempDirectory("tenon-bench");
        try (LoadDatabase database = LoadDatabase.open(options, folder)) {
            List<String> settings = new ArrayList<>(database.platformSettings());
            settings.add("--tenon.data=" + folder);
            BenchTenant tenant = fill(settings, options.rows());
            database.filled();
            try (Server tenon =
                            Server.start("tenon", folder, platform(options), settings, recording(options, "tenon"));
                    Server hand = Server.start(
                            "by-hand",
                            folder,
                            List.of("-cp", classPath(), HandWrittenApplication.class.getName()),
                            List.of(
                                    "--bench.url=" + database.handWrittenUrl(),
                                    "--bench.user=" + database.user(),
                                    "--bench.password=" + database.password(),
                                    "--bench.pool-size=" + database.poolSize()),
                            recording(options, "by-hand"))) {
                new HttpLoad(options, tenant, tenon, hand).run();
            }
        } finally {
            delete(folder);
        }
    }

    /** In this process, before anything is measured; it has left the database when this returns. */
    private static BenchTenant fill(List<String> settings, int rows) {
        try (ConfigurableApplicationContext platform = BenchTenant.platform(settings)) {
            long start = System.nanoTime();
            BenchTenant tenant = BenchTenant.create(platform, rows);
            System.out.printf(
                    "%,d orders imported in %d s%n",
                    rows, Duration.ofNanos(System.nanoTime() - start).toSeconds());
            return tenant;
        }
    }

    private static List<String> platform(LoadOptions options) {
        return options.jar()
                .map(jar -> {
                    if (!Files.isRegularFile(jar)) {
                        throw new IllegalArgumentException("there is no " + jar + "; package platform/app first");
                    }
                    return List.of("-jar", jar.toString());
                })
                .orElseGet(() -> List.of("-cp", classPath(), "dev.tenon.app.TenonApplication"));
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private static Optional<Path> recording(LoadOptions options, String name) {
        return options.recordings().map(folder -> folder.resolve(name + ".jfr"));
    }

    private void run() throws IOException, InterruptedException {
        System.out.printf(
                "database %s, %,d orders, %d processors, Java %s, the platform from %s%n%n",
                options.database(),
                options.rows(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                options.jar().map(jar -> jar.getFileName().toString()).orElse("the class path"));
        List<Scenario> scenarios = scenarios().all().stream()
                .filter(s -> options.only().isEmpty() || options.only().contains(s.name()))
                .toList();
        for (Scenario scenario : scenarios) {
            if (scenario.comparable()) {
                compare(scenario);
            }
            // All of them before the first one counts: most of a server's code is the same for all requests, and a
            // compiler that still works on it would take the processor from whoever is measured first.
            round(scenario, Side.TENON, WARMING, options.warmup());
            round(scenario, Side.HAND_WRITTEN, WARMING, options.warmup());
        }
        for (int clients : options.clients()) {
            Report.head(clients);
            for (Scenario scenario : scenarios) {
                measure(scenario, clients);
            }
        }
    }

    /** The salesperson's ids come from the platform: what it hides, the other one must hide as well. */
    private Scenarios scenarios() throws IOException {
        try (HttpConnection connection = new HttpConnection(tenon.address(), tenant.salesToken())) {
            List<UUID> orders = new ArrayList<>();
            for (int skip = 0; skip < SAMPLE; skip += PAGE) {
                orders.addAll(ids(connection, "bench__Order?$select=code&$orderby=code&$skip=" + skip));
            }
            return new Scenarios(orders, ids(connection, "bench__Customer?$select=name"), new EnumMap<>(Side.class));
        }
    }

    private static List<UUID> ids(HttpConnection connection, String path) throws IOException {
        List<UUID> ids = new ArrayList<>();
        JsonNode answer = Agreement.JSON.readTree(
                connection.get("/odata/" + path + "&$top=" + PAGE).expect(200).text());
        for (JsonNode row : answer.path("value")) {
            ids.add(UUID.fromString(row.path("id").stringValue()));
        }
        return ids;
    }

    private void measure(Scenario scenario, int clients) throws IOException, InterruptedException {
        round(scenario, Side.TENON, clients, 1);
        round(scenario, Side.HAND_WRITTEN, clients, 1);
        List<Round> ours = new ArrayList<>();
        List<Round> theirs = new ArrayList<>();
        for (int i = 0; i < options.rounds(); i++) {
            ours.add(round(scenario, Side.TENON, clients, options.seconds()));
            theirs.add(round(scenario, Side.HAND_WRITTEN, clients, options.seconds()));
        }
        Report.line(scenario.name(), ours, theirs);
    }

    private Round round(Scenario scenario, Side side, int clients, int seconds)
            throws IOException, InterruptedException {
        return Round.run(scenario, side, server(side), tenant.salesToken(), clients, Duration.ofSeconds(seconds));
    }

    private void compare(Scenario scenario) throws IOException {
        String token = tenant.salesToken();
        try (HttpConnection ours = new HttpConnection(tenon.address(), token);
                HttpConnection theirs = new HttpConnection(hand.address(), token)) {
            Scenario.Client a = scenario.clients().client(Side.TENON, ours, 0);
            Scenario.Client b = scenario.clients().client(Side.HAND_WRITTEN, theirs, 0);
            for (int i = 0; i < 10; i++) {
                Agreement.check(scenario.name(), a.next().text(), b.next().text());
            }
        }
    }

    private Server server(Side side) {
        return switch (side) {
            case TENON -> tenon;
            case HAND_WRITTEN -> hand;
        };
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
