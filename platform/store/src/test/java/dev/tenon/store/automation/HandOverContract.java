package dev.tenon.store.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.access.Identity;
import dev.tenon.automation.AutomationError;
import dev.tenon.automation.HandOverStatus;
import dev.tenon.automation.HandOverStatus.State;
import dev.tenon.automation.HandOvers;
import dev.tenon.automation.port.HandOverStore.Job;
import dev.tenon.automation.port.HandOverStore.Reached;
import dev.tenon.automation.port.ImportStore.Standing;
import dev.tenon.expression.Expr.BinaryOperator;
import dev.tenon.expression.ExprBuilder;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.schema.StepListener;
import dev.tenon.store.tenancy.Node;
import dev.tenon.store.tenancy.ShopPackage;
import dev.tenon.tenancy.PackageId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Hand-overs as jobs on a real database: everything, once, and on from where a dead node was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HandOverContract {

    private static final String TENANT = "market";
    private static final String CUSTOMER = "shop__Customer";
    private static final String ORDER = "shop__Order";
    private static final int CUSTOMERS = 230;

    private Node node;
    private Identity administrator;
    private JooqHandOverStore store;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        node = new Node(settings(folder), folder, StepListener.NONE, List.of());
        node.tenancy().start();
        node.tenancy().packages().add(Node.system(TENANT), ShopPackage.first());
        node.tenancy().tenants().create(Node.system(TENANT), TENANT, "Market", List.of(new PackageId("shop", "1.0.0")));
        node.automation().start();
        administrator = node.person(TENANT, "shop__clerk");
        store = new JooqHandOverStore(node.database());
    }

    @AfterAll
    void close() {
        node.close();
    }

    private RecordSession session() {
        return node.records().open(Node.system(TENANT), HistoryEntry.Channel.SYSTEM);
    }

    private UUID user(String login) {
        return session()
                .create("sys__User", Map.of("name", login, "login", login, "locale", "en", "active", true))
                .id();
    }

    /** Customers and two orders of somebody. */
    private void belongings(UUID owner, int customers) {
        session().inTransaction(() -> {
            UUID customer = null;
            for (int i = 0; i < customers; i++) {
                customer = session()
                        .create(CUSTOMER, Map.of("name", "Customer " + i, "owner", owner))
                        .id();
            }
            for (int i = 0; customer != null && i < 2; i++) {
                session().create(ORDER, Map.of("customer", customer, "owner", owner));
            }
            return true;
        });
    }

    private List<Row> owned(String object, UUID owner) {
        RecordSession session = session();
        ExprBuilder build = new ExprBuilder(session.scope(object));
        return session.query(new Query(
                        object,
                        Query.Selection.of("id"),
                        Optional.of(build.binary(BinaryOperator.EQUAL, build.field("owner"), build.literal(owner))),
                        List.of(new Query.SortKey(build.field("id"), false)),
                        1_000,
                        0,
                        false))
                .rows();
    }

    private HandOvers handOvers() {
        return node.automation().handOvers();
    }

    private HandOverStatus ended(UUID id) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        HandOverStatus status = handOvers().require(administrator, id);
        while (status.state() == State.QUEUED || status.state() == State.RUNNING) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            status = handOvers().require(administrator, id);
        }
        return status;
    }

    @Test
    void everythingThatOneOwnsGoesToTheOtherAndNothingElse() {
        UUID leaver = user("leaver");
        UUID heir = user("heir");
        UUID third = user("third");
        belongings(leaver, CUSTOMERS);
        belongings(third, 3);

        HandOverStatus done =
                ended(handOvers().start(administrator, leaver, heir).id());

        assertThat(done.state()).as(done.toString()).isEqualTo(State.DONE);
        assertThat(done.total()).isEqualTo(CUSTOMERS + 2);
        assertThat(done.processed()).isEqualTo(CUSTOMERS + 2);
        assertThat(done.leftOver()).isZero();
        assertThat(owned(CUSTOMER, leaver)).isEmpty();
        assertThat(owned(ORDER, leaver)).isEmpty();
        assertThat(owned(CUSTOMER, heir)).hasSize(CUSTOMERS);
        assertThat(owned(ORDER, heir)).hasSize(2);
        assertThat(owned(CUSTOMER, third)).hasSize(3);
        List<HistoryEntry> history =
                session().history(CUSTOMER, owned(CUSTOMER, heir).getFirst().id());
        assertThat(history).extracting(HistoryEntry::field).contains("owner");
    }

    @Test
    void whatADeadNodeHasLeftIsGoneOnWithWhereItWas() {
        UUID leaver = user("leaver2");
        UUID heir = user("heir2");
        belongings(leaver, 40);
        List<Row> customers = owned(CUSTOMER, leaver);
        UUID last = customers.get(14).id();
        Instant now = Instant.now();
        HandOverStatus job = new HandOverStatus(
                RecordIds.next(),
                State.QUEUED,
                leaver,
                heir,
                administrator.user().id(),
                -1,
                0,
                0,
                0,
                now,
                null,
                null);
        node.database().transactions().run(() -> {
            store.add(TENANT, job);
            // All in one transaction, so that the living node does not take it first.
            Job claimed = store.claim(TENANT, "dead", now, now.minusSeconds(1)).orElseThrow();
            assertThat(claimed.id()).isEqualTo(job.id());
            customers
                    .subList(0, 15)
                    .forEach(row -> session().update(CUSTOMER, row.id(), Optional.empty(), Map.of("owner", heir)));
            assertThat(store.advance(
                            TENANT,
                            job.id(),
                            "dead",
                            new Reached(42, 15, 0, 0, CUSTOMER, Optional.of(last)),
                            now.minusSeconds(1)))
                    .isEqualTo(Standing.GO_ON);
        });

        HandOverStatus done = ended(job.id());

        assertThat(done.state()).as(done.toString()).isEqualTo(State.DONE);
        assertThat(done.total()).isEqualTo(42);
        assertThat(done.processed()).isEqualTo(42);
        assertThat(owned(CUSTOMER, heir)).hasSize(40);
        assertThat(owned(ORDER, heir)).hasSize(2);
        assertThat(store.advance(TENANT, job.id(), "dead", Reached.NOTHING, now))
                .isEqualTo(Standing.LOST);
    }

    @Test
    void aRecordThatRefusesStaysAndTheOthersGo() {
        UUID leaver = user("leaver3");
        UUID heir = user("heir3");
        belongings(leaver, 5);
        UUID refusing = owned(CUSTOMER, leaver).get(2).id();
        node.database().transactions().run(() -> {
            int changed = node.database()
                    .dsl()
                    .update(DSL.table(DSL.name(TenantSchemas.nameOf(TENANT), "shop__customer")))
                    .set(DSL.field(DSL.name("rating"), Long.class), 5L)
                    .where(DSL.field(DSL.name("id"), UUID.class).eq(refusing))
                    .execute();
            assertThat(changed).isEqualTo(1);
        });

        HandOverStatus done =
                ended(handOvers().start(administrator, leaver, heir).id());

        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.leftOver()).isEqualTo(1);
        assertThat(owned(CUSTOMER, leaver)).extracting(Row::id).containsExactly(refusing);
        assertThat(owned(CUSTOMER, heir)).hasSize(4);
    }

    @Test
    void onePersonHasOneHandOverAtATimeAndACancelledOneStaysAsItIs() {
        UUID leaver = user("leaver4");
        UUID heir = user("heir4");
        Instant now = Instant.now();
        HandOverStatus job = new HandOverStatus(
                RecordIds.next(),
                State.QUEUED,
                leaver,
                heir,
                administrator.user().id(),
                -1,
                0,
                0,
                0,
                now,
                null,
                null);
        node.database().transactions().run(() -> {
            store.add(TENANT, job);
            assertThat(store.claim(TENANT, "busy", now, now.plusSeconds(600))).isPresent();
        });
        assertThatThrownBy(() -> handOvers().start(administrator, leaver, heir))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        e -> assertThat(e.code()).isEqualTo(AutomationError.HAND_OVER_RUNNING));
        handOvers().cancel(administrator, job.id());
        assertThat(store.advance(TENANT, job.id(), "busy", Reached.NOTHING, now.plusSeconds(600)))
                .isEqualTo(Standing.STOP);
        store.end(TENANT, job.id(), "busy", State.CANCELED, null, now);
        assertThat(handOvers().require(administrator, job.id()).state()).isEqualTo(State.CANCELED);
        assertThat(handOvers().list(administrator))
                .extracting(HandOverStatus::id)
                .contains(job.id());
        assertThatThrownBy(() -> handOvers().require(administrator, RecordIds.next()))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        e -> assertThat(e.code()).isEqualTo(AutomationError.UNKNOWN_HAND_OVER));
    }
}
