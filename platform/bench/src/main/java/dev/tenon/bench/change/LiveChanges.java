package dev.tenon.bench.change;

import dev.tenon.access.Identity;
import dev.tenon.bench.BenchTenant;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.records.Records;
import dev.tenon.store.Database;
import dev.tenon.tenancy.Customizing;
import dev.tenon.tenancy.Publication;
import dev.tenon.tenancy.SchemaChange;
import dev.tenon.tenancy.identity.Users;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Changes a table with many rows in every way while people read and write, and prints how long the change took, how many
 * requests failed and which took the longest. Arguments: number of rows, {@code h2} or {@code postgres} (one is started
 * then), settings of the platform ({@code --tenon.database.url=…} for an empty PostgreSQL database of one's own).
 */
public final class LiveChanges {

    /** As many come through the door; the others are copies of them made by the database. */
    private static final int COMPLETE = 5_000;

    private static final String FIELD = "field:" + BenchTenant.ORDER + "/";

    private LiveChanges() {}

    public static void main(String[] arguments) throws Exception {
        int rows = Integer.parseInt(arguments[0]);
        boolean postgres = arguments.length > 1 && arguments[1].equals("postgres");
        boolean named = postgres || arguments.length > 1 && arguments[1].equals("h2");
        Path folder = Files.createTempDirectory("tenon-changes");
        List<String> settings = new ArrayList<>(List.of(arguments).subList(named ? 2 : 1, arguments.length));
        settings.add("--tenon.data=" + folder);
        settings.add("--logging.level.root=error");
        try (EmbeddedPostgres server = postgres ? started() : null;
                ConfigurableApplicationContext platform = BenchTenant.platform(with(server, settings))) {
            BenchTenant tenant = BenchTenant.create(platform, COMPLETE);
            multiply(platform.getBean(Database.class), rows);
            Customizing customizing = platform.getBean(Customizing.class);
            Identity admin = Users.platform(BenchTenant.KEY);
            try (People people = new People(platform.getBean(Records.class), tenant.sales(), 3, 1)) {
                Thread.sleep(10_000);
                people.told();
                Thread.sleep(5_000);
                print("nothing", 5_000, people);
                run(customizing, admin, people, platform.getBean(Database.class), rows);
            }
        }
    }

    /** A commit waits for the disk, as in production; the library's defaults are made for tests. */
    private static EmbeddedPostgres started() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "256MB")
                .start();
    }

    private static List<String> with(@Nullable EmbeddedPostgres server, List<String> settings) {
        List<String> all = new ArrayList<>(settings);
        if (server != null) {
            all.add("--tenon.database.url=jdbc:postgresql://localhost:" + server.getPort() + "/postgres");
            all.add("--tenon.database.user=postgres");
            all.add("--tenon.database.password=postgres");
        }
        return all;
    }

    private static void run(Customizing customizing, Identity admin, People people, Database database, int rows)
            throws InterruptedException {
        apply("add a field", customizing, admin, people, add("c__grade", Map.of("type", "text", "label", "Grade")));
        apply(
                "add an indexed field",
                customizing,
                admin,
                people,
                add("c__partner", Map.of("type", "lookup", "label", "Partner", "target", BenchTenant.CUSTOMER)));
        apply(
                "add a unique field",
                customizing,
                admin,
                people,
                add("c__serial", Map.of("type", "text", "label", "Serial", "unique", true)));
        apply("rename", customizing, admin, people, set("c__grade", "label", "Class"));
        apply("longer text", customizing, admin, people, set("c__grade", "maxLength", 800));
        apply("make unique", customizing, admin, people, set("c__grade", "unique", true));
        apply("no longer unique", customizing, admin, people, set("c__grade", "unique", false));
        apply("make required", customizing, admin, people, set("c__grade", "requiredWhen", "amount > 1000000.0"));
        number(database, rows);
        apply("text to integer", customizing, admin, people, set("c__serial", "type", "integer"));
        apply(
                "integer to decimal",
                customizing,
                admin,
                people,
                set("c__serial", "type", "decimal"),
                number("precision", 20),
                number("scale", 4));
        apply(
                "more decimals",
                customizing,
                admin,
                people,
                set("c__serial", "precision", 22),
                set("c__serial", "scale", 6));
        apply(
                "add a formula",
                customizing,
                admin,
                people,
                add(
                        "c__gross",
                        Map.of(
                                "type",
                                "formula",
                                "label",
                                "Gross",
                                "result",
                                Map.of("type", "decimal", "precision", 14, "scale", 2),
                                "expression",
                                "amount * 1.13")));
        apply("edit the formula", customizing, admin, people, set("c__gross", "expression", "amount * 1.06"));
        apply(
                "delete a field",
                customizing,
                admin,
                people,
                new LayerEdit.RemoveElement(ElementKey.parse(FIELD + "c__grade")));
        long version = customizing.history(admin, 1).getFirst().version();
        ended(
                "undo the deletion",
                customizing,
                admin,
                people,
                () -> customizing.undo(admin, version, Optional.empty(), false));
    }

    private static LayerEdit add(String field, Map<String, Object> properties) {
        return new LayerEdit.Add(ElementKey.parse(FIELD + field), new LinkedHashMap<>(properties));
    }

    private static LayerEdit number(String property, int value) {
        return set("c__serial", property, value);
    }

    private static LayerEdit set(String field, String property, Object value) {
        return new LayerEdit.SetProperty(ElementKey.parse(FIELD + field), property, value);
    }

    private static void apply(String name, Customizing customizing, Identity admin, People people, LayerEdit... edits)
            throws InterruptedException {
        ended(
                name,
                customizing,
                admin,
                people,
                () -> customizing.apply(admin, List.of(edits), Optional.empty(), false));
    }

    private static void ended(
            String name, Customizing customizing, Identity admin, People people, Supplier<Publication> change)
            throws InterruptedException {
        people.told();
        long begun = System.nanoTime();
        Publication publication = change.get();
        if (publication instanceof Publication.Started(UUID id)) {
            while (customizing.schemaChange(admin, id).state() == SchemaChange.State.RUNNING) {
                Thread.sleep(20);
            }
            name += " (" + customizing.schemaChange(admin, id).state() + ")";
        } else {
            publication.orThrow();
        }
        Thread.sleep(100);
        // What follows from a change that is in force, such as computed values, goes on by itself.
        while (customizing.schemaChanges(admin, 1).stream().anyMatch(c -> c.state() == SchemaChange.State.RUNNING)) {
            Thread.sleep(20);
        }
        long millis = (System.nanoTime() - begun) / 1_000_000 - 100;
        Thread.sleep(1_000);
        print(name, millis, people);
    }

    private static void print(String name, long millis, People people) {
        System.out.printf("%-30s %,7d ms | %s%n", name, millis, people.told());
    }

    /** Gives every row a number of its own, past the door and in batches, as if people had done it over the years. */
    private static void number(Database database, int rows) {
        String schema = "\"t_" + BenchTenant.KEY + "\".";
        String table = database.dsl()
                .fetchSingle("select table_name from " + schema + "\"tenon_table\" where object_name = '"
                        + BenchTenant.ORDER + "'")
                .get(0, String.class);
        for (int from = 0; from < rows; from += COMPLETE) {
            database.dsl()
                    .execute("update " + schema + '"' + table
                            + "\" set \"c__serial\" = right(cast(\"id\" as varchar), 12) where \"id\" >= "
                            + id(String.valueOf(from)) + " and \"id\" < " + id(String.valueOf(from + COMPLETE)));
        }
    }

    /** Ids in their order, as the platform gives them: random ones would make the indexes something else. */
    private static String id(String number) {
        return "cast('00000000-0000-7000-8000-' || lpad(cast(" + number + " as varchar), 12, '0') as uuid)";
    }

    private static void multiply(Database database, int rows) {
        String table = "\"t_" + BenchTenant.KEY + "\".\"bench__order\"";
        String columns = database.dsl()
                .fetch("select * from " + table + " limit 1")
                .fieldStream()
                .map(Field::getName)
                .filter(name -> !name.equals("id"))
                .map(name -> '"' + name + '"')
                .collect(Collectors.joining(", "));
        for (int done = COMPLETE; done < rows; done += COMPLETE) {
            database.dsl()
                    .execute("insert into " + table + " (\"id\", " + columns + ") select "
                            + id(done + " + row_number() over ()")
                            + ", " + columns
                            + " from (select * from " + table + " limit " + Math.min(COMPLETE, rows - done) + ") s");
        }
    }
}
