package dev.tenon.store.process;

import static dev.tenon.store.TestModels.decimal;
import static dev.tenon.store.TestModels.field;
import static dev.tenon.store.TestModels.model;
import static dev.tenon.store.TestModels.object;
import static dev.tenon.store.TestModels.text;
import static dev.tenon.store.TestModels.unique;

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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(arguments));
        return start(settings, StoreProcess.class, all.toArray(String[]::new));
    }

    static Process start(DatabaseSettings settings, Class<?> main, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                settings.url(),
                settings.user(),
                settings.password()));
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
}
