package dev.tenon.store.door;

import static dev.tenon.records.shop.ShopDoor.CUSTOMER;
import static dev.tenon.records.shop.ShopDoor.LINE;
import static dev.tenon.records.shop.ShopDoor.NOW;
import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.decimal;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.Query;
import dev.tenon.records.RecordsError;
import dev.tenon.records.RecycleBin;
import dev.tenon.records.RecycleBin.DeletedRecord;
import dev.tenon.records.RecycleBin.Deletion;
import dev.tenon.records.RecycleBin.Loss;
import dev.tenon.records.RecycleBin.Reason;
import dev.tenon.records.Row;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.Attachment;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.StoreError;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.records.JooqRecycleBin;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Deleted trees and their way back; the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RecycleBinContract {

    private ShopDatabase shops;
    private JooqRecycleBin store;
    private Model model;
    private ShopDoor door;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        shops = new ShopDatabase(Database.open(settings(folder)));
        store = new JooqRecycleBin(shops.database(), 30);
    }

    @AfterAll
    void close() {
        shops.close();
    }

    @BeforeEach
    void newTenant() {
        newTenant(store);
    }

    private void newTenant(JooqRecycleBin bin) {
        Map<String, String> files = ShopPackage.files();
        // A line may refer to another one of the same order, before it or behind it.
        files.compute(
                "objects/Line.yaml",
                (path, text) -> text
                        + "  twin: {type: lookup, label: Twin, target: Line}\n"
                        + "  twinAmount: {type: formula, label: Twin's amount,"
                        + " result: {type: decimal, precision: 14, scale: 2}, expression: \"twin.quantity * twin.price\"}\n");
        model = shops.tenant(files);
        door = new ShopDoor(shops.store(), bin, model);
    }

    private RecycleBin bin() {
        return door.manager().recycleBin();
    }

    private void delete(Row row) {
        door.manager().delete(row.object(), row.id(), Optional.empty());
    }

    private List<Deletion> listed() {
        return bin().list(Optional.empty(), Optional.empty(), 100);
    }

    private static PlatformException refused(ThrowingCallable call) {
        return catchThrowableOfType(PlatformException.class, call);
    }

    private int count(String table) {
        return shops.database().dsl().fetchCount(DSL.table(DSL.name(TenantSchemas.nameOf(model.tenant()), table)));
    }

    @Test
    void aTreeComesBackAsItWasWithWhatIsComputedFromIt() {
        Row customer = door.customer("Ada");
        Row order = door.order(customer);
        Row first = door.line(order, 2, "5.00");
        Row second = door.line(order, 1, "30.00");
        door.manager().update(LINE, first.id(), Optional.empty(), values("twin", second.id()));
        door.manager().update(LINE, second.id(), Optional.empty(), values("twin", first.id()));
        Row before = door.reload(order);
        delete(order);
        assertThat(door.reload(customer).values())
                .containsEntry("orderCount", 0L)
                .containsEntry("orderTotal", decimal("0.00"));
        assertThat(bin().require(order.id()).records())
                .extracting(DeletedRecord::id)
                .startsWith(order.id())
                .containsExactlyInAnyOrder(order.id(), first.id(), second.id());

        RecycleBin.Restored restored = bin().restore(order.id());

        assertThat(restored.losses()).isEmpty();
        Row after = door.reload(order);
        assertThat(after.version()).isEqualTo(before.version() + 1);
        assertThat(after.values())
                .usingRecursiveComparison()
                .ignoringFields(SystemField.UPDATED_AT, SystemField.UPDATED_BY)
                .isEqualTo(before.values());
        assertThat(after.values()).containsEntry("number", "ORD-0001").containsEntry("lineTotal", decimal("40.00"));
        assertThat(door.reload(first).values())
                .containsEntry("twinAmount", decimal("30.00"))
                .containsEntry("amount", decimal("10.00"));
        assertThat(door.reload(second).values()).containsEntry("twinAmount", decimal("10.00"));
        assertThat(door.reload(customer).values())
                .containsEntry("orderCount", 1L)
                .containsEntry("orderTotal", decimal("40.00"));
        assertThat(door.order(customer).values()).as("numbers go on").containsEntry("number", "ORD-0002");
        assertThat(door.manager().history(LINE, first.id()))
                .first()
                .extracting(HistoryEntry::kind)
                .isEqualTo(HistoryEntry.Kind.RESTORED);
        assertThat(listed()).isEmpty();
        assertThat(count("tenon_bin_record") + count("tenon_bin_value") + count("tenon_bin_release"))
                .isZero();
    }

    @Test
    void filesComeBackWithTheirRecord() {
        Row customer = door.customer("Ada");
        Attachment file = door.manager()
                .attach(CUSTOMER, customer.id(), "a.txt", "text/plain", new ByteArrayInputStream(new byte[] {1}));
        delete(customer);
        assertThat(door.manager().openAttachment(file.id())).isEmpty();

        bin().restore(customer.id());

        assertThat(door.manager().attachments(CUSTOMER, customer.id())).containsExactly(file);
        assertThat(door.manager().openAttachment(file.id())).isPresent();
    }

    @Test
    void referencesThatTheDeletionHasEmptiedAreSetAgainWhereTheyAreStillEmpty() {
        Row customer = door.customer("Ada");
        Row payer = door.customer("Grace");
        Row released = door.manager().create(ORDER, values("customer", customer.id(), "payer", payer.id()));
        Row taken = door.manager().create(ORDER, values("customer", customer.id(), "payer", payer.id()));
        Row gone = door.manager().create(ORDER, values("customer", customer.id(), "payer", payer.id()));
        delete(payer);
        assertThat(door.reload(released).values()).containsEntry("payer", null);
        door.manager().update(ORDER, taken.id(), Optional.empty(), values("payer", customer.id()));
        delete(gone);

        RecycleBin.Restored restored = bin().restore(payer.id());

        assertThat(door.reload(released).values()).containsEntry("payer", payer.id());
        assertThat(door.reload(taken).values()).containsEntry("payer", customer.id());
        assertThat(restored.losses())
                .containsExactly(
                        new Loss(ORDER, taken.id(), Optional.of("payer"), Reason.REFERENCE_NOT_SET, Optional.empty()));
    }

    @Test
    void aValueThatIsTakenMeanwhileLeavesEverythingInTheBin() {
        Row customer = door.manager().create(CUSTOMER, values("name", "Ada", "email", "ada@example.org"));
        delete(customer);
        door.manager().create(CUSTOMER, values("name", "Eve", "email", "ada@example.org"));

        PlatformException told = refused(() -> bin().restore(customer.id()));

        assertThat(told.code()).isEqualTo(RecordsError.DUPLICATE);
        assertThat(told.details().getFirst().pointer()).isEqualTo("/email");
        assertThat(door.manager().find(CUSTOMER, customer.id(), Query.Selection.ALL))
                .isEmpty();
        assertThat(listed()).extracting(Deletion::id).containsExactly(customer.id());
    }

    @Test
    void whatItNeedsHasToBeThereAndWhatItOnlyRefersToMayBeGone() {
        Row customer = door.customer("Ada");
        Row payer = door.customer("Grace");
        Row order = door.manager().create(ORDER, values("customer", customer.id(), "payer", payer.id()));
        Row line = door.line(order, 1, "1.00");
        delete(line);
        delete(order);
        delete(payer);
        delete(customer);

        assertThat(refused(() -> bin().restore(order.id()))).satisfies(told -> {
            assertThat(told.code()).isEqualTo(RecordsError.RESTORE_REFERENCE_GONE);
            assertThat(told.args()).containsEntry("field", "Customer");
        });
        assertThat(refused(() -> bin().restore(line.id())).code()).isEqualTo(RecordsError.RESTORE_REFERENCE_GONE);
        bin().restore(customer.id());
        assertThat(bin().restore(order.id()).losses())
                .containsExactly(
                        new Loss(ORDER, order.id(), Optional.of("payer"), Reason.REFERENCE_GONE, Optional.empty()));
        bin().restore(line.id());
        assertThat(door.reload(customer).values()).containsEntry("orderTotal", decimal("1.00"));
    }

    @Test
    void ofTwoWhoRestoreTheSameOneIsTold() throws Exception {
        Row customer = door.customer("Ada");
        delete(customer);
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<Object> restoring = () -> {
            start.await(20, TimeUnit.SECONDS);
            PlatformException told = refused(() -> bin().restore(customer.id()));
            return told == null ? "restored" : told.code();
        };

        assertThat(atOnce(restoring, restoring)).containsExactlyInAnyOrder("restored", RecordsError.DELETION_NOT_FOUND);
        assertThat(door.reload(customer).version()).isEqualTo(2);
    }

    @Test
    void partsThatComeBackAtTheSameTimeAreAllCounted() throws Exception {
        Row order = door.order(door.customer("Ada"));
        Row a = door.line(order, 1, "1.00");
        Row b = door.line(order, 1, "2.00");
        delete(a);
        delete(b);
        CyclicBarrier start = new CyclicBarrier(3);
        Callable<Object> writing = () -> {
            start.await(20, TimeUnit.SECONDS);
            return door.line(order, 1, "4.00").id();
        };

        atOnce(restoring(a, start), restoring(b, start), writing);

        assertThat(door.reload(order).values()).containsEntry("lineTotal", decimal("7.00"));
    }

    private Callable<Object> restoring(Row row, CyclicBarrier start) {
        return () -> {
            start.await(20, TimeUnit.SECONDS);
            return bin().restore(row.id());
        };
    }

    @SafeVarargs
    private static List<Object> atOnce(Callable<Object>... work) throws Exception {
        List<Object> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(work.length)) {
            for (Future<Object> done : threads.invokeAll(List.of(work))) {
                outcomes.add(done.get(60, TimeUnit.SECONDS));
            }
        }
        return outcomes;
    }

    @Test
    void aDeletionThatFailsAtItsEndLeavesNothingInTheBin() {
        Row customer = door.customer("Ada");
        door.code().on("noted", (change, context) -> {
            throw new IllegalStateException();
        });

        assertThat(refused(() -> delete(customer)).code()).isEqualTo(RecordsError.TRIGGER_FAILED);

        assertThat(count("tenon_bin_entry")).isZero();
        assertThat(door.reload(customer).version()).isEqualTo(1);
    }

    @Test
    void theListGoesOnWhereItEnded() {
        List<UUID> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Row customer = door.customer("C" + i);
            delete(customer);
            all.add(customer.id());
        }
        List<Deletion> first = bin().list(Optional.of(CUSTOMER), Optional.empty(), 2);
        List<Deletion> second =
                bin().list(Optional.of(CUSTOMER), Optional.of(first.getLast().place()), 2);
        List<Deletion> third =
                bin().list(Optional.of(CUSTOMER), Optional.of(second.getLast().place()), 2);

        List<UUID> read = new ArrayList<>();
        List.of(first, second, third).forEach(page -> page.forEach(d -> read.add(d.id())));
        assertThat(read).containsExactlyInAnyOrderElementsOf(all);
        assertThat(third).hasSize(1);
        assertThat(first).extracting(d -> d.title().orElse("")).allMatch(title -> title.startsWith("C"));
        assertThat(bin().list(Optional.of(ORDER), Optional.empty(), 2)).isEmpty();
        assertThat(door.clerk().recycleBin().list(Optional.empty(), Optional.empty(), 2))
                .isEmpty();
    }

    @Test
    void anEntryIsRemovedByHandOrWhenItsTimeIsOver() throws Exception {
        Row customer = door.customer("Ada");
        Row order = door.order(customer);
        door.line(order, 1, "1.00");
        delete(order);
        delete(customer);
        bin().remove(customer.id());
        assertThat(listed()).extracting(Deletion::id).containsExactly(order.id());
        assertThat(refused(() -> bin().remove(customer.id())).code()).isEqualTo(RecordsError.DELETION_NOT_FOUND);

        assertThat(store.removeExpired(model.tenant(), NOW.plus(Duration.ofDays(29)), 10))
                .isZero();
        Callable<Object> node = () -> store.removeExpired(model.tenant(), NOW.plus(Duration.ofDays(31)), 10);
        assertThat(atOnce(node, node)).as("one of two nodes").containsExactlyInAnyOrder(0, 1);
        assertThat(listed()).isEmpty();
        assertThat(count("tenon_bin_record") + count("tenon_bin_value")).isZero();
    }

    @Test
    void whereNothingIsToBeKeptNothingIs() {
        newTenant(new JooqRecycleBin(shops.database(), 0));
        delete(door.customer("Ada"));

        assertThat(count("tenon_bin_entry")).isZero();
        assertThat(refused(() -> new JooqRecycleBin(shops.database(), -1)).code())
                .isEqualTo(StoreError.RETENTION_OUT_OF_RANGE);
    }
}
