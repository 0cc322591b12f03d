package dev.tenon.bench.size;

import com.sun.management.OperatingSystemMXBean;
import dev.tenon.access.Identity;
import dev.tenon.bench.BenchTenant;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import dev.tenon.records.RowOutcome;
import dev.tenon.records.port.ModelSource;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Packages;
import dev.tenon.tenancy.Tenants;
import dev.tenon.tenancy.identity.AccessTokens;
import dev.tenon.tenancy.identity.NewUser;
import dev.tenon.tenancy.identity.Users;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Times of model changes at the API, sizes of models, and the cost of many tenants. Arguments: {@code h2} or
 * {@code postgres}, rows of the object that gets fields, tenants, and which parts are measured.
 */
public final class SizeBench {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final String ALL = "changes,columns,wide,tenants";
    private static final int WARMUP = 6;
    private static final int ROUNDS = 9;
    private static final int OBJECTS = 500;
    private static final int FIELDS = 40;
    private static final int FEW_FIELDS = 10;
    private static final int MANY_FIELDS = 300;
    private static final int ASKED_ROWS = 200;
    private static final int ASKED_AT_ONCE = 50;
    private static final int ASKING_ROUNDS = 30;
    private static final int COLD_TENANTS = 30;

    private final Path folder;
    private final List<String> settings;
    private final List<String> parts;

    private SizeBench(Path folder, List<String> settings, List<String> parts) {
        this.folder = folder;
        this.settings = settings;
        this.parts = parts;
    }

    /** Runs everything and prints one line for each figure. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        boolean postgres = arguments.length > 0 && arguments[0].equals("postgres");
        int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        int tenants = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 100;
        List<String> parts = List.of((arguments.length > 3 ? arguments[3] : ALL).split(",", -1));
        Path folder = Files.createTempDirectory("tenon-size");
        List<String> settings = new ArrayList<>(List.of("--tenon.data=" + folder, "--logging.level.root=warn"));
        if (!postgres) {
            new SizeBench(folder, settings, parts).run(rows, tenants);
            return;
        }
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            settings.add("--tenon.database.url=jdbc:postgresql://localhost:" + server.getPort() + "/postgres");
            settings.add("--tenon.database.user=postgres");
            settings.add("--tenon.database.password=postgres");
            new SizeBench(folder, settings, parts).run(rows, tenants);
        }
    }

    private void run(int rows, int tenants) throws IOException, InterruptedException {
        try (ConfigurableApplicationContext platform = BenchTenant.platform(settings)) {
            BenchTenant.create(platform, rows);
            if (parts.contains("changes")) {
                changes(platform, rows);
            }
            if (parts.contains("columns")) {
                columns(platform);
            }
            if (parts.contains("wide")) {
                wide(platform);
            }
            if (parts.contains("tenants")) {
                many(platform, tenants);
            }
        }
        if (parts.contains("wide")) {
            wideAnew();
        }
        if (parts.contains("tenants")) {
            cold(tenants);
        }
    }

    private void changes(ConfigurableApplicationContext platform, int rows) throws IOException, InterruptedException {
        Api admin = api(platform, BenchTenant.KEY, "sys__administrator");
        int[] number = {0};
        told("add a field to an object with " + rows + " rows", times(() -> {
            int n = number[0]++;
            admin.change("{\"op\":\"add\",\"element\":\"field:bench__Order/c__f%d\",".formatted(n)
                    + "\"properties\":{\"type\":\"text\",\"label\":\"F\"}}");
        }));
        told("create an object with 10 fields", times(() -> {
            int n = number[0]++;
            StringBuilder edits = new StringBuilder("{\"op\":\"add\",\"element\":\"object:c__O%d\",".formatted(n)
                    + "\"properties\":{\"label\":\"O\",\"pluralLabel\":\"Os\"}}");
            for (int i = 0; i < 10; i++) {
                edits.append(",{\"op\":\"add\",\"element\":\"field:c__O%d/f%d\",".formatted(n, i)
                        + "\"properties\":{\"type\":\"text\",\"label\":\"F\"}}");
            }
            admin.change(edits.toString());
        }));
    }

    /** The same few fields asked of an object with few and of one with many of the customer's own. */
    private void columns(ConfigurableApplicationContext platform) throws IOException, InterruptedException {
        Api admin = api(platform, BenchTenant.KEY, "sys__administrator");
        Asking few = new Asking(platform, admin, FEW_FIELDS);
        Asking many = new Asking(platform, admin, MANY_FIELDS);
        // In turns, so that both have the same share of what else happens on the machine.
        for (int round = 0; round < ASKING_ROUNDS; round++) {
            boolean counts = round >= ASKING_ROUNDS / 3;
            for (Asking one : List.of(few, many)) {
                long list = Took.by(one::list).processor();
                long get = Took.by(one::get).processor();
                if (counts) {
                    one.lists += list;
                    one.gets += get;
                }
            }
        }
        System.out.printf(
                "%-55s list %.2f, get %.2f%n",
                "processor time with " + MANY_FIELDS + " custom fields by that with " + FEW_FIELDS,
                (double) many.lists / few.lists,
                (double) many.gets / few.gets);
    }

    /** An object of a number of fields, with rows that have a value in each. */
    private static final class Asking {

        private final Api reader;
        private final String object;
        private final List<UUID> ids = new ArrayList<>();
        private long lists;
        private long gets;

        Asking(ConfigurableApplicationContext platform, Api admin, int fields)
                throws IOException, InterruptedException {
            this.object = "c__Wide" + fields;
            StringBuilder edits = new StringBuilder("{\"op\":\"add\",\"element\":\"object:%s\",".formatted(object)
                    + "\"properties\":{\"label\":\"O\",\"pluralLabel\":\"Os\"}}");
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int i = 0; i < fields; i++) {
                edits.append(",{\"op\":\"add\",\"element\":\"field:%s/f%d\",".formatted(object, i)
                        + "\"properties\":{\"type\":\"text\",\"label\":\"F\"}}");
                row.put("f" + i, "value " + i);
            }
            String set = "c__reader" + fields;
            edits.append((",{\"op\":\"add\",\"element\":\"permissionSet:%s\",\"properties\":{\"label\":\"R\"}},"
                            + "{\"op\":\"add\",\"element\":\"objectPermission:%s/%s\","
                            + "\"properties\":{\"read\":true,\"scope\":\"all\"}}")
                    .formatted(set, set, object));
            admin.change(edits.toString());
            this.reader = api(platform, BenchTenant.KEY, set);
            Identity system = Users.platform(BenchTenant.KEY);
            RecordSession session = platform.getBean(Records.class).open(system, HistoryEntry.Channel.IMPORT);
            for (RowOutcome outcome : session.importRows(object, Collections.nCopies(ASKED_ROWS, row))) {
                if (outcome instanceof RowOutcome.Saved saved) {
                    ids.add(saved.id());
                }
            }
        }

        void list() throws IOException, InterruptedException {
            for (int i = 0; i < ASKED_AT_ONCE; i++) {
                reader.get("/odata/" + object + "?$select=f0,f1,f2&$top=50");
            }
        }

        void get() throws IOException, InterruptedException {
            for (int i = 0; i < ASKED_AT_ONCE; i++) {
                reader.get("/odata/" + object + "(" + ids.get(i) + ")?$select=f0,f1,f2");
            }
        }
    }

    private void wide(ConfigurableApplicationContext platform) throws IOException, InterruptedException {
        Identity system = Users.platform("wide");
        platform.getBean(Packages.class).add(system, WidePackage.files(OBJECTS, FIELDS));
        told(
                "create the tenant with " + OBJECTS + " objects of " + FIELDS + " fields",
                List.of(Took.by(() -> platform.getBean(Tenants.class)
                        .create(system, "wide", "Wide", List.of(new PackageId("wide", "1.0.0"))))));
        Api admin = api(platform, "wide", "sys__administrator");
        int[] number = {0};
        told(
                "publish another label in it",
                times(() ->
                        admin.change("{\"op\":\"set\",\"element\":\"field:wide__Thing1/name\",\"property\":\"label\","
                                + "\"value\":\"N" + number[0]++ + "\"}")));
        told(
                "publish another field in it",
                times(() -> admin.change("{\"op\":\"add\",\"element\":\"field:wide__Thing1/c__f" + number[0]++
                        + "\",\"properties\":{\"type\":\"text\",\"label\":\"F\"}}")));
    }

    /** Nothing is known of the tenant, so its model is read from the database and compiled as a whole. */
    private void wideAnew() throws IOException, InterruptedException {
        try (ConfigurableApplicationContext platform = BenchTenant.platform(settings)) {
            ModelSource models = platform.getBean(ModelSource.class);
            long before = heap();
            told("read and compile its model", List.of(Took.by(() -> models.current("wide"))));
            System.out.printf("%-55s %8.1f MB%n", "heap of the model and its layers", (heap() - before) / 1e6);
        }
    }

    private void many(ConfigurableApplicationContext platform, int tenants) throws IOException, InterruptedException {
        ModelSource models = platform.getBean(ModelSource.class);
        Tenants registry = platform.getBean(Tenants.class);
        long before = heap();
        List<Took> creating = new ArrayList<>();
        for (int i = 0; i < tenants; i++) {
            String key = "many" + i;
            creating.add(Took.by(() ->
                    registry.create(Users.platform(key), key, "Many", List.of(new PackageId("recruiting", "1.1.0")))));
            models.current(key);
        }
        told("create a recruiting tenant", creating);
        System.out.printf(
                "%-55s %8.2f MB%n", "heap of a recruiting tenant, of " + tenants, (heap() - before) / 1e6 / tenants);
    }

    /** A node that has just started has no tenant's model; the first request of each is timed. */
    private void cold(int tenants) throws IOException, InterruptedException {
        try (ConfigurableApplicationContext platform = BenchTenant.platform(settings)) {
            List<Took> times = new ArrayList<>();
            for (int i = 0; i < Math.min(tenants, COLD_TENANTS); i++) {
                Api person = api(platform, "many" + i, "recruiting__recruiter");
                times.add(Took.by(() -> person.get("/odata/recruiting__Position?$top=10")));
            }
            if (!times.isEmpty()) {
                told("first request at all of a new process", times.subList(0, 1));
                told("first request of a cold tenant", times.subList(1, times.size()));
            }
        }
        System.out.println("data are in " + folder);
    }

    /** Somebody's way to the running platform. */
    private static final class Api {
        private static final HttpClient HTTP = HttpClient.newHttpClient();

        private final String address;
        private final String token;

        private Api(String address, String token) {
            this.address = address;
            this.token = token;
        }

        void change(String edits) throws IOException, InterruptedException {
            send(
                    "/api/admin/metadata/changes",
                    "POST",
                    HttpRequest.BodyPublishers.ofString("{\"changes\":[" + edits + "]}"));
        }

        void get(String path) throws IOException, InterruptedException {
            send(path, "GET", HttpRequest.BodyPublishers.noBody());
        }

        private void send(String path, String method, HttpRequest.BodyPublisher body)
                throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .method(method, body)
                    .build();
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(path + ": " + answer.body());
            }
        }
    }

    private static Api api(ConfigurableApplicationContext platform, String tenant, String... sets) {
        Users users = platform.getBean(Users.class);
        NewUser person = new NewUser(
                "p" + UUID.randomUUID().toString().substring(0, 8),
                "Person",
                null,
                Locale.ENGLISH,
                ZoneOffset.UTC,
                UUID.randomUUID().toString(),
                Set.of(sets),
                null);
        Identity identity = users.identity(
                        tenant, users.create(Users.platform(tenant), person).id())
                .orElseThrow();
        return new Api(
                "http://localhost:" + platform.getEnvironment().getProperty("local.server.port"),
                platform.getBean(AccessTokens.class).create(identity, "size", 1).text());
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    /** What a step took, by the clock and of this process's processor time: they differ where others use the machine. */
    private record Took(long clock, long processor) {

        static Took by(Step step) throws IOException, InterruptedException {
            long processor = PROCESS.getProcessCpuTime();
            long clock = System.nanoTime();
            step.run();
            return new Took(System.nanoTime() - clock, PROCESS.getProcessCpuTime() - processor);
        }
    }

    private static List<Took> times(Step step) throws IOException, InterruptedException {
        List<Took> times = new ArrayList<>();
        for (int i = -WARMUP; i < ROUNDS; i++) {
            Took took = Took.by(step);
            if (i >= 0) {
                times.add(took);
            }
        }
        return times;
    }

    private static void told(String what, List<Took> times) {
        long[] clock = times.stream().mapToLong(Took::clock).sorted().toArray();
        long[] processor = times.stream().mapToLong(Took::processor).sorted().toArray();
        System.out.printf(
                "%-55s %8.1f ms (%.1f – %.1f), processor %.1f ms%n",
                what,
                clock[clock.length / 2] / 1e6,
                clock[0] / 1e6,
                clock[clock.length - 1] / 1e6,
                processor[processor.length / 2] / 1e6);
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
