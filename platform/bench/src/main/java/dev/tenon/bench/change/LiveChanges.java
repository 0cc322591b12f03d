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
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Changes a table with many rows in every way while people read and write, and prints how long the change took, how many
 * requests failed and which took the longest. Arguments: number of rows, then settings of the platform
 * ({@code --tenon.database.url=…} for an empty PostgreSQL database; without one the embedded database).
 */
public final class LiveChanges {

    /** As many come through the door; the others are copies of them made by the database. */
    private static final int COMPLETE = 5_000;

    private static final String FIELD = "field:" + BenchTenant.ORDER + "/";

    private LiveChanges() {}

    public static void main(String[] arguments) throws Exception {
        int rows = Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("tenon-changes");
        List<String> settings = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
        settings.add("--tenon.data=" + folder);
        settings.add("--logging.level.root=error");
        try (ConfigurableApplicationContext platform = BenchTenant.platform(settings)) {
            BenchTenant tenant = BenchTenant.create(platform, COMPLETE);
            multiply(platform.getBean(Database.class), rows);
            Customizing customizing = platform.getBean(Customizing.class);
            Identity admin = Users.platform(BenchTenant.KEY);
            try (People people = new People(platform.getBean(Records.class), tenant.sales(), 3, 1)) {
                Thread.sleep(10_000);
                people.told();
                Thread.sleep(5_000);
                print("nothing", 5_000, people);
                run(customizing, admin, people);
            }
        }
    }

    private static void run(Customizing customizing, Identity admin, People people) throws InterruptedException {
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

    private static LayerEdit set(String field, String property, Object value) {
        return new LayerEdit.SetProperty(ElementKey.parse(FIELD + field), property, value);
    }

    private static void apply(String name, Customizing customizing, Identity admin, People people, LayerEdit edit)
            throws InterruptedException {
        ended(name, customizing, admin, people, () -> customizing.apply(admin, List.of(edit), Optional.empty(), false));
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
        long millis = (System.nanoTime() - begun) / 1_000_000;
        Thread.sleep(1_000);
        print(name, millis, people);
    }

    private static void print(String name, long millis, People people) {
        System.out.printf("%-30s %,7d ms | %s%n", name, millis, people.told());
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
                    .execute("insert into " + table + " (\"id\", " + columns + ") select gen_random_uuid(), " + columns
                            + " from " + table + " limit " + Math.min(COMPLETE, rows - done));
        }
    }
}
