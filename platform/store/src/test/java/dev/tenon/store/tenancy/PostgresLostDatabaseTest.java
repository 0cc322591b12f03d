package dev.tenon.store.tenancy;

import static dev.tenon.store.tenancy.ShopPackage.add;
import static dev.tenon.store.tenancy.ShopPackage.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.access.Identity;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.records.Query;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TestDatabases;
import dev.tenon.store.schema.SchemaSettings;
import dev.tenon.store.schema.SchemaStep;
import dev.tenon.store.schema.StepListener;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Publication;
import dev.tenon.tenancy.SchemaChange;
import dev.tenon.tenancy.SchemaChange.State;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away, or a node dies, in the middle of a change of a large table: no restart is needed to go on. */
@Timeout(180)
class PostgresLostDatabaseTest {

    private static final String TENANT = "market";
    private static final String CUSTOMER = "shop__Customer";
    private static final SchemaSettings LARGE = new SchemaSettings(1, Duration.ofSeconds(5));
    private static final List<LayerEdit> INDEXED = List.of(set("field:shop__Customer/city", "indexed", true));

    private final Identity system = Node.system(TENANT);

    @TempDir
    Path folder;

    private DatabaseSettings settings;

    /** Changes wait here from the first progress on. */
    private final Semaphore goOn = new Semaphore(0);

    private final CountDownLatch begun = new CountDownLatch(1);

    private final StepListener slowly = new StepListener() {
        @Override
        public void progressed(String tenant, int ordinal, SchemaStep step, long done) {
            begun.countDown();
            goOn.acquireUninterruptibly();
        }

        @Override
        public void computed(String tenant, String object, long done) {
            begun.countDown();
            goOn.acquireUninterruptibly();
        }
    };

    @BeforeEach
    void database() {
        settings = TestDatabases.postgres();
    }

    private Node node(StepListener listener) {
        return new Node(settings, folder, LARGE, listener, List.of());
    }

    private void fill(Node node) {
        node.tenancy().start();
        node.tenancy().packages().add(system, ShopPackage.first());
        node.tenancy().tenants().create(system, TENANT, "Market", List.of(new PackageId("shop", "1.0.0")));
        for (int i = 0; i < 5; i++) {
            node.session(system)
                    .create(CUSTOMER, Map.of("name", "Customer " + i, "code", "C" + i, "rating", 1L, "city", "X"));
        }
    }

    private UUID started(Node node, List<LayerEdit> edits) throws InterruptedException {
        Publication publication = node.tenancy().customizing().apply(system, edits, Optional.empty(), false);
        assertThat(publication).isInstanceOf(Publication.Started.class);
        begun.await();
        return ((Publication.Started) publication).change();
    }

    private void asServer(String... statements) throws SQLException {
        String server = settings.url().substring(0, settings.url().lastIndexOf('/')) + "/postgres";
        try (Connection connection = DriverManager.getConnection(server, settings.user(), settings.password());
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    private String name() {
        return settings.url().substring(settings.url().lastIndexOf('/') + 1);
    }

    private List<Integer> connections() throws SQLException {
        try (Connection connection = DriverManager.getConnection(settings.url(), settings.user(), settings.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select pid from pg_stat_activity where pid <> pg_backend_pid() and datname = '" + name()
                                + "'")) {
            List<Integer> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getInt(1));
            }
            return found;
        }
    }

    private void away() throws SQLException {
        asServer(
                "alter database " + name() + " with allow_connections false",
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name() + "'");
    }

    private void back() throws SQLException {
        asServer("alter database " + name() + " with allow_connections true");
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!isSo(condition)) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    private static boolean isSo(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (PlatformException away) {
            return false;
        }
    }

    private List<SchemaChange> changes(Node node) {
        return node.tenancy().customizing().schemaChanges(system, 20);
    }

    private long version(Node node) {
        return node.tenancy().models().current(TENANT).model().version();
    }

    private List<Object> twice(Node node) {
        return node.session(system).query(Query.of(CUSTOMER, 50)).rows().stream()
                .filter(row -> row.values().get("rating") != null)
                .map(row -> (Object) row.values().get("c__twice"))
                .toList();
    }

    @Test
    void aChangeWhoseDatabaseWentAwayIsTakenBackAndTheNextOneGoesThrough() throws Exception {
        try (Node node = node(slowly)) {
            fill(node);
            long before = version(node);
            UUID change = started(node, INDEXED);
            away();
            goOn.release(1_000);
            Thread.sleep(500);
            back();
            await(() ->
                    node.tenancy().customizing().schemaChange(system, change).state() == State.FAILED);
            await(() -> node.tenancyStore().intents().isEmpty());
            assertThat(version(node)).isEqualTo(before);
            started(node, INDEXED);
            await(() -> version(node) == before + 1);
        } finally {
            goOn.release(1_000);
            back();
        }
    }

    @Test
    void aComputationWhoseDatabaseWentAwayComesToItsEnd() throws Exception {
        try (Node node = node(slowly)) {
            fill(node);
            node.tenancy()
                    .customizing()
                    .apply(
                            system,
                            List.of(add(
                                    "field:shop__Customer/c__twice",
                                    "type",
                                    "formula",
                                    "label",
                                    "Twice",
                                    "result",
                                    Map.of("type", "integer"),
                                    "expression",
                                    "rating * 2")),
                            Optional.empty(),
                            false)
                    .orThrow();
            begun.await();
            away();
            goOn.release(1_000);
            Thread.sleep(500);
            back();
            await(() -> node.tenancyStore().recomputeDue(TENANT).isEmpty());
            assertThat(twice(node)).hasSize(5).containsOnly(2L);
            await(() -> changes(node).stream().noneMatch(change -> change.state() == State.RUNNING));
        } finally {
            goOn.release(1_000);
            back();
        }
    }

    @Test
    void whatANodeThatDiedHadBegunKeepsNobodyFromGoingOn() throws Exception {
        try (Node dead = node(slowly)) {
            fill(dead);
            long before = version(dead);
            UUID change = started(dead, INDEXED);
            List<Integer> its = connections();
            try (Node alive = node(StepListener.NONE)) {
                alive.tenancy().start();
                assertThat(changes(alive)).anyMatch(one -> one.state() == State.RUNNING);
                for (int pid : its) {
                    asServer("select pg_terminate_backend(" + pid + ")");
                }
                Publication next = alive.tenancy()
                        .customizing()
                        .apply(
                                system,
                                List.of(set("object:shop__Customer", "label", "Client")),
                                Optional.empty(),
                                false);
                assertThat(next).isInstanceOf(Publication.Published.class);
                assertThat(version(alive)).isEqualTo(before + 1);
                assertThat(alive.tenancy()
                                .customizing()
                                .schemaChange(system, change)
                                .state())
                        .isEqualTo(State.FAILED);
            } finally {
                goOn.release(1_000);
            }
        }
    }
}
