package dev.tenon.store.door;

import static dev.tenon.records.shop.ShopDoor.CUSTOMER;
import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.filter;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.FieldType.ManyToMany;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.Aggregation;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.LinkChange;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RecordsError;
import dev.tenon.records.RecycleBin.Loss;
import dev.tenon.records.RecycleBin.Reason;
import dev.tenon.records.Row;
import dev.tenon.records.RowOutcome;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.sdk.record.RecordQuery;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.records.JooqRecycleBin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Many-to-many fields; the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LinkContract {

    private static final String JUNCTION = "shop__Order_partners";

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private ShopDatabase shops;
    private ShopDoor door;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        shops = new ShopDatabase(Database.open(settings(folder), this::watched));
        Map<String, String> files = ShopPackage.files();
        files.compute(
                "objects/Order.yaml",
                (path, text) -> text
                        + "  partners: {type: manyToMany, label: Partners, target: Customer, inverseLabel: Partner in,"
                        + " candidateFields: [region],"
                        + " candidateFilter: \"coalesce(candidate.secret, '-') != 'blocked' && candidate != customer\"}\n"
                        + "  partnerCount: {type: rollUp, label: Partners, object: Customer, via: partners, function: count}\n"
                        + "  crowded: {type: formula, label: Crowded, result: {type: boolean}, expression: partnerCount > 2}\n");
        files.compute(
                "objects/Customer.yaml",
                (path, text) -> text.replace(
                        "  agent: {",
                        "  partnerIn: {type: rollUp, label: Partner in, object: Order, via: partners, function: count}\n  agent: {"));
        files.computeIfPresent(
                "permissions/auditor.yaml",
                (path, text) -> text.replace("fieldDefault: read", "fieldDefault: read, fields: {partners: none}")
                        + "  Customer: {read: true, scope: all, fieldDefault: read}\n");
        Model model = shops.tenant(files);
        door = new ShopDoor(shops.store(), new JooqRecycleBin(shops.database(), 30), model);
    }

    private DataSource watched(DataSource driver) {
        return ProxyDataSourceBuilder.create(driver)
                .listener(new QueryExecutionListener() {
                    @Override
                    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {}

                    @Override
                    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
                        queries.forEach(query -> sent.add(query.getQuery()));
                    }
                })
                .build();
    }

    @AfterAll
    void close() {
        shops.close();
    }

    private static PlatformException refused(ThrowingCallable call) {
        return catchThrowableOfType(PlatformException.class, call);
    }

    /** A customer that no clerk sees. */
    private UUID hidden(String name) {
        return door.manager().create(CUSTOMER, values("name", name)).id();
    }

    private UUID customer(String name) {
        return door.customer(name).id();
    }

    private Row order(UUID... partners) {
        return door.manager().create(ORDER, values("customer", customer("Buyer"), "partners", List.of(partners)));
    }

    private Row update(RecordSession who, Row order, Object partners) {
        return who.update(ORDER, order.id(), Optional.empty(), values("partners", partners));
    }

    private static List<UUID> partners(RecordSession who, Row order) {
        Object ids = who.find(ORDER, order.id(), Query.Selection.of("partners"))
                .orElseThrow()
                .values()
                .get("partners");
        return ids instanceof List<?> list ? list.stream().map(UUID.class::cast).toList() : List.of();
    }

    private static long matching(RecordSession who, String object, String condition) {
        return who.query(new Query(
                        object,
                        Query.Selection.of("owner"),
                        Optional.of(filter(who, object, condition)),
                        List.of(),
                        1,
                        0,
                        true))
                .count()
                .orElseThrow();
    }

    @Test
    void aSetIsSavedWholeAndADeltaChangesOnlyWhatItNames() {
        UUID ann = customer("Ann");
        UUID bob = customer("Bob");
        UUID cat = customer("Cat");
        Row order = order(ann, bob, ann);
        assertThat(partners(door.manager(), order)).containsExactlyInAnyOrder(ann, bob);
        Row changed = update(door.manager(), order, List.of(bob.toString(), cat.toString()));
        assertThat(changed.version()).as("one save").isEqualTo(order.version() + 1);
        assertThat(partners(door.manager(), order)).containsExactlyInAnyOrder(bob, cat);
        assertThat(update(door.manager(), order, List.of(cat, bob)).version())
                .as("the same set is no change")
                .isEqualTo(changed.version());
        update(door.manager(), order, new LinkChange(List.of(ann, cat), List.of(bob, hidden("Not linked"))));
        assertThat(partners(door.manager(), order)).containsExactlyInAnyOrder(ann, cat);
        update(door.manager(), order, Map.of("remove", List.of(ann.toString())));
        assertThat(partners(door.manager(), order)).containsExactly(cat);
        update(door.manager(), order, List.of());
        assertThat(partners(door.manager(), order)).isEmpty();
    }

    @Test
    void oneEntryOfTheHistorySaysWhatCameAndWhatWent() {
        UUID ann = customer("Ann");
        UUID bob = customer("Bob");
        UUID unseen = hidden("Unseen");
        Row order = order(ann);
        update(door.manager(), order, new LinkChange(List.of(bob, unseen), List.of(ann)));
        update(door.manager(), order, LinkChange.removing(unseen));
        List<HistoryEntry> all = door.manager().history(ORDER, order.id()).stream()
                .filter(e -> "partners".equals(e.field()))
                .toList();
        assertThat(all).hasSize(2);
        assertThat(all.getLast().oldValue()).contains(ann.toString());
        assertThat(all.getLast().newValue()).contains(bob.toString(), unseen.toString());
        List<HistoryEntry> seen = door.clerk().history(ORDER, order.id()).stream()
                .filter(e -> "partners".equals(e.field()))
                .toList();
        assertThat(seen)
                .as("a save of links that the clerk sees none of is not told")
                .hasSize(1);
        assertThat(seen.getFirst().newValue()).contains(bob.toString()).doesNotContain(unseen.toString());
    }

    @Test
    void whatIsLinkedHasToExistToBeSeenAndToBeAllowed() {
        UUID blocked = customer("Blocked");
        door.manager().update(CUSTOMER, blocked, Optional.empty(), values("secret", "blocked"));
        UUID unseen = hidden("Unseen");
        Row order = door.clerk().create(ORDER, values("customer", customer("Buyer")));
        for (UUID missing : List.of(RecordIds.next(), unseen)) {
            PlatformException fault = refused(() -> update(door.clerk(), order, List.of(missing)));
            assertThat(fault.code()).isEqualTo(RecordsError.REFERENCE_NOT_FOUND);
            assertThat(fault.details().getFirst().pointer()).isEqualTo("/partners");
        }
        assertThat(refused(() -> update(door.manager(), order, LinkChange.adding(blocked)))
                        .code())
                .isEqualTo(RecordsError.CANDIDATE_NOT_ALLOWED);
        UUID buyer = (UUID) door.reload(order).values().get("customer");
        assertThat(refused(() -> update(door.manager(), order, LinkChange.adding(buyer)))
                        .code())
                .isEqualTo(RecordsError.CANDIDATE_NOT_ALLOWED);
        List<UUID> many = Stream.generate(RecordIds::next).limit(1001).toList();
        assertThat(refused(() -> update(door.manager(), order, many)).code()).isEqualTo(RecordsError.TOO_MANY_LINKS);
        assertThat(refused(() -> update(door.manager(), order, "none")).code()).isEqualTo(RecordsError.TYPE_MISMATCH);
        assertThat(door.manager()
                        .candidates(ORDER, Optional.of(order.id()), Map.of(), "partners", t -> Query.of(t, 1000))
                        .rows())
                .extracting(Row::id)
                .contains(unseen)
                .doesNotContain(blocked, buyer);
    }

    @Test
    void whoSeesALinkSeesBothRecordsAndMayReadTheField() {
        UUID seen = customer("Seen");
        UUID unseen = hidden("Unseen");
        Row order = door.clerk().create(ORDER, values("customer", customer("Buyer"), "partners", List.of(seen)));
        update(door.manager(), order, LinkChange.adding(unseen));
        assertThat(partners(door.clerk(), order)).containsExactly(seen);
        assertThat(matching(door.clerk(), ORDER, "id == '" + order.id() + "' && size(partners) == 1"))
                .isOne();
        assertThat(matching(door.manager(), ORDER, "id == '" + order.id() + "' && size(partners) == 2"))
                .isOne();
        assertThat(matching(door.clerk(), ORDER, "'" + unseen + "' in partners"))
                .isZero();
        assertThat(matching(door.manager(), ORDER, "'" + unseen + "' in partners"))
                .isOne();
        update(door.clerk(), order, List.of());
        assertThat(partners(door.manager(), order))
                .as("a set sent by who does not see a link leaves it")
                .containsExactly(unseen);
        assertThat(refused(() -> update(door.clerk(), order, List.of(unseen))).code())
                .as("also where it is linked already")
                .isEqualTo(RecordsError.REFERENCE_NOT_FOUND);
        assertThat(matching(door.clerk(), ORDER, "id == '" + order.id() + "' && has(partners)"))
                .isZero();
        assertThat(refused(() -> partners(door.auditor(), order)).code()).isEqualTo(RecordsError.UNKNOWN_FIELD);
        assertThat(refused(() -> door.auditor().query(Query.of(JUNCTION, 10))).code())
                .isEqualTo(RecordsError.UNKNOWN_OBJECT);
        Row theirs = order(seen);
        assertThat(refused(() -> update(door.clerk(), theirs, List.of())).code())
                .as("sees the order and does not own it")
                .isEqualTo(RecordsError.NOT_ALLOWED);
        assertThat(refused(() -> door.manager().create(JUNCTION, values("source", order.id(), "target", seen)))
                        .code())
                .as("links are written with their record")
                .isEqualTo(RecordsError.NOT_ALLOWED);
    }

    @Test
    void linkedRecordsAreExpandedBothWaysFilteredAndSorted() {
        UUID ann = customer("Ann");
        UUID bob = customer("Bob");
        Row order = order(bob, ann);
        Expr notBob = filter(door.manager(), CUSTOMER, "name != 'Bob'");
        Expr name = filter(door.manager(), CUSTOMER, "name");
        Query.Selection expanded = expanded(ManyToMany.SOURCE, ManyToMany.TARGET, Optional.empty(), name);
        assertThat(door.manager()
                        .find(ORDER, order.id(), expanded)
                        .orElseThrow()
                        .children()
                        .get("around"))
                .extracting(row -> row.values().get("name"))
                .containsExactly("Ann", "Bob");
        Query.Selection filtered = expanded(ManyToMany.SOURCE, ManyToMany.TARGET, Optional.of(notBob), name);
        assertThat(door.manager()
                        .find(ORDER, order.id(), filtered)
                        .orElseThrow()
                        .children()
                        .get("around"))
                .extracting(Row::id)
                .containsExactly(ann);
        Expr number = filter(door.manager(), ORDER, "number");
        Query.Selection inverse = expanded(ManyToMany.TARGET, ManyToMany.SOURCE, Optional.empty(), number);
        assertThat(door.manager()
                        .find(CUSTOMER, bob, inverse)
                        .orElseThrow()
                        .children()
                        .get("around"))
                .extracting(Row::id)
                .containsExactly(order.id());
    }

    private static Query.Selection expanded(String via, String through, Optional<Expr> filter, Expr sort) {
        Query.Children around = new Query.Children(
                JUNCTION,
                via,
                Query.Selection.ALL,
                filter,
                List.of(new Query.SortKey(sort, false)),
                10,
                Optional.of(through));
        return new Query.Selection(List.of("owner"), Map.of(), Map.of("around", around));
    }

    @Test
    void aListCostsOneStatementMoreWhereItAsksForLinksAndElseNone() {
        order(customer("Ann"), customer("Bob"));
        order(customer("Cat"));
        assertThat(statements(Query.Selection.of("number", "status"))).isEqualTo(1);
        assertThat(statements(Query.Selection.ALL)).isEqualTo(1);
        assertThat(statements(Query.Selection.of("number", "partners"))).isEqualTo(2);
    }

    private int statements(Query.Selection selection) {
        RecordSession clerk = door.clerk();
        Query query = new Query(ORDER, selection, Optional.empty(), List.of(), 50, 0, false);
        clerk.query(query);
        sent.clear();
        clerk.query(query);
        return sent.size();
    }

    @Test
    void countsOfLinksStayRightOnBothSides() {
        UUID ann = customer("Ann");
        Row order = order(ann, customer("Bob"), customer("Cat"));
        assertThat(door.reload(order).values())
                .containsEntry("partnerCount", 3L)
                .containsEntry("crowded", true);
        order(ann);
        assertThat(partnerIn(ann)).isEqualTo(2L);
        update(door.manager(), order, LinkChange.removing(ann));
        assertThat(partnerIn(ann)).isEqualTo(1L);
        assertThat(door.reload(order).values())
                .containsEntry("partnerCount", 2L)
                .containsEntry("crowded", false);
        door.manager().delete(ORDER, order.id(), Optional.empty());
        assertThat(partnerIn(ann)).isEqualTo(1L);
        door.manager().recycleBin().restore(order.id());
        assertThat(door.reload(order).values()).containsEntry("partnerCount", 2L);
    }

    private Object partnerIn(UUID customer) {
        return door.manager()
                .find(CUSTOMER, customer, Query.Selection.of("partnerIn"))
                .orElseThrow()
                .values()
                .getOrDefault("partnerIn", -1L);
    }

    @Test
    void linksGoAndComeBackWithEitherRecord() {
        UUID ann = customer("Ann");
        UUID bob = customer("Bob");
        Row order = order(ann, bob);
        door.manager().delete(CUSTOMER, ann, Optional.empty());
        assertThat(partners(door.manager(), order)).containsExactly(bob);
        assertThat(links(order)).isOne();
        assertThat(door.manager().recycleBin().restore(ann).losses()).isEmpty();
        assertThat(partners(door.manager(), order)).containsExactlyInAnyOrder(ann, bob);

        door.manager().delete(ORDER, order.id(), Optional.empty());
        assertThat(links(order)).isZero();
        door.manager().delete(CUSTOMER, bob, Optional.empty());
        assertThat(door.manager().recycleBin().restore(order.id()).losses())
                .as("one that is gone meanwhile is told")
                .containsExactly(
                        new Loss(ORDER, order.id(), Optional.of("partners"), Reason.REFERENCE_GONE, Optional.empty()));
        assertThat(partners(door.manager(), order)).containsExactly(ann);
    }

    private long links(Row order) {
        RecordSession engine = door.as(door.systemIdentity());
        Object count = engine.aggregate(new Aggregation(
                        JUNCTION,
                        Optional.of(filter(engine, JUNCTION, "source == '" + order.id() + "'")),
                        List.of(),
                        List.of(new Aggregation.Measure("n", Aggregation.Function.COUNT, Optional.empty())),
                        1))
                .getFirst()
                .get("n");
        return count instanceof Long number ? number : -1;
    }

    @Test
    void anImportLinksRowByRow() {
        UUID buyer = customer("Buyer");
        UUID ann = customer("Ann");
        List<RowOutcome> outcomes = door.manager()
                .importRows(
                        ORDER,
                        List.of(
                                values("customer", buyer, "partners", List.of(ann)),
                                values("customer", buyer, "partners", List.of(RecordIds.next())),
                                values("customer", buyer)));
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        RowOutcome.Rejected.class,
                        rejected -> assertThat(rejected.problem().code()).isEqualTo(RecordsError.REFERENCE_NOT_FOUND));
        assertThat(outcomes.get(0))
                .isInstanceOfSatisfying(
                        RowOutcome.Saved.class,
                        saved -> assertThat(door.manager()
                                        .find(ORDER, saved.id(), Query.Selection.of("partners"))
                                        .orElseThrow()
                                        .values())
                                .containsEntry("partners", List.of(ann)));
    }

    @Test
    void codeReadsAndWritesIds() {
        UUID ann = customer("Ann");
        UUID bob = customer("Bob");
        var client = door.manager().client();
        var created = client.create(ORDER, values("customer", customer("Buyer"), "partners", List.of(ann)));
        assertThat(created.value("partners")).isEqualTo(List.of(ann));
        var changed = client.update(
                ORDER, created.id(), created.version(), values("partners", Map.of("add", List.of(bob.toString()))));
        assertThat((List<?>) changed.value("partners")).hasSize(2);
        assertThat(client.query(RecordQuery.of(ORDER)
                                .where("who in partners && size(partners) == 2", Map.of("who", bob))
                                .select("partners", "customer.name"))
                        .getFirst()
                        .value("partners"))
                .isInstanceOfSatisfying(List.class, ids -> assertThat(ids).hasSize(2));
    }

    @Test
    void twoWhoAddDifferentLinksAtOnceBothWinAndOfTwoSetsTheSecondIsRefused() throws Exception {
        UUID ann = customer("Ann");
        UUID bob = customer("Bob");
        Row order = order();
        atOnce(
                () -> update(door.manager(), order, LinkChange.adding(ann)),
                () -> update(door.manager(), order, LinkChange.adding(bob)));
        assertThat(partners(door.manager(), order)).containsExactlyInAnyOrder(ann, bob);
        long version = door.reload(order).version();
        door.manager().update(ORDER, order.id(), Optional.of(version), values("partners", List.of(ann)));
        assertThat(refused(() -> door.manager()
                                .update(ORDER, order.id(), Optional.of(version), values("partners", List.of(bob))))
                        .code())
                .isEqualTo(RecordsError.STALE_VERSION);
    }

    private static void atOnce(Callable<?>... works) throws Exception {
        CyclicBarrier start = new CyclicBarrier(works.length);
        try (ExecutorService threads = Executors.newFixedThreadPool(works.length)) {
            List<Future<?>> running = new ArrayList<>();
            for (Callable<?> work : works) {
                running.add(threads.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
    }
}
