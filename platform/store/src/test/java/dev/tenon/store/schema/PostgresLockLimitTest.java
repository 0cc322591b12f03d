package dev.tenon.store.schema;

import static dev.tenon.store.TestModels.decimal;
import static dev.tenon.store.TestModels.field;
import static dev.tenon.store.TestModels.model;
import static dev.tenon.store.TestModels.object;
import static dev.tenon.store.TestModels.picklist;
import static dev.tenon.store.TestModels.text;
import static dev.tenon.store.TestModels.typed;
import static dev.tenon.store.TestModels.unique;
import static dev.tenon.store.TestModels.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.ObjectType.UniqueKey;
import dev.tenon.records.port.RecordStore.NewRow;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.TestDatabases;
import dev.tenon.store.records.JooqRecordStore;
import dev.tenon.tenancy.port.SchemaEvolution.Initiator;
import dev.tenon.tenancy.port.SchemaEvolution.Wanted;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Every kind of change meets a transaction that has read and written the table and does not end. PostgreSQL queues whoever
 * comes behind a statement that waits for a table: so each change may wait for a moment only, give way, and come back.
 */
@Isolated("it measures how long people wait")
class PostgresLockLimitTest {

    private static final String OFFER = "recruiting__Offer";
    private static final String NOTE = "recruiting__Note";

    /** The common pool may have one thread only. */
    private static final Executor OWN_THREAD = task -> Thread.ofPlatform().start(task);

    private static final int LARGE = 20;

    /** The long transaction lasts as long; who queues behind a change that waits for it waits nearly as long. */
    private static final Duration HELD = Duration.ofMillis(2_500);

    /** A change waits 400 ms for its lock; the rest is for processors that tests share. */
    private static final long LIMIT_MILLIS = 1_200;

    private static final SchemaSettings SIZES = new SchemaSettings(LARGE, Duration.ofMillis(500), 30);
    private static final Instant LATER = Instant.now().plus(Duration.ofDays(31));

    private static DatabaseSettings settings;
    private static Database database;
    private static Catalogue catalogue;
    private static JournaledSchemaEvolution evolution;
    private static JooqRecordStore records;

    @BeforeAll
    static void open() {
        DatabaseSettings usual = TestDatabases.postgres();
        // All kinds at once, each with the connections that a change needs.
        settings = new DatabaseSettings(usual.url(), usual.user(), usual.password(), 120);
        database = Database.open(settings);
        noteLocks();
        catalogue = new Catalogue(database, SIZES);
        evolution = new JournaledSchemaEvolution(database, catalogue, SIZES, StepListener.NONE);
        records = new JooqRecordStore(database, catalogue);
    }

    /** Has the server itself tell how long each change of a table would wait for it, however busy the machine is. */
    private static void noteLocks() {
        database.dsl().execute("create table public.noted (tag text, statement text, waits text)");
        database.dsl().execute("""
                create function public.note() returns event_trigger language plpgsql security definer as $$
                begin
                    if current_query() not ilike '%concurrently%' then
                        insert into public.noted values (tg_tag, current_query(), current_setting('lock_timeout'));
                    end if;
                end $$""");
        database.dsl().execute("create event trigger noting on ddl_command_start execute function public.note()");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** A change of a tenant's tables, from the state in which the long transaction finds them. */
    private abstract static class Kind {
        final String name;
        final int rows;
        final String tenant;

        Kind(String name, int rows) {
            this.name = name;
            this.rows = rows;
            this.tenant = name.toLowerCase(java.util.Locale.ROOT);
        }

        abstract Model before();

        /** What the tenant has to come to before the long transaction begins. */
        void prepare() {}

        abstract void change();

        final Model offers(int version, Field... fields) {
            return model(tenant, version, object(OFFER, fields));
        }

        final void evolve(Model model) {
            Wanted wanted = new Wanted(model, Optional.of(before()), Optional.empty());
            evolution.evolve(
                    tenant,
                    new Wanted(
                            model,
                            wanted.before(),
                            Optional.of(evolution.losses(tenant, wanted).digest())),
                    Initiator.PLATFORM,
                    id -> {});
        }
    }

    /** To another model. */
    private static Kind to(String name, int rows, ObjectType from, ObjectType to) {
        return new Kind(name, rows) {
            @Override
            Model before() {
                return model(tenant, 1, from);
            }

            @Override
            void change() {
                evolve(model(tenant, 2, to));
                assertThat(evolution.plan(tenant, model(tenant, 2, to))).isEmpty();
            }
        };
    }

    private static ObjectType offer(FieldType code) {
        return object(OFFER, field("title", text(20)), field("code", code));
    }

    private static ObjectType keyed(boolean ignoreCase) {
        return object(
                OFFER,
                List.of(new UniqueKey("both", List.of("title", "code"), ignoreCase)),
                field("title", text(20)),
                field("code", text(20)));
    }

    private static List<Kind> kinds() {
        ObjectType plain = offer(text(20));
        List<Kind> kinds = new ArrayList<>();
        kinds.add(to(
                "add",
                1,
                plain,
                object(OFFER, field("title", text(20)), field("code", text(20)), field("x", whole()))));
        kinds.add(to("recordTypes", 1, plain, typed(plain, "standard", "special")));
        kinds.add(to("longer", 1, plain, offer(text(200))));
        for (int rows : new int[] {1, 2 * LARGE}) {
            kinds.add(to("toNumber" + rows, rows, plain, offer(whole())));
            kinds.add(to("toKeys" + rows, rows, plain, offer(picklist("1", "2"))));
            kinds.add(to("toText" + rows, rows, offer(whole()), offer(text(10))));
            kinds.add(to("rewritten" + rows, rows, offer(whole()), offer(decimal(20, 3))));
            kinds.add(to(
                    "unique" + rows, rows, plain, object(OFFER, field("title", text(20)), unique("code", text(20)))));
            kinds.add(to("compound" + rows, rows, plain, keyed(false)));
            kinds.add(to("folded" + rows, rows, plain, keyed(true)));
            kinds.add(to("noLonger" + rows, rows, keyed(true), plain));
            kinds.add(settling("settled" + rows, rows, true));
            kinds.add(settling("takenBack" + rows, rows, false));
        }
        kinds.add(purging("purgedField", object(OFFER, field("title", text(20)))));
        kinds.add(purging("purgedObject", object(NOTE, field("title", text(20)))));
        return kinds;
    }

    /** What follows from the switch, or from its failure. */
    private static Kind settling(String name, int rows, boolean inForce) {
        return new Kind(name, rows) {
            @Override
            Model before() {
                return model(tenant, 1, offer(text(20)));
            }

            @Override
            void prepare() {
                evolve(model(tenant, 2, offer(whole())));
            }

            @Override
            void change() {
                evolution.inForce(tenant, inForce ? 2 : 1);
            }
        };
    }

    private static Kind purging(String name, ObjectType left) {
        return new Kind(name, 1) {
            @Override
            Model before() {
                return model(tenant, 1, offer(text(20)));
            }

            @Override
            void prepare() {
                evolve(model(tenant, 2, left));
                evolution.keep(tenant, model(tenant, 2, left), Instant.now());
            }

            @Override
            void change() {
                assertThat(evolution.purge(tenant, model(tenant, 2, left), LATER))
                        .isTrue();
            }
        };
    }

    @Test
    void nobodyWaitsLongBehindAChangeThatWaitsForALongTransaction() throws Exception {
        List<Kind> kinds = kinds();
        kinds.forEach(PostgresLockLimitTest::prepare);
        Map<String, Connection> held =
                kinds.stream().collect(Collectors.toMap(kind -> kind.name, PostgresLockLimitTest::longTransaction));
        CountDownLatch stop = new CountDownLatch(1);
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, CompletableFuture<Void>> changes = kinds.stream()
                    .collect(Collectors.toMap(
                            kind -> kind.name, kind -> CompletableFuture.runAsync(kind::change, people)));
            Map<String, CompletableFuture<Long>> longest = kinds.stream()
                    .collect(Collectors.toMap(
                            kind -> kind.name,
                            kind -> CompletableFuture.supplyAsync(() -> writing(kind, stop), people)));
            Thread.sleep(HELD);
            List<String> early = changes.entrySet().stream()
                    .filter(change -> change.getValue().isDone())
                    .map(Map.Entry::getKey)
                    .toList();
            for (Connection connection : held.values()) {
                connection.rollback();
                connection.close();
            }
            for (Map.Entry<String, CompletableFuture<Void>> change : changes.entrySet()) {
                assertThat(change.getValue()).as(change.getKey()).succeedsWithin(60, TimeUnit.SECONDS);
            }
            stop.countDown();
            Map<String, Long> waited = new java.util.TreeMap<>();
            longest.forEach((name, millis) -> waited.put(name, millis.join()));
            assertThat(waited)
                    .allSatisfy((name, millis) -> assertThat(millis).as(name).isLessThan(LIMIT_MILLIS));
            // Else they did not meet the transaction at all.
            assertThat(early).isEmpty();
        }
        everyStatementAsksForItsLocksShortly();
    }

    private static void everyStatementAsksForItsLocksShortly() {
        var noted = database.dsl()
                .fetch(
                        "select distinct tag, waits, statement from public.noted where statement like '%recruiting\\_\\_%'"
                                + " and tag <> 'CREATE TABLE'");
        assertThat(noted)
                .extracting(row -> row.get(0, String.class))
                .contains("ALTER TABLE", "CREATE INDEX", "DROP INDEX", "DROP TABLE", "CREATE TRIGGER");
        assertThat(noted)
                .allSatisfy(row -> assertThat(row.get(1, String.class))
                        .as(row.get(2, String.class))
                        .isEqualTo("400ms"));
    }

    private static void prepare(Kind kind) {
        evolution.createTenant(kind.tenant);
        evolution.evolve(kind.tenant, kind.before());
        boolean number =
                kind.before().requireObject(OFFER).requireField("code").type() instanceof FieldType.WholeNumber;
        List<NewRow> rows = new ArrayList<>();
        for (int i = 0; i < kind.rows; i++) {
            rows.add(new NewRow(
                    RecordIds.next(), Map.of("title", "t", "code", number ? (Object) (long) i : String.valueOf(i))));
        }
        records.insertAll(kind.before(), OFFER, rows);
        kind.prepare();
    }

    private static Connection longTransaction(Kind kind) {
        try {
            Connection connection = DriverManager.getConnection(settings.url(), settings.user(), settings.password());
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("update \"" + TenantSchemas.nameOf(kind.tenant)
                        + "\".\"recruiting__offer\" set \"version\" = \"version\" + 1");
            }
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes past the door, with columns that every model has; tells how long the longest took. */
    private static long writing(Kind kind, CountDownLatch stop) {
        String table = "\"" + TenantSchemas.nameOf(kind.tenant) + "\".\"recruiting__offer\"";
        long longest = 0;
        try (Connection connection = DriverManager.getConnection(settings.url(), settings.user(), settings.password());
                var statement = connection.prepareStatement(
                        "insert into " + table + " (\"id\", \"version\", \"title\") values (?, 1, 'meanwhile')")) {
            do {
                statement.setObject(1, RecordIds.next());
                long begun = System.nanoTime();
                statement.executeUpdate();
                longest = Math.max(longest, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
            } while (!stop.await(20, TimeUnit.MILLISECONDS) && !kind.name.equals("purgedObject"));
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return longest;
    }

    @Test
    void savesGoOnWhileAModelWaitsForOneThatTakesLongToComeInForce() throws Exception {
        ModelFence fence = new ModelFence(database);
        Model model = model("fenced", 1, offer(text(20)));
        CountDownLatch holding = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        CompletableFuture<Void> longSave =
                CompletableFuture.runAsync(() -> database.transactions().run(() -> {
                    fence.hold(model);
                    holding.countDown();
                    await(enough);
                }));
        holding.await();
        CompletableFuture<Boolean> switched =
                CompletableFuture.supplyAsync(() -> fence.switching("fenced", 2, () -> true), OWN_THREAD);
        long longest = 0;
        for (long end = System.nanoTime() + HELD.toNanos(); System.nanoTime() < end; Thread.sleep(20)) {
            long begun = System.nanoTime();
            database.transactions().run(() -> fence.hold(model));
            longest = Math.max(longest, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        }
        assertThat(switched).isNotDone();
        enough.countDown();
        longSave.join();
        assertThat(switched.join()).isTrue();
        assertThat(longest).isLessThan(LIMIT_MILLIS);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
