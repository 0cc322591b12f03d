package dev.tenon.store.schema;

import static dev.tenon.store.TestModels.field;
import static dev.tenon.store.TestModels.model;
import static dev.tenon.store.TestModels.object;
import static dev.tenon.store.TestModels.text;
import static dev.tenon.store.TestModels.unique;
import static dev.tenon.store.TestModels.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.RecordsError;
import dev.tenon.records.port.RecordStore.NewRow;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.store.Database;
import dev.tenon.store.StoreError;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.TestModels;
import dev.tenon.tenancy.SchemaChange;
import dev.tenon.tenancy.SchemaChange.State;
import dev.tenon.tenancy.port.SchemaEvolution;
import dev.tenon.tenancy.port.SchemaEvolution.Initiator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How large tables are changed while people work. */
abstract class OnlineChangeContract extends EvolvingTables {

    private static final Initiator WANG = new Initiator(new UUID(0, 7), "Wang Fang");

    /** More than one batch. */
    private static final int ROWS = 2_500;

    OnlineChangeContract() {
        super(new SchemaSettings(1_000, Duration.ofMillis(300)));
    }

    @BeforeEach
    @Override
    void newTenant() {
        super.newTenant();
        evolution().evolve(tenant, before());
        List<NewRow> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(new NewRow(RecordIds.next(), Map.of("title", "row " + i, "code", "c" + i)));
        }
        records.insertAll(before(), OFFER, rows);
    }

    private Model before() {
        return model(tenant, 1, object(OFFER, field("title", text(20)), field("code", text(20))));
    }

    /** A longer text, uniqueness, two more fields of which one has an index, and a small table. */
    private Model after() {
        return model(
                tenant,
                2,
                object(
                        OFFER,
                        field("title", text(200)),
                        unique("code", text(20)),
                        field("rank", whole()),
                        field("parent", new FieldType.Lookup(OFFER))),
                object("recruiting__Note", field("body", text(20))));
    }

    private void assertNew() {
        assertThat(evolution().plan(tenant, after())).isEmpty();
        assertThat(rows()).isGreaterThanOrEqualTo(ROWS);
        records.insert(after(), OFFER, RecordIds.next(), Map.of("title", "y".repeat(200), "code", "new", "rank", 1L));
        assertThatThrownBy(() -> records.insert(after(), OFFER, RecordIds.next(), Map.of("code", "c1")))
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(RecordsError.DUPLICATE);
                    assertThat(e.args()).containsEntry("field", "code");
                });
        assertThat(leftovers()).isZero();
    }

    /** Tables that no object has, and indexes that are not used. */
    private int leftovers() {
        var tables = database.dsl()
                .fetch(
                        "select table_name from information_schema.tables where table_schema = {0} and table_name like 'recruiting%'",
                        DSL.val(TenantSchemas.nameOf(tenant)))
                .map(row -> row.get(0, String.class));
        tables.removeAll(catalogue.read(tenant).tables().values());
        return tables.size() + unusedIndexes(database);
    }

    abstract int unusedIndexes(Database database);

    @Test
    void aLargeTableIsChangedInTheBackgroundAndTellsHowFarItIs() {
        AtomicReference<SchemaChange> seen = new AtomicReference<>();
        AtomicReference<UUID> told = new AtomicReference<>();
        JournaledSchemaEvolution evolution = evolution(new StepListener() {
            @Override
            public void progressed(String of, int ordinal, SchemaStep step, long done) {
                seen.set(evolution().changes(of, 1).getFirst());
            }
        });
        evolution.evolve(tenant, SchemaEvolution.Wanted.of(after()), WANG, told::set);
        assertThat(seen.get()).satisfies(change -> {
            assertThat(change.id()).isEqualTo(told.get());
            assertThat(change.state()).isEqualTo(State.RUNNING);
            assertThat(change.byName()).isEqualTo("Wang Fang");
            assertThat(change.object()).isEqualTo(OFFER);
            assertThat(change.done()).isPositive().isEqualTo(change.total());
        });
        assertThat(evolution.changes(tenant, 5)).singleElement().satisfies(change -> {
            assertThat(change.state()).isEqualTo(State.DONE);
            assertThat(change.endedAt()).isPresent();
        });
        assertNew();
    }

    @Test
    void rowsOfAnObjectThatGetsRecordTypesAreOfTheDefaultOne() {
        Model typed = model(
                tenant,
                2,
                TestModels.typed(
                        object(OFFER, field("title", text(20)), field("code", text(20))), "standard", "special"));
        evolution().evolve(tenant, SchemaEvolution.Wanted.of(typed), WANG, id -> {});
        UUID special = RecordIds.next();
        records.insert(typed, OFFER, special, Map.of("title", "new", "recordType", "special"));

        assertThat(evolution().plan(tenant, typed)).isEmpty();
        assertThat(database.dsl()
                        .fetch(
                                "select record_type, count(*) from {0} group by record_type order by record_type",
                                DSL.name(
                                        TenantSchemas.nameOf(tenant),
                                        catalogue.read(tenant).tables().get(OFFER)))
                        .map(row -> row.get(0) + " " + row.get(1)))
                .containsExactly("special 1", "standard " + ROWS);
    }

    @Test
    void aSmallTableIsChangedAtOnce() {
        database.dsl()
                .deleteFrom(DSL.table(DSL.name(TenantSchemas.nameOf(tenant), "recruiting__offer")))
                .execute();
        AtomicReference<UUID> told = new AtomicReference<>();
        evolution().evolve(tenant, SchemaEvolution.Wanted.of(after()), WANG, told::set);
        assertThat(told.get()).isNull();
        assertThat(evolution().changes(tenant, 5)).isEmpty();
    }

    @Test
    void readersGoOnAndNoAcknowledgedSaveIsLost() throws Exception {
        CountDownLatch stop = new CountDownLatch(1);
        ConcurrentLinkedQueue<UUID> acknowledged = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> people = new ArrayList<>();
        UUID known = RecordIds.next();
        records.insert(before(), OFFER, known, Map.of("title", "known"));
        for (int i = 0; i < 2; i++) {
            people.add(Thread.ofPlatform().start(() -> {
                while (stop.getCount() > 0) {
                    try {
                        assertThat(records.referring(before(), OFFER, "owner", List.of(known), 1))
                                .isEmpty();
                        Thread.sleep(2);
                    } catch (RuntimeException | InterruptedException | Error failure) {
                        failures.add(failure);
                    }
                }
            }));
            people.add(Thread.ofPlatform().start(() -> {
                while (stop.getCount() > 0) {
                    UUID id = RecordIds.next();
                    try {
                        records.insert(before(), OFFER, id, Map.of("title", "meanwhile"));
                        acknowledged.add(id);
                        Thread.sleep(2);
                    } catch (PlatformException refused) {
                        if (refused.code() != StoreError.OBJECT_BEING_CHANGED) {
                            failures.add(refused);
                        }
                    } catch (RuntimeException | InterruptedException failure) {
                        failures.add(failure);
                    }
                }
            }));
        }
        evolution().evolve(tenant, after());
        int during = acknowledged.size();
        while (acknowledged.size() < during + 20 && failures.isEmpty()) {
            Thread.sleep(5);
        }
        stop.countDown();
        for (Thread person : people) {
            person.join();
        }
        assertThat(failures).isEmpty();
        assertThat(rows()).isEqualTo(ROWS + 1 + acknowledged.size());
        assertNew();
    }

    @Test
    void aCancelledChangeLeavesEverythingAsItWas() {
        CatalogueContent had = catalogue.read(tenant);
        JournaledSchemaEvolution evolution = evolution(new StepListener() {
            @Override
            public void progressed(String of, int ordinal, SchemaStep step, long done) {
                JournaledSchemaEvolution other = evolution();
                other.cancel(of, other.changes(of, 1).getFirst().id());
            }
        });
        assertThatThrownBy(() -> evolution.evolve(tenant, after()))
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(StoreError.SCHEMA_CHANGE_CANCELLED));
        assertThat(evolution.changes(tenant, 1).getFirst().state()).isEqualTo(State.CANCELLED);
        assertThat(evolution.cancel(
                        tenant, evolution.changes(tenant, 1).getFirst().id()))
                .isFalse();
        // The small table that was made before is not in the way of anybody.
        assertThat(indexesOf(catalogue.read(tenant))).isEqualTo(indexesOf(had));
        assertThat(leftovers()).isZero();
        records.insert(before(), OFFER, RecordIds.next(), Map.of("code", "c1"));
        assertThat(rows()).isEqualTo(ROWS + 1);
    }

    private static Set<String> indexesOf(CatalogueContent catalogue) {
        return catalogue.indexes().values().stream()
                .filter(index -> index.object().equals(OFFER))
                .map(CatalogueContent.Index::name)
                .collect(Collectors.toSet());
    }

    @Test
    void aDuplicateThatCameMeanwhileEndsTheChangeInTheOldState() {
        JournaledSchemaEvolution evolution = evolution(new StepListener() {
            private boolean done;

            @Override
            public void progressed(String of, int ordinal, SchemaStep step, long rows) {
                if (!done) {
                    done = true;
                    // Past the door: as if the save had come between the look at the data and the first batch.
                    database.dsl()
                            .insertInto(DSL.table(DSL.name(TenantSchemas.nameOf(of), "recruiting__offer")))
                            .set(DSL.field(DSL.name("id")), RecordIds.next())
                            .set(DSL.field(DSL.name("version")), 1L)
                            .set(DSL.field(DSL.name("code")), "c1")
                            .execute();
                }
            }
        });
        assertThatThrownBy(() -> evolution.evolve(tenant, after()))
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(StoreError.SCHEMA_CHANGE_FAILED);
                    assertThat(e.args()).containsEntry("reason", "store.duplicate");
                });
        assertThat(evolution.changes(tenant, 1).getFirst()).satisfies(change -> {
            assertThat(change.state()).isEqualTo(State.FAILED);
            assertThat(change.fault()).isEqualTo("store.duplicate");
        });
        assertThat(leftovers()).isZero();
        assertThat(rows()).isEqualTo(ROWS + 1);
    }

    @Test
    void anInterruptionAnywhereEndsInTheOldOrTheNewStateAndCanBeAskedForAgain() {
        int points = 0;
        for (int at = 0; crashed(at, crash -> evolution(crash).evolve(tenant, after())); at++) {
            points++;
            JournaledSchemaEvolution evolution = evolution();
            evolution.resume();
            assertThat(leftovers()).as("after point " + at).isZero();
            assertThat(rows()).isEqualTo(ROWS);
            records.insert(before(), OFFER, RecordIds.next(), Map.of("title", "old model"));
            evolution.evolve(tenant, after());
            assertThat(rows()).isEqualTo(ROWS + 1);
            assertNew();
            newTenant();
        }
        assertThat(points).isGreaterThanOrEqualTo(8);
    }

    @Test
    void whoWritesMeanwhileWaitsOrIsToldToComeAgain() throws Exception {
        CountDownLatch copying = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        JournaledSchemaEvolution evolution = evolution(new StepListener() {
            @Override
            public void progressed(String of, int ordinal, SchemaStep step, long done) {
                copying.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        CompletableFuture<Void> change = CompletableFuture.runAsync(() -> evolution.evolve(tenant, after()));
        copying.await();
        Optional<PlatformException> refused = Optional.empty();
        try {
            records.insert(before(), OFFER, RecordIds.next(), Map.of("title", "meanwhile"));
        } catch (PlatformException e) {
            refused = Optional.of(e);
        }
        assertThat(records.referring(before(), OFFER, "owner", List.of(new UUID(1, 1)), 1))
                .isEmpty();
        goOn.countDown();
        change.join();
        boolean waits = !database.dialect().transactionalSchemaChanges();
        assertThat(refused.map(PlatformException::code))
                .isEqualTo(waits ? Optional.of(StoreError.OBJECT_BEING_CHANGED) : Optional.empty());
        assertNew();
    }

    @Test
    void aTransactionThatFindsAChangedTableCanBeTriedAgain() {
        UUID known = RecordIds.next();
        records.insert(before(), OFFER, known, Map.of("title", "known"));
        Model longer = model(tenant, 2, object(OFFER, field("title", text(300)), field("code", text(20))));
        // As often as a driver needs to prepare the statement on the server.
        for (int i = 0; i < 20; i++) {
            assertThat(locked(known)).isTrue();
        }
        evolution().evolve(tenant, longer);
        int conflicts = 0;
        for (int i = 0; i < 20; i++) {
            try {
                assertThat(locked(known)).isTrue();
            } catch (PlatformException lost) {
                assertThat(lost.code()).isEqualTo(StoreError.CONFLICT);
                conflicts++;
            }
        }
        // Each connection has its own statements.
        assertThat(conflicts).isLessThan(10);
        assertThat(locked(known)).isTrue();
    }

    private boolean locked(UUID id) {
        return records.inTransaction(
                tenant, () -> records.lock(before(), OFFER, id).isPresent());
    }
}
