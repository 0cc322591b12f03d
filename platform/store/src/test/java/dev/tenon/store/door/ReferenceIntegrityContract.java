package dev.tenon.store.door;

import static dev.tenon.records.shop.NoteShop.NOTE;
import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.FieldType.ManyToMany;
import dev.tenon.records.Query;
import dev.tenon.records.RecordsError;
import dev.tenon.records.RecycleBin.Loss;
import dev.tenon.records.RecycleBin.Reason;
import dev.tenon.records.RecycleBin.Restored;
import dev.tenon.records.Row;
import dev.tenon.records.shop.NoteShop;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.records.JooqRecycleBin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * No reference leads nowhere, whoever saves and deletes at the same moment. In each test one writer has done his work but
 * not committed when the other one comes. No field here is read by a roll-up or a formula of another record: those lock
 * what they refer to anyway.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ReferenceIntegrityContract {

    private static final String REMARK = "shop__Remark";
    private static final String JUNCTION = "shop__Order_partners";

    private ShopDatabase shops;
    private ShopDoor door;

    abstract DatabaseSettings settings(Path folder);

    /** Counts the connections that wait for another one's locks. */
    abstract String waiting();

    @BeforeAll
    void open(@TempDir Path folder) {
        shops = new ShopDatabase(Database.open(settings(folder)));
        door = new ShopDoor(shops.store(), new JooqRecycleBin(shops.database(), 30), shops.tenant(files()));
    }

    private static Map<String, String> files() {
        Map<String, String> files = NoteShop.files();
        files.computeIfPresent(
                "objects/Order.yaml",
                (path, text) -> text + "  partners: {type: manyToMany, label: Partners, target: Customer}\n");
        files.put("objects/Remark.yaml", """
                label: Remark
                pluralLabel: Remarks
                titleField: text
                baseline: controlledByParent
                fields:
                  order: {type: masterDetail, label: Order, target: Order}
                  text: {type: text, label: Text, maxLength: 40}
                  see: {type: lookup, label: See, target: Remark}
                """);
        files.computeIfPresent(
                "permissions/manager.yaml",
                (path, text) ->
                        text + "  Remark: {create: true, read: true, edit: true, delete: true, fieldDefault: edit}\n");
        return files;
    }

    @AfterAll
    void close() {
        shops.close();
    }

    /** How two works ended; empty where one came through. */
    record Ends(List<ErrorCode> first, List<ErrorCode> second) {}

    private static List<ErrorCode> refused(Runnable work) {
        try {
            work.run();
            return List.of();
        } catch (PlatformException fault) {
            return fault.details().isEmpty()
                    ? List.of(fault.code())
                    : fault.details().stream().map(ErrorDetail::code).toList();
        }
    }

    /** Runs the first up to its commit, the second until it is done or waits for the first, and lets the first commit. */
    Ends meeting(Runnable first, Runnable second) {
        return meeting(first, second, () -> {});
    }

    /** The same, for a second that must not have to wait. */
    Ends withoutWaiting(Runnable first, Runnable second) {
        return meeting(first, second, () -> assertThat(waits()).isFalse());
    }

    private Ends meeting(Runnable first, Runnable second, Runnable meanwhile) {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        try (ExecutorService people = Executors.newFixedThreadPool(2)) {
            Future<List<ErrorCode>> one = people.submit(() -> {
                try {
                    return refused(() -> door.manager().inTransaction(() -> {
                        first.run();
                        written.countDown();
                        await(commit);
                        return true;
                    }));
                } finally {
                    written.countDown();
                }
            });
            await(written);
            Future<List<ErrorCode>> two = people.submit(() -> refused(second));
            until(() -> two.isDone() || waits());
            meanwhile.run();
            commit.countDown();
            return new Ends(one.get(1, TimeUnit.MINUTES), two.get(1, TimeUnit.MINUTES));
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            commit.countDown();
        }
    }

    private boolean waits() {
        return shops.database().dsl().fetchOptional(waiting()).orElseThrow().get(0, Long.class) > 0;
    }

    private static void until(BooleanSupplier reached) {
        while (!reached.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static final List<ErrorCode> THROUGH = List.of();
    private static final List<ErrorCode> NOT_THERE = List.of(RecordsError.REFERENCE_NOT_FOUND);

    Row customer() {
        return door.customer("Cid");
    }

    private Row order() {
        return door.order(customer());
    }

    private Row remark(Row order) {
        return door.manager().create(REMARK, values("order", order.id()));
    }

    ShopDoor door() {
        return door;
    }

    private void delete(Row row) {
        door.manager().delete(row.object(), row.id(), Optional.empty());
    }

    void update(Row row, Object... pairs) {
        door.manager().update(row.object(), row.id(), Optional.empty(), values(pairs));
    }

    private boolean exists(Row row) {
        return exists(row.object(), row.id());
    }

    private boolean exists(String object, UUID id) {
        return door.manager().find(object, id, Query.Selection.ALL).isPresent();
    }

    private List<UUID> referring(String object, String field, Row to) {
        return shops.store().referring(door.model().model(), object, field, List.of(to.id()), 10);
    }

    /** A customer, and a new order that refers to him where it need not. */
    @Test
    void aLookupThatNobodyDemandsIsEmptiedOrRefused() {
        Row buyer = customer();
        Row payer = customer();
        AtomicReference<Row> saved = new AtomicReference<>();
        Runnable save =
                () -> saved.set(door.manager().create(ORDER, values("customer", buyer.id(), "payer", payer.id())));
        assertThat(meeting(save, () -> delete(payer))).isEqualTo(new Ends(THROUGH, THROUGH));
        assertThat(door.reload(saved.get()).values()).containsEntry("payer", null);
        assertThat(exists(payer)).isFalse();
        // The bin knows of it, as of every reference that a deletion has emptied.
        door.manager().recycleBin().restore(payer.id());
        assertThat(door.reload(saved.get()).values()).containsEntry("payer", payer.id());

        Row other = customer();
        Runnable second = () -> door.manager().create(ORDER, values("customer", buyer.id(), "payer", other.id()));
        assertThat(meeting(() -> delete(other), second)).isEqualTo(new Ends(THROUGH, NOT_THERE));
        assertThat(referring(ORDER, "payer", other)).isEmpty();
    }

    @Test
    void aLookupThatIsChangedIsKeptTheSameWay() {
        Row order = order();
        Row payer = customer();
        assertThat(meeting(() -> update(order, "payer", payer.id()), () -> delete(payer)))
                .isEqualTo(new Ends(THROUGH, THROUGH));
        assertThat(door.reload(order).values()).containsEntry("payer", null);

        Row other = customer();
        assertThat(meeting(() -> delete(other), () -> update(order, "payer", other.id())))
                .isEqualTo(new Ends(THROUGH, NOT_THERE));
        assertThat(referring(ORDER, "payer", other)).isEmpty();
    }

    @Test
    void aLookupThatIsDemandedPreventsTheDeletionOrIsRefused() {
        Row order = order();
        Runnable save = () -> door.manager().create(NOTE, values("aboutOrder", order.id()));
        assertThat(meeting(save, () -> delete(order)))
                .isEqualTo(new Ends(THROUGH, List.of(RecordsError.DELETE_RESTRICTED)));
        assertThat(exists(order)).isTrue();

        Row other = order();
        Runnable second = () -> door.manager().create(NOTE, values("aboutOrder", other.id()));
        assertThat(meeting(() -> delete(other), second)).isEqualTo(new Ends(THROUGH, NOT_THERE));
        assertThat(referring(NOTE, "aboutOrder", other)).isEmpty();
    }

    @Test
    void aLookupToOneOfSeveralObjectsIsEmptiedOrRefused() {
        Row subject = order();
        Row source = order();
        AtomicReference<Row> saved = new AtomicReference<>();
        Runnable save = () ->
                saved.set(door.manager().create(NOTE, values("aboutOrder", subject.id(), "sourceOrder", source.id())));
        assertThat(meeting(save, () -> delete(source))).isEqualTo(new Ends(THROUGH, THROUGH));
        assertThat(door.reload(saved.get()).values())
                .containsEntry("sourceOrder", null)
                .containsEntry("source", null);

        Row other = order();
        Runnable second =
                () -> door.manager().create(NOTE, values("aboutOrder", subject.id(), "sourceOrder", other.id()));
        assertThat(meeting(() -> delete(other), second)).isEqualTo(new Ends(THROUGH, NOT_THERE));
        assertThat(referring(NOTE, "sourceOrder", other)).isEmpty();
    }

    @Test
    void aDetailGoesWithItsMasterOrIsRefused() {
        Row order = order();
        AtomicReference<Row> saved = new AtomicReference<>();
        assertThat(meeting(() -> saved.set(remark(order)), () -> delete(order))).isEqualTo(new Ends(THROUGH, THROUGH));
        assertThat(exists(saved.get())).isFalse();
        door.manager().recycleBin().restore(order.id());
        assertThat(exists(saved.get())).isTrue();

        assertThat(meeting(() -> delete(order), () -> remark(order))).isEqualTo(new Ends(THROUGH, NOT_THERE));
        assertThat(referring(REMARK, "order", order)).isEmpty();
    }

    @Test
    void aDetailThatMovesGoesWithItsNewMasterOrStaysWithTheOld() {
        Row from = order();
        Row to = order();
        Row moving = remark(from);
        assertThat(meeting(() -> update(moving, "order", to.id()), () -> delete(to)))
                .isEqualTo(new Ends(THROUGH, THROUGH));
        assertThat(exists(moving)).isFalse();

        Row other = order();
        Row staying = remark(from);
        assertThat(meeting(() -> delete(other), () -> update(staying, "order", other.id())))
                .isEqualTo(new Ends(THROUGH, NOT_THERE));
        assertThat(door.reload(staying).values()).containsEntry("order", from.id());
    }

    @Test
    void aDetailThatHasMovedAwayIsNotDeletedWithItsOldMaster() {
        Row from = order();
        Row to = order();
        Row moving = remark(from);
        assertThat(meeting(() -> update(moving, "order", to.id()), () -> delete(from)))
                .isEqualTo(new Ends(THROUGH, THROUGH));
        assertThat(door.reload(moving).values()).containsEntry("order", to.id());
    }

    @Test
    void whatRefersToAPartOfADeletedRecordIsSeenToo() {
        Row order = order();
        Row part = remark(order);
        Row reader = remark(order());
        assertThat(meeting(() -> update(reader, "see", part.id()), () -> delete(order)))
                .isEqualTo(new Ends(THROUGH, THROUGH));
        assertThat(door.reload(reader).values()).containsEntry("see", null);

        Row second = order();
        Row itsPart = remark(second);
        assertThat(meeting(() -> delete(second), () -> update(reader, "see", itsPart.id())))
                .isEqualTo(new Ends(THROUGH, NOT_THERE));
        assertThat(referring(REMARK, "see", itsPart)).isEmpty();
    }

    @Test
    void aLinkGoesWithEitherOfItsRecordsOrIsRefused() {
        Row order = order();
        Row partner = customer();
        assertThat(meeting(() -> update(order, "partners", List.of(partner.id())), () -> delete(partner)))
                .isEqualTo(new Ends(THROUGH, THROUGH));
        assertThat(referring(JUNCTION, ManyToMany.TARGET, partner)).isEmpty();
        assertThat(exists(order)).isTrue();

        Row other = customer();
        assertThat(meeting(() -> delete(other), () -> update(order, "partners", List.of(other.id()))))
                .isEqualTo(new Ends(THROUGH, NOT_THERE));
        assertThat(referring(JUNCTION, ManyToMany.TARGET, other)).isEmpty();

        Row third = customer();
        assertThat(meeting(() -> update(order, "partners", List.of(third.id())), () -> delete(order)))
                .isEqualTo(new Ends(THROUGH, THROUGH));
        assertThat(referring(JUNCTION, ManyToMany.SOURCE, order)).isEmpty();
    }

    @Test
    void aRestoredDetailGoesWithItsMasterOrStaysInTheBin() {
        Row order = order();
        Row part = remark(order);
        delete(part);
        assertThat(meeting(() -> door.manager().recycleBin().restore(part.id()), () -> delete(order)))
                .isEqualTo(new Ends(THROUGH, THROUGH));
        assertThat(exists(part)).isFalse();

        Row second = order();
        Row itsPart = remark(second);
        delete(itsPart);
        assertThat(meeting(
                        () -> delete(second), () -> door.manager().recycleBin().restore(itsPart.id())))
                .isEqualTo(new Ends(THROUGH, List.of(RecordsError.RESTORE_REFERENCE_GONE)));
        assertThat(referring(REMARK, "order", second)).isEmpty();
    }

    @Test
    void aRestoredRecordLosesTheReferenceToWhatIsDeletedMeanwhile() {
        Row payer = customer();
        Row order = door.manager().create(ORDER, values("customer", customer().id(), "payer", payer.id()));
        delete(order);
        assertThat(meeting(() -> door.manager().recycleBin().restore(order.id()), () -> delete(payer)))
                .isEqualTo(new Ends(THROUGH, THROUGH));
        assertThat(door.reload(order).values()).containsEntry("payer", null);

        Row other = customer();
        update(order, "payer", other.id());
        delete(order);
        AtomicReference<Restored> restored = new AtomicReference<>();
        Runnable second = () -> restored.set(door.manager().recycleBin().restore(order.id()));
        assertThat(meeting(() -> delete(other), second)).isEqualTo(new Ends(THROUGH, THROUGH));
        assertThat(door.reload(order).values()).containsEntry("payer", null);
        assertThat(restored.get().losses())
                .containsExactly(
                        new Loss(ORDER, order.id(), Optional.of("payer"), Reason.REFERENCE_GONE, Optional.empty()));
    }

    @Test
    void aSaveGoesOnWhereTheDeletionItWaitedForWasTakenBack() {
        Row order = order();
        Row payer = customer();
        Runnable deleteAndGiveUp = () -> {
            delete(payer);
            throw RecordsError.DELETE_RESTRICTED.error().build();
        };
        assertThat(meeting(deleteAndGiveUp, () -> update(order, "payer", payer.id())))
                .isEqualTo(new Ends(List.of(RecordsError.DELETE_RESTRICTED), THROUGH));
        assertThat(door.reload(order).values()).containsEntry("payer", payer.id());
    }

    @Test
    void thoseWhoReferToTheSameRecordsInOppositeOrderBothComeThrough() throws Exception {
        Row ann = customer();
        Row bob = customer();
        Row red = order();
        Row blue = order();
        Row moving = remark(red);
        Row coming = remark(blue);
        List<Runnable> works = List.of(
                () -> {
                    door.manager().create(ORDER, values("customer", ann.id(), "payer", bob.id()));
                    update(moving, "order", blue.id());
                    update(moving, "order", red.id());
                },
                () -> {
                    door.manager().create(ORDER, values("customer", bob.id(), "payer", ann.id()));
                    update(coming, "order", red.id());
                    update(coming, "order", blue.id());
                });
        try (ExecutorService people = Executors.newFixedThreadPool(2)) {
            List<Future<?>> running = new ArrayList<>();
            for (Runnable work : works) {
                running.add(people.submit(() -> {
                    for (int i = 0; i < 10; i++) {
                        work.run();
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get(2, TimeUnit.MINUTES);
            }
        }
        assertThat(door.reload(ann).values()).containsEntry("orderCount", 10L);
    }
}
