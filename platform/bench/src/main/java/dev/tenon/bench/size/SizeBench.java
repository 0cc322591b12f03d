package dev.tenon.bench.size;

import dev.tenon.access.Identity;
import dev.tenon.bench.BenchDatabase;
import dev.tenon.bench.BenchTenant;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import dev.tenon.records.RowOutcome;
import dev.tenon.tenancy.identity.Users;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Times of model changes at the API, sizes of models, and the cost of many tenants. Arguments: {@code h2} or
 * {@code postgres} (one is started then), rows of the object that gets fields, tenants, and which parts are measured;
 * anywhere {@code data=} and a folder that keeps the tenants for the next time.
 */
public final class SizeBench {

    private static final String ALL = "changes,columns,wide,tenants,own";
    private static final int FEW_FIELDS = 10;
    private static final int MANY_FIELDS = 300;
    private static final int ASKED_ROWS = 200;
    private static final int ASKED_AT_ONCE = 50;
    private static final int ASKING_ROUNDS = 30;

    private SizeBench() {}

    /** Runs everything and prints one line for each figure. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> others = new ArrayList<>(List.of(arguments));
        Optional<Path> kept = others.stream()
                .filter(argument -> argument.startsWith("data="))
                .map(argument -> Path.of(argument.substring("data=".length())))
                .findFirst();
        others.removeIf(argument -> argument.startsWith("data="));
        boolean postgres = !others.isEmpty() && others.getFirst().equals("postgres");
        int rows = others.size() > 1 ? Integer.parseInt(others.get(1)) : 100_000;
        int tenants = others.size() > 2 ? Integer.parseInt(others.get(2)) : 100;
        List<String> parts = List.of((others.size() > 3 ? others.get(3) : ALL).split(",", -1));
        Path folder = kept.isPresent() ? kept.get() : Files.createTempDirectory("tenon-size");
        List<String> settings = List.of("--tenon.data=" + folder.resolve("tenon"), "--logging.level.root=warn");
        try (EmbeddedPostgres server = postgres ? BenchDatabase.started(folder.resolve("postgres")) : null) {
            run(folder, BenchDatabase.with(server, settings), rows, tenants, parts);
        }
        System.out.println("data are in " + folder);
    }

    private static void run(Path folder, List<String> settings, int rows, int tenants, List<String> parts)
            throws IOException, InterruptedException {
        try (ConfigurableApplicationContext platform = BenchTenant.platform(settings)) {
            if (parts.contains("changes") || parts.contains("columns")) {
                BenchTenant.create(platform, rows);
            }
            if (parts.contains("changes")) {
                changes(platform, rows);
            }
            if (parts.contains("columns")) {
                columns(platform);
            }
            if (parts.contains("wide")) {
                WideTenant.publish(platform);
            }
        }
        if (parts.contains("wide")) {
            WideTenant.anew(settings);
        }
        for (String kind : List.of("tenants", "own")) {
            if (parts.contains(kind)) {
                ManyTenants many = new ManyTenants(folder, settings, tenants, kind.equals("own"));
                many.create();
                many.touch();
            }
        }
    }

    private static void changes(ConfigurableApplicationContext platform, int rows)
            throws IOException, InterruptedException {
        Api admin = Api.of(platform, BenchTenant.KEY, "sys__administrator");
        int[] number = {0};
        Took.told("add a field to an object with " + rows + " rows", Took.times(() -> {
            int n = number[0]++;
            admin.change("{\"op\":\"add\",\"element\":\"field:bench__Order/c__f%d\",".formatted(n)
                    + "\"properties\":{\"type\":\"text\",\"label\":\"F\"}}");
        }));
        Took.told("create an object with 10 fields", Took.times(() -> {
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
    private static void columns(ConfigurableApplicationContext platform) throws IOException, InterruptedException {
        Api admin = Api.of(platform, BenchTenant.KEY, "sys__administrator");
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
            this.reader = Api.of(platform, BenchTenant.KEY, set);
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
}
