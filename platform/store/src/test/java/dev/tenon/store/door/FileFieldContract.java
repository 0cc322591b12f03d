package dev.tenon.store.door;

import static dev.tenon.records.shop.ShopDoor.CUSTOMER;
import static dev.tenon.records.shop.ShopDoor.NOW;
import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RecordsError;
import dev.tenon.records.Row;
import dev.tenon.records.RowOutcome;
import dev.tenon.records.StoredFile;
import dev.tenon.records.port.FilePorts;
import dev.tenon.records.port.FileStore;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.DiskBlobStore;
import dev.tenon.store.StoreError;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.TikaInspection;
import dev.tenon.store.records.JooqFileStore;
import dev.tenon.store.records.JooqRecycleBin;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Files of fields from their upload to their end; the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FileFieldContract {

    private static final Instant TOMORROW = NOW.plus(Duration.ofDays(2));

    private ShopDatabase shops;
    private Model model;
    private FileStore store;
    private DiskBlobStore blobs;
    private JooqRecycleBin bin;
    private ShopDoor door;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        shops = new ShopDatabase(Database.open(settings(folder)));
        Map<String, String> files = ShopPackage.files();
        files.computeIfPresent("objects/Order.yaml", (path, text) -> text + """
                  contract: {type: file, label: Contract, accept: [application/pdf, text/*], maxSize: 100}
                  photo: {type: image, label: Photo, maxWidth: 30, maxHeight: 20}
                """);
        files.computeIfPresent(
                "permissions/clerk.yaml",
                (path, text) -> text.replace(
                        "editScope: own, fieldDefault: edit",
                        "editScope: own, fieldDefault: edit, fields: {photo: none}"));
        model = shops.tenant(files);
        store = new JooqFileStore(shops.database(), shops.catalogue());
        blobs = new DiskBlobStore(folder.resolve("files"));
        bin = new JooqRecycleBin(shops.database(), 30);
        door = new ShopDoor(shops.store(), bin, new FilePorts(store, blobs, new TikaInspection()), model);
    }

    @AfterAll
    void close() {
        shops.close();
    }

    private static byte[] pdf(String text) {
        return ("%PDF-1.7\n" + text).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] image(String format, int width, int height) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StoredFile upload(RecordSession who, String field, String name, byte[] content) {
        return who.upload(ORDER, field, name, new ByteArrayInputStream(content));
    }

    private StoredFile contract(String text) {
        return upload(door.manager(), "contract", "a.pdf", pdf(text));
    }

    private Row order(StoredFile contract) {
        return door.manager().create(ORDER, values("customer", customer(), "contract", contract.id()));
    }

    /** Nobody's but the manager's. */
    private UUID customer() {
        return door.manager().create(CUSTOMER, values("name", "Ada")).id();
    }

    private static PlatformException refused(ThrowingCallable call) {
        return catchThrowableOfType(PlatformException.class, call);
    }

    private Optional<UUID> holder(StoredFile file) {
        return store.find(model.tenant(), List.of(file.id())).get(file.id()).recordId();
    }

    private boolean known(StoredFile file) {
        return store.find(model.tenant(), List.of(file.id())).containsKey(file.id());
    }

    private String hash(StoredFile file) {
        return store.find(model.tenant(), List.of(file.id())).get(file.id()).contentHash();
    }

    @Test
    void aFileIsARecordsFromItsSaveOn() throws IOException {
        StoredFile file = contract("mine");
        assertThat(file.mediaType()).isEqualTo("application/pdf");
        assertThat(holder(file)).isEmpty();
        assertThat(door.clerk().openFile(file.id()))
                .as("before: only who uploaded it")
                .isEmpty();
        Row order = order(file);
        assertThat(order.values()).containsEntry("contract", file.id());
        assertThat(holder(file)).contains(order.id());
        try (var content = door.manager().openFile(file.id()).orElseThrow().content()) {
            assertThat(content.readAllBytes()).isEqualTo(pdf("mine"));
        }
        assertThat(door.auditor().openFile(file.id()))
                .as("who may read the field")
                .isPresent();
        assertThat(door.clerk().openFile(file.id())).as("not their record").isEmpty();
        assertThat(door.manager()
                        .query(Query.of(ORDER, 10).where(ShopDoor.filter(door.manager(), ORDER, "contract != null")))
                        .rows())
                .extracting(Row::id)
                .contains(order.id());
    }

    @Test
    void nobodyTakesWhatAnotherHas() {
        StoredFile file = contract("one");
        assertThat(refused(() -> door.clerk().create(ORDER, values("customer", mine().id(), "contract", file.id())))
                        .code())
                .as("somebody else's upload")
                .isEqualTo(RecordsError.FILE_NOT_UPLOADED);
        order(file);
        assertThat(refused(() -> order(file)).code()).as("another record's").isEqualTo(RecordsError.FILE_NOT_UPLOADED);
        StoredFile photo = upload(door.manager(), "photo", "p.png", image("png", 3, 2));
        assertThat(refused(() -> order(photo)).code()).as("another field's").isEqualTo(RecordsError.FILE_NOT_UPLOADED);
        assertThat(refused(() -> door.manager()
                                .create(
                                        ORDER,
                                        values(
                                                "customer",
                                                customer(),
                                                "contract",
                                                UUID.randomUUID().toString())))
                        .code())
                .isEqualTo(RecordsError.FILE_NOT_UPLOADED);
    }

    private Row mine() {
        return door.manager()
                .create(
                        CUSTOMER,
                        values(
                                "name",
                                "Mine",
                                "agent",
                                door.clerkIdentity().user().id()));
    }

    @Test
    void whatAnUploadIsItsBytesTell() {
        assertThat(refused(() -> upload(door.manager(), "contract", "a.pdf", image("png", 3, 2)))
                        .code())
                .isEqualTo(RecordsError.FILE_TYPE_NOT_ACCEPTED);
        assertThat(refused(() -> upload(door.manager(), "contract", "a.pdf", pdf("x".repeat(100))))
                        .code())
                .isEqualTo(StoreError.FILE_TOO_LARGE);
        byte[] svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(refused(() -> upload(door.manager(), "photo", "a.png", svg)).code())
                .isEqualTo(RecordsError.NOT_AN_IMAGE);
        byte[] cut = java.util.Arrays.copyOf(image("png", 3, 2), 20);
        assertThat(refused(() -> upload(door.manager(), "photo", "a.png", cut)).code())
                .isEqualTo(RecordsError.NOT_AN_IMAGE);
        assertThat(refused(() -> upload(door.manager(), "photo", "a.gif", image("gif", 31, 2)))
                        .code())
                .isEqualTo(RecordsError.IMAGE_TOO_LARGE);
        StoredFile photo = upload(door.manager(), "photo", "../x/a.gif", image("jpg", 30, 20));
        assertThat(photo.mediaType()).isEqualTo("image/jpeg");
        assertThat(photo.name()).isEqualTo("a.gif");
        assertThat(photo.pixels()).contains(new StoredFile.Pixels(30, 20));
        assertThat(refused(() -> upload(door.manager(), "total", "a.pdf", pdf("")))
                        .code())
                .isEqualTo(RecordsError.NOT_A_FILE_FIELD);
        assertThat(refused(() -> upload(door.clerk(), "photo", "a.png", image("png", 3, 2)))
                        .code())
                .as("a field that is hidden is not there")
                .isEqualTo(RecordsError.UNKNOWN_FIELD);
        assertThat(refused(() -> upload(door.auditor(), "contract", "a.pdf", pdf("")))
                        .code())
                .isEqualTo(RecordsError.FIELD_NOT_EDITABLE);
    }

    @Test
    void aHiddenFieldsFileIsNotHandedOut() {
        StoredFile photo = upload(door.manager(), "photo", "p.png", image("png", 3, 2));
        door.manager().create(ORDER, values("customer", mine().id(), "photo", photo.id()));
        assertThat(door.manager().openFile(photo.id())).isPresent();
        assertThat(door.clerk().openFile(photo.id())).isEmpty();
    }

    @Test
    void aSaveThatFailsTakesNothingAndTheUploadIsGoneAfterADay() {
        StoredFile file = contract("failed");
        assertThat(refused(() -> door.manager().inTransaction(() -> {
                            order(file);
                            return door.manager().create(ORDER, Map.of());
                        }))
                        .code())
                .isEqualTo(RecordsError.FIELD_REQUIRED);
        assertThat(holder(file)).isEmpty();
        store.removeUnclaimed(model.tenant(), NOW.minus(Duration.ofDays(1)), 100);
        assertThat(known(file)).isTrue();
        StoredFile taken = contract("taken");
        order(taken);
        store.removeUnclaimed(model.tenant(), TOMORROW, 100);
        assertThat(known(file)).isFalse();
        assertThat(known(taken)).isTrue();
    }

    @Test
    void anImportTakesUploadsRowByRow() {
        StoredFile file = contract("import");
        UUID customer = customer();
        List<RowOutcome> outcomes = door.manager()
                .importRows(
                        ORDER,
                        List.of(
                                values(
                                        "customer",
                                        customer,
                                        "contract",
                                        file.id().toString()),
                                values("customer", customer, "contract", "a.pdf"),
                                values(
                                        "customer",
                                        customer,
                                        "contract",
                                        UUID.randomUUID().toString())));
        assertThat(outcomes.get(0)).isInstanceOf(RowOutcome.Saved.class);
        assertThat(outcomes.get(1)).isInstanceOf(RowOutcome.Rejected.class);
        assertThat(outcomes.get(2)).isInstanceOf(RowOutcome.Rejected.class);
        assertThat(holder(file)).isPresent();
    }

    @Test
    void earlierFilesStayForTheHistoryAndGoWithTheRecordForGood() {
        StoredFile first = contract("first");
        StoredFile second = contract("second");
        Row order = order(first);
        door.manager().update(ORDER, order.id(), Optional.empty(), values("contract", second.id()));
        assertThat(door.manager().history(ORDER, order.id()))
                .filteredOn(entry -> "contract".equals(entry.field()))
                .extracting(HistoryEntry::oldValue)
                .containsExactly('"' + first.id().toString() + '"');
        store.removeOrphans(model, TOMORROW);
        assertThat(door.manager().openFile(first.id())).isPresent();
        door.manager().update(ORDER, order.id(), Optional.empty(), values("contract", first.id()));

        door.manager().delete(ORDER, order.id(), Optional.empty());
        store.removeOrphans(model, TOMORROW);
        assertThat(known(first)).as("kept for the recycle bin").isTrue();
        door.manager().recycleBin().restore(order.id());
        assertThat(door.reload(order).values()).containsEntry("contract", first.id());

        door.manager().delete(ORDER, order.id(), Optional.empty());
        door.manager().recycleBin().remove(order.id());
        assertThat(store.removeOrphans(model, NOW.minus(Duration.ofDays(1)))).isZero();
        assertThat(known(first)).isTrue();
        store.removeOrphans(model, TOMORROW);
        assertThat(known(first)).isFalse();
        assertThat(known(second)).isFalse();
    }

    @Test
    void bytesGoWhenNothingRefersToThem() {
        StoredFile kept = contract("kept bytes");
        String keptHash = hash(kept);
        order(kept);
        StoredFile left = contract("left bytes");
        String leftHash = hash(left);
        store.removeUnclaimed(model.tenant(), TOMORROW, 100);
        assertThat(store.referenced(model.tenant(), List.of(keptHash, leftHash, "ab".repeat(32))))
                .containsExactly(keptHash);
        blobs.sweep(model.tenant(), Instant.now().minusSeconds(60), h -> store.referenced(model.tenant(), h));
        assertThat(blobs.open(model.tenant(), leftHash)).as("too young").isPresent();
        blobs.sweep(model.tenant(), Instant.now().plusSeconds(60), h -> store.referenced(model.tenant(), h));
        assertThat(blobs.open(model.tenant(), leftHash)).isEmpty();
        assertThat(blobs.open(model.tenant(), keptHash)).isPresent();
    }

    @Test
    void everyTableThatKeepsBytesIsAskedBeforeTheyGo() {
        List<String> tables = shops.database()
                .dsl()
                .select(DSL.field(DSL.name("table_name"), String.class))
                .from(DSL.table(DSL.name("information_schema", "columns")))
                .where(DSL.field(DSL.name("table_schema")).eq(TenantSchemas.nameOf(model.tenant())))
                .and(DSL.field(DSL.name("column_name")).eq("content_hash"))
                .fetch(row -> row.value1());
        assertThat(tables).containsExactlyInAnyOrderElementsOf(JooqFileStore.KEEPERS);
    }
}
