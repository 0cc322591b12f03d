package dev.tenon.store.process;

import static dev.tenon.store.TestModels.decimal;
import static dev.tenon.store.TestModels.field;
import static dev.tenon.store.TestModels.model;
import static dev.tenon.store.TestModels.object;
import static dev.tenon.store.TestModels.text;
import static dev.tenon.store.TestModels.unique;

import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.records.JooqRecordStore;
import dev.tenon.store.schema.Catalogue;
import dev.tenon.store.schema.JournaledSchemaEvolution;
import dev.tenon.store.schema.SchemaSettings;
import dev.tenon.store.schema.SchemaStep;
import dev.tenon.store.schema.StepListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A second process on a database, made to be killed. */
final class StoreProcess {

    static final String OFFER = "recruiting__Offer";
    static final String NOTE = "recruiting__Note";
    static final int KILLED = 137;

    /** Tables with more rows are changed as large ones are. */
    static final SchemaSettings SETTINGS = new SchemaSettings(1_000, Duration.ofSeconds(5));

    private StoreProcess() {}

    static Model before(String tenant) {
        return model(
                tenant,
                1,
                object(OFFER, field("title", text(20)), field("code", text(20))),
                object(NOTE, field("offer", new FieldType.Lookup(OFFER))));
    }

    static Model after(String tenant) {
        return model(
                tenant,
                2,
                object(
                        OFFER,
                        field("title", text(200)),
                        unique("code", text(20)),
                        field("salary", decimal(12, 2)),
                        field("c__grade", text(10))),
                object(NOTE, field("offer", new FieldType.Lookup(OFFER)), field("body", text(100))),
                object("c__Store", field("name", text(50))));
    }

    static Process start(DatabaseSettings settings, String command, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StoreProcess.class.getName(),
                settings.url(),
                settings.user(),
                settings.password(),
                command));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] arguments) {
        DatabaseSettings settings = new DatabaseSettings(arguments[0], arguments[1], arguments[2], 4);
        try (Database database = Database.open(settings)) {
            switch (arguments[3]) {
                case "insert" -> insertForEver(database, arguments[4]);
                case "evolve" -> evolveUpTo(database, arguments[4], Integer.parseInt(arguments[5]));
                default -> System.out.println("opened");
            }
        } catch (PlatformException e) {
            System.out.println(e.code().id());
        }
    }

    /** Prints the id of each pair of records after it was committed. */
    private static void insertForEver(Database database, String tenant) {
        JooqRecordStore store = new JooqRecordStore(database, new Catalogue(database));
        Model model = before(tenant);
        while (true) {
            UUID id = RecordIds.next();
            store.inTransaction(tenant, () -> {
                store.insert(
                        model,
                        OFFER,
                        id,
                        Map.of("title", "acknowledged", "code", id.toString().substring(24)));
                store.insert(model, NOTE, id, Map.of("offer", id));
                return true;
            });
            System.out.println(id);
            System.out.flush();
        }
    }

    /** Ends as if killed in the middle of a step; of one that takes its time, in the middle of its rows. */
    private static void evolveUpTo(Database database, String tenant, int step) {
        StepListener killer = new StepListener() {
            @Override
            public void progressed(String of, int ordinal, SchemaStep running, long done) {
                if (ordinal == step && done > 0) {
                    Runtime.getRuntime().halt(KILLED);
                }
            }

            @Override
            public void applied(String of, int ordinal, SchemaStep done) {
                if (ordinal == step) {
                    Runtime.getRuntime().halt(KILLED);
                }
            }
        };
        new JournaledSchemaEvolution(database, new Catalogue(database), SETTINGS, killer).evolve(tenant, after(tenant));
        System.out.println("complete");
    }
}
