package dev.tenon.store.door;

import static dev.tenon.records.shop.ShopDoor.CUSTOMER;
import static dev.tenon.records.shop.ShopDoor.LINE;
import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.decimal;
import static dev.tenon.records.shop.ShopDoor.filter;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ExprBuilder;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.Aggregation;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RecordsError;
import dev.tenon.records.Row;
import dev.tenon.records.RowOutcome;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One save and one query from the door to the disk; the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DoorContract {

    private ShopDatabase shops;
    private ShopDoor door;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        shops = new ShopDatabase(Database.open(settings(folder)));
    }

    @AfterAll
    void close() {
        shops.close();
    }

    @BeforeEach
    void newTenant() {
        Model model = shops.tenant(ShopPackage.files());
        door = new ShopDoor(shops.store(), model);
    }

    private static PlatformException refused(ThrowingCallable call) {
        return catchThrowableOfType(PlatformException.class, call);
    }

    private Row others() {
        return door.manager()
                .create(
                        CUSTOMER,
                        values(
                                "name",
                                "Others",
                                "secret",
                                "zzz",
                                "agent",
                                door.otherClerkIdentity().user().id()));
    }

    @Test
    void aSaveGoesThroughItsWholeOrder() {
        List<String> seen = new ArrayList<>();
        door.code().on("tidy", (change, context) -> {
            seen.add("before " + change.values().get("creditLimit"));
            change.set("name", change.values().get("name") + "!");
        });
        door.code()
                .on(
                        "noted",
                        (change, context) -> seen.add("after " + change.values().get("name")));

        Row customer = door.customer("Ada");

        assertThat(seen).containsExactly("before 1000.00", "after Ada!");
        assertThat(customer.values())
                .containsEntry("name", "Ada!")
                .containsEntry("standing", "ok")
                .containsEntry("orderTotal", decimal("0.00"));
        assertThat(door.manager().history(CUSTOMER, customer.id()))
                .extracting(HistoryEntry::kind)
                .containsExactly(HistoryEntry.Kind.CREATED);
    }

    @Test
    void aChainOfFormulasAndRollUpsIsStoredAtOnce() {
        Row customer = door.customer("Ada");
        Row order = door.order(customer);
        Row line = door.line(order, 3, "400.00");

        assertThat(line.values()).containsEntry("amount", decimal("1200.00"));
        assertThat(door.reload(order).values())
                .containsEntry("total", decimal("1200.00"))
                .containsEntry("shipping", "free")
                .containsEntry("customerName", "Ada");
        assertThat(door.reload(customer).values())
                .containsEntry("orderTotal", decimal("1200.00"))
                .containsEntry("orderCount", 1L)
                .containsEntry("standing", "over");

        door.manager().update(CUSTOMER, customer.id(), Optional.empty(), values("name", "Grace"));
        assertThat(door.reload(order).values()).containsEntry("customerName", "Grace");

        door.manager().delete(LINE, line.id(), Optional.of(1L));
        assertThat(door.reload(customer).values())
                .containsEntry("orderTotal", decimal("0.00"))
                .containsEntry("standing", "ok");
    }

    @Test
    void aMovedPartLeavesOneWholeAndJoinsTheOther() {
        Row customer = door.customer("Ada");
        Row first = door.order(customer);
        Row second = door.order(customer);
        Row line = door.line(first, 2, "5.00");

        door.manager().update(LINE, line.id(), Optional.of(1L), values("order", second.id()));

        assertThat(door.reload(first).values()).containsEntry("lineTotal", decimal("0.00"));
        assertThat(door.reload(second).values()).containsEntry("lineTotal", decimal("10.00"));
    }

    @Test
    void writersOnTheSameParentAtTheSameTimeLoseNothing() throws Exception {
        Row order = door.order(door.customer("Ada"));
        int writers = 4;
        int each = 10;
        CyclicBarrier start = new CyclicBarrier(writers);
        Callable<Boolean> writer = () -> {
            start.await(20, TimeUnit.SECONDS);
            for (int i = 0; i < each; i++) {
                door.line(order, 1, "1.00");
            }
            return true;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            for (Future<Boolean> done : threads.invokeAll(List.of(writer, writer, writer, writer))) {
                assertThat(done.get(60, TimeUnit.SECONDS)).isTrue();
            }
        }

        assertThat(door.reload(order).values()).containsEntry("lineTotal", decimal("40.00"));
    }

    @Test
    void writersThatMovePartsBetweenTheSameParentsDoNotBlockEachOther() throws Exception {
        Row customer = door.customer("Ada");
        Row a = door.order(customer);
        Row b = door.order(customer);
        Row there = door.line(a, 1, "1.00");
        Row back = door.line(b, 1, "2.00");
        CyclicBarrier start = new CyclicBarrier(2);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Boolean>> done = new ArrayList<>();
            for (Row line : List.of(there, back)) {
                done.add(threads.submit(() -> {
                    start.await(20, TimeUnit.SECONDS);
                    for (int i = 0; i < 10; i++) {
                        Row now = door.reload(line);
                        Object next = a.id().equals(now.values().get("order")) ? b.id() : a.id();
                        door.manager().update(LINE, line.id(), Optional.of(now.version()), values("order", next));
                    }
                    return true;
                }));
            }
            for (Future<Boolean> one : done) {
                assertThat(one.get(60, TimeUnit.SECONDS)).isTrue();
            }
        }

        assertThat(door.reload(a).values()).containsEntry("lineTotal", decimal("1.00"));
        assertThat(door.reload(b).values()).containsEntry("lineTotal", decimal("2.00"));
        assertThat(door.reload(customer).values()).containsEntry("orderTotal", decimal("3.00"));
    }

    @Test
    void ofTwoWritersWithTheSameVersionOneIsTold() throws Exception {
        Row customer = door.customer("Ada");
        CyclicBarrier start = new CyclicBarrier(2);
        List<Object> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Object>> done = new ArrayList<>();
            for (String name : List.of("Grace", "Eve")) {
                done.add(threads.submit(() -> {
                    start.await(20, TimeUnit.SECONDS);
                    PlatformException told = refused(() ->
                            door.manager().update(CUSTOMER, customer.id(), Optional.of(1L), values("name", name)));
                    return told == null ? "saved" : told.code();
                }));
            }
            for (Future<Object> one : done) {
                outcomes.add(one.get(60, TimeUnit.SECONDS));
            }
        }

        assertThat(outcomes).containsExactlyInAnyOrder("saved", RecordsError.STALE_VERSION);
        assertThat(door.reload(customer).version()).isEqualTo(2);
    }

    @Test
    void aFailureAfterTheWriteLeavesNothingBehind() {
        Row order = door.order(door.customer("Ada"));
        door.code().on("noted", (change, context) -> {
            throw new IllegalStateException();
        });

        PlatformException told = refused(() -> door.manager()
                .update(
                        CUSTOMER,
                        (java.util.UUID) order.values().get("customer"),
                        Optional.empty(),
                        values("name", "Eve")));

        assertThat(told.code()).isEqualTo(RecordsError.TRIGGER_FAILED);
        assertThat(door.reload(order).values()).containsEntry("customerName", "Ada");
        assertThat(door.manager().query(Query.of(CUSTOMER, 10)).rows())
                .extracting(row -> row.values().get("name"))
                .containsExactly("Ada");
    }

    @Test
    void deletingCascadesRestrictsAndReleases() {
        Row customer = door.customer("Ada");
        Row payer = door.customer("Grace");
        Row order = door.order(customer);
        Row line = door.line(order, 1, "10.00");
        door.manager().update(ORDER, order.id(), Optional.empty(), values("payer", payer.id()));

        assertThat(refused(() -> door.manager().delete(CUSTOMER, customer.id(), Optional.empty()))
                        .code())
                .isEqualTo(RecordsError.DELETE_RESTRICTED);
        door.manager().delete(CUSTOMER, payer.id(), Optional.empty());
        assertThat(door.reload(order).values()).containsEntry("payer", null);
        door.manager().delete(ORDER, order.id(), Optional.empty());

        assertThat(door.manager().find(LINE, line.id(), Query.Selection.ALL)).isEmpty();
        assertThat(door.reload(customer).values()).containsEntry("orderCount", 0L);
        assertThat(door.as(door.systemIdentity()).history(LINE, line.id()))
                .as("the history outlives the record")
                .extracting(HistoryEntry::kind)
                .contains(HistoryEntry.Kind.CREATED, HistoryEntry.Kind.DELETED);
    }

    @Test
    void aDuplicateIsToldByTheFieldAndAlsoInAnImport() {
        door.manager().create(CUSTOMER, values("name", "Ada", "email", "ada@example.org"));

        PlatformException told =
                refused(() -> door.manager().create(CUSTOMER, values("name", "Eve", "email", "ada@example.org")));
        assertThat(told.code()).isEqualTo(RecordsError.DUPLICATE);
        assertThat(told.details().getFirst().pointer()).isEqualTo("/email");

        List<RowOutcome> outcomes = door.manager()
                .importRows(
                        CUSTOMER,
                        List.of(
                                values("name", "A", "email", "a@example.org"),
                                values("name", "B", "email", "ada@example.org")));
        assertThat(outcomes.get(0)).isInstanceOf(RowOutcome.Saved.class);
        assertThat(outcomes.get(1)).isInstanceOf(RowOutcome.Rejected.class);
    }

    @Test
    void anImportOfAWholeChunkIsOneBatchWithRollUps() {
        Row customer = door.customer("Ada");
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < RecordSession.IMPORT_CHUNK; i++) {
            rows.add(values("customer", customer.id()));
        }

        List<RowOutcome> outcomes = door.manager().importRows(ORDER, rows);

        assertThat(outcomes).hasSize(RecordSession.IMPORT_CHUNK).allMatch(RowOutcome.Saved.class::isInstance);
        assertThat(door.reload(customer).values()).containsEntry("orderCount", (long) RecordSession.IMPORT_CHUNK);
        assertThat(door.manager().query(Query.of(ORDER, 1)).rows().getFirst().values())
                .containsEntry("customerName", "Ada")
                .containsKey("number");
    }

    @Test
    void everyQuestionStaysWithinTheScope() {
        Row mine = door.customer("Mine");
        Row others = others();
        Row myOrder = door.order(mine);
        door.order(others);
        RecordSession clerk = door.clerk();

        assertThat(clerk.query(new Query(CUSTOMER, Query.Selection.ALL, Optional.empty(), List.of(), 10, 0, true)))
                .satisfies(page -> {
                    assertThat(page.rows()).extracting(Row::id).containsExactly(mine.id());
                    assertThat(page.count()).hasValue(1);
                });
        assertThat(clerk.find(CUSTOMER, others.id(), Query.Selection.ALL)).isEmpty();
        assertThat(clerk.query(Query.of(ORDER, 10)).rows())
                .as("a scope over a lookup")
                .extracting(Row::id)
                .containsExactly(myOrder.id());
        assertThat(clerk.aggregate(new Aggregation(
                        CUSTOMER,
                        Optional.empty(),
                        List.of(new Aggregation.Key("name", path(clerk, CUSTOMER, "name"))),
                        List.of(new Aggregation.Measure("n", Aggregation.Function.COUNT, Optional.empty())),
                        10)))
                .singleElement()
                .satisfies(
                        group -> assertThat(group).containsEntry("name", "Mine").containsEntry("n", 1L));
        assertThat(refused(() -> clerk.update(CUSTOMER, others.id(), Optional.empty(), values("name", "x")))
                        .code())
                .isEqualTo(RecordsError.NOT_FOUND);
    }

    private static Expr path(RecordSession session, String object, String path) {
        return new ExprBuilder(session.scope(object)).field(path);
    }

    @Test
    void aHiddenFieldCannotBeReadFilteredSortedOrGrouped() {
        door.manager()
                .create(
                        CUSTOMER,
                        values(
                                "name",
                                "A",
                                "secret",
                                "1",
                                "agent",
                                door.clerkIdentity().user().id()));
        door.manager()
                .create(
                        CUSTOMER,
                        values(
                                "name",
                                "B",
                                "secret",
                                "0",
                                "agent",
                                door.clerkIdentity().user().id()));
        RecordSession clerk = door.clerk();
        Expr secret = path(door.manager(), CUSTOMER, "secret");

        assertThat(clerk.query(Query.of(CUSTOMER, 10)).rows())
                .allSatisfy(row -> assertThat(row.values()).doesNotContainKeys("secret", "secretSize"));
        assertThat(refused(() -> filter(clerk, CUSTOMER, "secret == '1'"))).isNotNull();
        assertThat(refused(() -> path(clerk, CUSTOMER, "secret"))).isNotNull();

        Expr is1 = filter(door.manager(), CUSTOMER, "secret == '1'");
        assertThat(clerk.query(Query.of(CUSTOMER, 10).where(is1)).rows()).isEmpty();
        assertThat(door.manager().query(Query.of(CUSTOMER, 10).where(is1)).rows())
                .hasSize(1);

        Query bySecret = new Query(
                CUSTOMER,
                Query.Selection.of("name"),
                Optional.empty(),
                List.of(new Query.SortKey(secret, false)),
                10,
                0,
                false);
        assertThat(clerk.query(bySecret).rows())
                .as("by id, not by what is hidden")
                .extracting(Row::id)
                .containsExactlyElementsOf(clerk.query(Query.of(CUSTOMER, 10)).rows().stream()
                        .map(Row::id)
                        .toList());
        assertThat(door.manager().query(bySecret).rows())
                .extracting(row -> row.values().get("name"))
                .containsExactly("B", "A");
        assertThat(clerk.aggregate(new Aggregation(
                        CUSTOMER,
                        Optional.empty(),
                        List.of(new Aggregation.Key("secret", secret)),
                        List.of(new Aggregation.Measure("most", Aggregation.Function.MAX, Optional.of(secret))),
                        10)))
                .singleElement()
                .satisfies(
                        group -> assertThat(group).containsEntry("secret", null).containsEntry("most", null));
    }

    @Test
    void hiddenRecordsAreEmptyAtTheEndOfAPath() {
        Row order = door.order(others());
        RecordSession auditor = door.auditor();
        Query.Selection withParent =
                new Query.Selection(List.of("number", "customer"), Map.of("customer", Query.Selection.ALL), Map.of());

        assertThat(auditor.find(ORDER, order.id(), withParent)).hasValueSatisfying(row -> {
            assertThat(row.values()).containsEntry("customer", null);
            assertThat(row.parents()).containsEntry("customer", null);
        });

        Row mine = door.customer("Mine");
        Row shared = door.manager()
                .create(
                        ORDER,
                        values("customer", mine.id(), "payer", order.values().get("customer")));
        Query.Selection payer = new Query.Selection(
                List.of("number", "payer"),
                Map.of("payer", Query.Selection.of("name"), "customer", Query.Selection.of("name")),
                Map.of());
        assertThat(door.clerk().find(ORDER, shared.id(), payer)).hasValueSatisfying(row -> {
            assertThat(row.values()).containsEntry("payer", null);
            assertThat(row.parents().get("payer")).isNull();
            assertThat(row.parents().get("customer").values()).containsEntry("name", "Mine");
        });
        assertThat(door.clerk()
                        .query(Query.of(ORDER, 10).where(filter(door.clerk(), ORDER, "payer.name == 'Others'")))
                        .rows())
                .isEmpty();
    }

    @Test
    void partsFollowTheirWholeInListsAndExpands() {
        Row mine = door.order(door.customer("Mine"));
        Row hidden = door.order(others());
        Row line = door.line(mine, 1, "1.00");
        door.line(mine, 1, "2.00");
        door.line(hidden, 1, "3.00");
        Query.Children lines = new Query.Children(
                LINE,
                "order",
                Query.Selection.of("price"),
                Optional.empty(),
                List.of(new Query.SortKey(path(door.manager(), LINE, "price"), true)),
                1);

        assertThat(door.clerk().query(Query.of(LINE, 10)).rows())
                .hasSize(2)
                .extracting(Row::id)
                .contains(line.id());
        assertThat(door.manager()
                        .query(new Query(
                                ORDER,
                                new Query.Selection(List.of("number"), Map.of(), Map.of("lines", lines)),
                                Optional.empty(),
                                List.of(),
                                10,
                                0,
                                false))
                        .rows())
                .extracting(
                        row -> row.children().get("lines").getFirst().values().get("price"))
                .containsExactlyInAnyOrder(decimal("2.00"), decimal("3.00"));
    }

    @Test
    void theRightToChangeIsCheckedOnTheOldAndTheNewRecord() {
        Row mine = door.customer("Mine");

        assertThat(refused(() -> door.clerk()
                                .update(
                                        CUSTOMER,
                                        mine.id(),
                                        Optional.empty(),
                                        values(
                                                "agent",
                                                door.otherClerkIdentity().user().id())))
                        .code())
                .isEqualTo(RecordsError.OUT_OF_REACH);
        assertThat(door.reload(mine).version()).isEqualTo(1);
        assertThat(refused(() -> door.clerk().delete(CUSTOMER, mine.id(), Optional.empty()))
                        .code())
                .isEqualTo(RecordsError.NOT_ALLOWED);
    }

    @Test
    void theHistoryIsReadWithTodaysRights() {
        Row mine = door.customer("Mine");
        door.manager().update(CUSTOMER, mine.id(), Optional.empty(), values("secret", "s", "name", "New"));

        assertThat(door.clerk().history(CUSTOMER, mine.id()))
                .filteredOn(entry -> entry.kind() == HistoryEntry.Kind.UPDATED)
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.field()).isEqualTo("name");
                    assertThat(entry.oldValue()).isEqualTo("\"Mine\"");
                });
    }
}
