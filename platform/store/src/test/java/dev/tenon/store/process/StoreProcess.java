package dev.tenon.store.process;

import static dev.tenon.store.TestModels.decimal;
import static dev.tenon.store.TestModels.field;
import static dev.tenon.store.TestModels.model;
import static dev.tenon.store.TestModels.object;
import static dev.tenon.store.TestModels.text;
import static dev.tenon.store.TestModels.unique;
import static dev.tenon.store.TestModels.whole;

import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.StoredFile;
import dev.tenon.records.port.BlobStore;
import dev.tenon.records.port.FileStore;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.DiskBlobStore;
import dev.tenon.store.records.JooqFileStore;
import dev.tenon.store.records.JooqRecordStore;
import dev.tenon.store.schema.Catalogue;
import dev.tenon.store.schema.JournaledSchemaEvolution;
import dev.tenon.store.schema.SchemaSettings;
import dev.tenon.store.schema.SchemaStep;
import dev.tenon.store.schema.StepListener;
import dev.tenon.tenancy.port.SchemaEvolution.Initiator;
import dev.tenon.tenancy.port.SchemaEvolution.Wanted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A second process on a database, made to be killed. */
final class StoreProcess {

    static final String OFFER = "recruiting__Offer";
    static final String NOTE = "recruiting__Note";
    static final int KILLED = 137;
    static final String SAVED = "saved ";
    static final String REFUSED = "refused ";

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

    /** The code of an offer has become a number. */
    static Model retyped(String tenant) {
        return model(
                tenant,
                2,
                object(OFFER, field("title", text(20)), field("code", whole())),
                object(NOTE, field("offer", new FieldType.Lookup(OFFER))));
    }

    /** Offers have no code, and notes are gone. */
    static Model reduced(String tenant) {
        return model(tenant, 2, object(OFFER, field("title", text(20))));
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
                case "insert" -> insertForEver(database, arguments[4], Path.of(arguments[5]));
                case "retype" -> retypeUpTo(database, arguments[4], arguments[5]);
                case "purge" -> purgeUpTo(database, arguments[4]);
                case "evolve" -> evolveUpTo(database, arguments[4], Integer.parseInt(arguments[5]));
                default -> System.out.println("opened");
            }
        } catch (PlatformException e) {
            System.out.println(e.code().id());
        }
    }

    /** Prints the id of each pair of records, and of the file that one of them has, after it was committed; else why not. */
    private static void insertForEver(Database database, String tenant, Path folder) {
        Catalogue catalogue = new Catalogue(database);
        JooqRecordStore store = new JooqRecordStore(database, catalogue);
        JooqFileStore files = new JooqFileStore(database, catalogue);
        DiskBlobStore blobs = new DiskBlobStore(folder);
        Model model = before(tenant);
        while (true) {
            UUID id = RecordIds.next();
            try {
                BlobStore.Stored kept = blobs.put(tenant, new ByteArrayInputStream(content(id)), Long.MAX_VALUE);
                store.inTransaction(tenant, () -> {
                    String code = id.toString().substring(24);
                    store.insert(model, OFFER, id, Map.of("title", "acknowledged", "code", code));
                    store.insert(model, NOTE, id, Map.of("offer", id));
                    files.insert(tenant, fileOf(id, kept));
                    return true;
                });
                System.out.println(SAVED + id);
            } catch (PlatformException e) {
                System.out.println(REFUSED + e.code().id());
            }
            System.out.flush();
        }
    }

    /** What the file of a record says. */
    static byte[] content(UUID record) {
        return record.toString().repeat(100).getBytes(StandardCharsets.US_ASCII);
    }

    private static FileStore.Entry fileOf(UUID id, BlobStore.Stored kept) {
        StoredFile file = new StoredFile(id, "a.txt", "text/plain", kept.size(), Optional.empty());
        return new FileStore.Entry(file, OFFER, "contract", Optional.of(id), kept.hash(), id, Instant.EPOCH);
    }

    private static StepListener killingAt(String place) {
        return new StepListener() {
            @Override
            public void progressed(String of, int ordinal, SchemaStep running, long done) {
                kill("progressed", done > 0);
            }

            @Override
            public void applied(String of, int ordinal, SchemaStep done) {
                kill("applied", true);
            }

            @Override
            public void marked(String of, int ordinal, SchemaStep done) {
                kill("marked", true);
            }

            private void kill(String where, boolean really) {
                if (really && where.equals(place)) {
                    Runtime.getRuntime().halt(KILLED);
                }
            }
        };
    }

    private static void retypeUpTo(Database database, String tenant, String place) {
        JournaledSchemaEvolution evolution =
                new JournaledSchemaEvolution(database, new Catalogue(database), SETTINGS, killingAt(place));
        Wanted wanted = new Wanted(retyped(tenant), Optional.of(before(tenant)), Optional.empty());
        Optional<String> seen = Optional.of(evolution.losses(tenant, wanted).digest());
        evolution.evolve(tenant, new Wanted(wanted.model(), wanted.before(), seen), Initiator.PLATFORM, id -> {});
        System.out.println("complete");
    }

    private static void purgeUpTo(Database database, String tenant) {
        new JournaledSchemaEvolution(database, new Catalogue(database), SETTINGS, killingAt("applied"))
                .purge(tenant, reduced(tenant), Instant.now().plus(Duration.ofDays(31)));
        System.out.println("complete");
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
