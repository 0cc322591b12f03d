package dev.tenon.store.schema;

import static dev.tenon.store.TestModels.decimal;
import static dev.tenon.store.TestModels.field;
import static dev.tenon.store.TestModels.model;
import static dev.tenon.store.TestModels.object;
import static dev.tenon.store.TestModels.text;
import static dev.tenon.store.TestModels.unique;
import static dev.tenon.store.TestModels.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.StoreError;
import dev.tenon.store.TenantSchemas;
import dev.tenon.tenancy.port.SchemaEvolution;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** How tables follow the model, the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SchemaEvolutionContract {

    private static final AtomicInteger TENANT = new AtomicInteger();
    private static final String OFFER = "recruiting__Offer";

    private Database database;
    private Catalogue catalogue;
    private JournaledSchemaEvolution evolution;
    private String tenant;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        database = Database.open(settings(folder));
        catalogue = new Catalogue(database);
        evolution = new JournaledSchemaEvolution(database, catalogue);
    }

    @AfterAll
    void close() {
        database.close();
    }

    @BeforeEach
    void newTenant() {
        tenant = "tenant" + TENANT.incrementAndGet();
        evolution.createTenant(tenant);
    }

    @Test
    void creatingATenantAgainDoesNothing() {
        evolution.evolve(tenant, offer(1, field("title", text(50))));
        insert(Map.of("title", "kept"));
        evolution.createTenant(tenant);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void manyTenantsAreMadeAtTheSameMoment() throws Exception {
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String one = tenant + "_at_once_" + i;
                work.add(people.submit(() -> {
                    evolution.createTenant(one);
                    evolution.evolve(one, offer(1, field("title", text(50))));
                    evolution.evolve(one, offer(2, field("title", text(50)), field("c__grade", text(10))));
                }));
            }
            for (Future<?> one : work) {
                one.get(2, TimeUnit.MINUTES);
            }
        }
    }

    @Test
    void afterAnEvolutionNothingIsLeftToDo() {
        Model target = offer(
                1,
                field("title", text(50)),
                field("salary", decimal(12, 2)),
                field("candidate", new FieldType.Lookup("recruiting__Candidate")),
                field("c__storeFormat", dev.tenon.store.TestModels.picklist("hyper")),
                field("number", new FieldType.AutoNumber("OFF-{0000}")),
                field("days", dev.tenon.store.TestModels.formula(whole())),
                field("note", new FieldType.Text(1_000_000, true, FieldType.Text.Format.PLAIN)));
        assertThat(evolution.plan(tenant, target)).isNotEmpty();
        evolution.evolve(tenant, target);
        assertThat(evolution.plan(tenant, target)).isEmpty();
        evolution.evolve(tenant, target);
    }

    @Test
    void addedFieldsKeepTheRows() {
        evolution.evolve(tenant, offer(1, field("title", text(50))));
        insert(Map.of("title", "first"));
        Model target = offer(
                2,
                field("title", text(50)),
                field("c__grade", text(10)),
                field("salary", decimal(12, 2)),
                field("approvedAt", new FieldType.DateTime()));
        assertThat(evolution.plan(tenant, target))
                .singleElement()
                .asString()
                .contains("c__grade (text(10))", "approvedAt (instant)");
        evolution.evolve(tenant, target);
        insert(Map.of("title", "second", "c__grade", "p1", "salary", new BigDecimal("1.50")));
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void fieldsThatLeaveTheModelKeepTheirValues() {
        Model wide = offer(1, field("title", text(50)), field("salary", decimal(12, 2)));
        evolution.evolve(tenant, wide);
        insert(Map.of("title", "first", "salary", new BigDecimal("7.25")));
        evolution.evolve(tenant, offer(2, field("title", text(50))));
        evolution.evolve(tenant, offer(3, field("title", text(50)), field("salary", decimal(12, 2))));
        assertThat(database.dsl()
                        .select(DSL.field(DSL.name("salary")))
                        .from(table())
                        .fetchOne(0, BigDecimal.class))
                .isEqualByComparingTo("7.25");
    }

    @Test
    void columnsAreWidened() {
        evolution.evolve(
                tenant, offer(1, field("title", text(5)), field("salary", decimal(5, 2)), field("n", whole())));
        insert(Map.of("title", "12345", "salary", new BigDecimal("123.45"), "n", 9L));
        Model target = offer(2, field("title", text(50)), field("salary", decimal(12, 4)), field("n", decimal(20, 1)));
        evolution.evolve(tenant, target);
        insert(Map.of("title", "x".repeat(50), "salary", new BigDecimal("12345678.1234"), "n", new BigDecimal("1.5")));
        assertThat(rows()).isEqualTo(2);
        assertThat(evolution.plan(tenant, target)).isEmpty();
    }

    @Test
    void narrowingIsRefusedWhereAValueWouldNotFitAndNothingIsDone() {
        evolution.evolve(tenant, offer(1, field("title", text(50)), field("salary", decimal(12, 2))));
        insert(Map.of("title", "a long title", "salary", new BigDecimal("1000.25")));
        insert(Map.of("title", "short", "salary", new BigDecimal("1000.00")));
        Model target = offer(2, field("title", text(5)), field("salary", decimal(12, 0)), field("another", whole()));
        refused(target)
                .satisfiesExactly(
                        title -> {
                            assertThat(title.code()).isEqualTo(StoreError.VALUES_WOULD_BE_LOST);
                            assertThat(title.pointer()).isEqualTo("/objects/recruiting__Offer/fields/title");
                            assertThat(title.args()).containsEntry("count", 1L);
                        },
                        salary -> assertThat(salary.args()).containsEntry("field", "salary"));
        assertThat(catalogue.read(tenant).columnsOf(OFFER)).doesNotContainKey("another");
    }

    @Test
    void narrowingIsAcceptedWhereEveryValueFits() {
        evolution.evolve(tenant, offer(1, field("title", text(50)), field("salary", decimal(12, 2))));
        insert(Map.of("title", "short", "salary", new BigDecimal("12.00")));
        evolution.evolve(tenant, offer(2, field("title", text(5)), field("salary", decimal(4, 0))));
        evolution.evolve(tenant, offer(3, field("title", text(50)), field("salary", decimal(12, 2))));
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void aTypeChangeWithoutAConversionIsRefusedWhereThereAreValues() {
        evolution.evolve(tenant, offer(1, field("title", text(50)), field("start", text(20))));
        insert(Map.of("title", "x", "start", "2026-01-01"));
        refused(offer(2, field("title", text(50)), field("start", new FieldType.Lookup("sys__User"))))
                .singleElement()
                .satisfies(d -> assertThat(d.code()).isEqualTo(StoreError.COLUMN_TYPE_CHANGE));
    }

    @Test
    void theTypeOfAnEmptyFieldMayChange() {
        List<FieldType> types = List.of(
                new FieldType.Bool(),
                text(20),
                new FieldType.DateOnly(),
                whole(),
                new FieldType.DateTime(),
                decimal(10, 2),
                new FieldType.Lookup("sys__User"),
                new FieldType.Bool());
        int version = 0;
        for (FieldType type : types) {
            Model target = offer(++version, field("title", text(50)), field("start", type));
            evolution.evolve(tenant, target);
            evolution.inForce(tenant, version);
            // The index of a former column goes with the next change.
            evolution.evolve(tenant, target);
            insert(Map.of("title", "row " + version));
            assertThat(evolution.plan(tenant, target)).isEmpty();
        }
        assertThat(rows()).isEqualTo(types.size());
    }

    @Test
    void uniquenessIsRefusedWhereThereAreDuplicates() {
        evolution.evolve(tenant, offer(1, field("title", text(50)), field("code", text(20))));
        for (String code : List.of("a", "a", "b", "b", "c")) {
            insert(Map.of("title", "x", "code", code));
        }
        refused(offer(2, field("title", text(50)), unique("code", text(20))))
                .singleElement()
                .satisfies(d -> {
                    assertThat(d.code()).isEqualTo(StoreError.DUPLICATES_PRESENT);
                    assertThat(d.args()).containsEntry("count", 2L).containsEntry("fields", "code");
                });
    }

    @Test
    void uniquenessComesAndGoesAndEmptyValuesDoNotCount() {
        evolution.evolve(tenant, offer(1, field("title", text(50)), unique("code", text(20))));
        insert(Map.of("title", "x", "code", "a"));
        insert(Map.of("title", "x"));
        insert(Map.of("title", "x"));
        assertThatThrownBy(() -> insert(Map.of("title", "x", "code", "a")))
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(StoreError.DUPLICATE);
                    assertThat(e.args()).containsEntry("key", "recruiting__offer__code__ux");
                });
        evolution.evolve(tenant, offer(2, field("title", text(50)), field("code", text(20))));
        insert(Map.of("title", "x", "code", "a"));
        assertThat(rows()).isEqualTo(4);
    }

    @Test
    void severalFieldsTogetherCanBeUnique() {
        ObjectType object = object(
                OFFER,
                List.of(new ObjectType.UniqueKey("one", List.of("application", "title"), false)),
                field("title", text(50)),
                field("application", new FieldType.Lookup("recruiting__Application")));
        evolution.evolve(tenant, model(tenant, 1, object));
        assertThat(catalogue.read(tenant).indexes().values()).anySatisfy(index -> {
            assertThat(index.unique()).isTrue();
            assertThat(index.fields()).containsExactly("application", "title");
        });
    }

    @Test
    void longNamesStayApart() {
        String beginning = "aVeryLongNameThatSomebodyReallyWantedBecauseItExplainsEverything";
        Model target = model(
                tenant,
                1,
                object(
                        "x__" + "Long".repeat(30) + "A",
                        field(beginning + "One", text(5)),
                        unique(beginning + "Two", text(5))),
                object(
                        "x__" + "Long".repeat(30) + "B",
                        field(beginning + "One", text(5)),
                        unique(beginning + "Two", text(5))));
        evolution.evolve(tenant, target);
        assertThat(evolution.plan(tenant, target)).isEmpty();
        assertThat(catalogue.read(tenant).tables().values())
                .doesNotHaveDuplicates()
                .allMatch(t -> t.length() <= 63);
        assertThat(catalogue.tables(target).complete()).isTrue();
    }

    @Test
    void anInterruptionAtAnyPointIsCompletedByResume() {
        Model before = offer(1, field("title", text(5)), field("code", text(20)));
        Model after = model(
                tenant,
                2,
                object(OFFER, field("title", text(50)), unique("code", text(20)), field("salary", decimal(12, 2))),
                object("recruiting__Note", field("body", text(20))));
        int points = 0;
        for (boolean marked : new boolean[] {false, true}) {
            for (int at = 0; at < 4; at++) {
                newTenant();
                evolution.evolve(tenant, before(before));
                insert(Map.of("title", "x", "code", "a"));
                if (!interrupted(before(after), at, marked)) {
                    continue;
                }
                points++;
                assertThat(evolution.resume()).contains(tenant);
                assertThat(evolution.plan(tenant, before(after))).isEmpty();
                assertThat(rows()).isEqualTo(1);
                insert(Map.of("title", "y".repeat(50), "code", "b", "salary", BigDecimal.TEN));
                assertThat(evolution.resume()).isEmpty();
            }
        }
        assertThat(points).isEqualTo(8);
    }

    /** The model for the test's present tenant. */
    private Model before(Model model) {
        return model(tenant, (int) model.version(), model.objects().values().toArray(ObjectType[]::new));
    }

    private boolean interrupted(Model target, int at, boolean afterMark) {
        StepListener crash = new StepListener() {
            @Override
            public void applied(String of, int ordinal, SchemaStep step) {
                if (!afterMark && ordinal == at) {
                    throw new Crash();
                }
            }

            @Override
            public void marked(String of, int ordinal, SchemaStep step) {
                if (afterMark && ordinal == at) {
                    throw new Crash();
                }
            }
        };
        try {
            new JournaledSchemaEvolution(database, catalogue, SchemaSettings.STANDARD, crash).evolve(tenant, target);
            return false;
        } catch (Crash crashed) {
            return true;
        }
    }

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void anInterruptedChangeIsCompletedBeforeTheNextOne() {
        evolution.evolve(tenant, offer(1, field("title", text(5))));
        assertThat(interrupted(offer(2, field("title", text(5)), field("a", whole())), 0, false))
                .isTrue();
        evolution.evolve(tenant, offer(3, field("title", text(5)), field("b", whole())));
        assertThat(catalogue.read(tenant).columnsOf(OFFER)).containsKeys("a", "b");
    }

    @Test
    void aChangeThatCannotBeCompletedIsGivenUpAndCanBeAskedForAgain() {
        evolution.evolve(tenant, offer(1, field("title", text(5)), field("code", text(5))));
        insert(Map.of("title", "x", "code", "a"));
        Model target = offer(2, field("title", text(5)), unique("code", text(5)));
        SchemaJournal journal = new SchemaJournal(database);
        SchemaPlan plan = SchemaPlan.ofObject(catalogue.read(tenant), target, OFFER);
        journal.begin(tenant, target.fingerprint(), plan.steps(), SchemaEvolution.Initiator.PLATFORM);
        insert(Map.of("title", "x", "code", "a"));
        assertThat(evolution.resume()).contains(tenant);
        refused(target).hasSize(1);
        database.dsl().deleteFrom(table()).execute();
        evolution.evolve(tenant, target);
        assertThat(evolution.plan(tenant, target)).isEmpty();
    }

    @Test
    void twoNodesMayAskForTheSameChange() throws Exception {
        Model target = offer(1, field("title", text(50)), unique("code", text(20)));
        JournaledSchemaEvolution other = new JournaledSchemaEvolution(database, new Catalogue(database));
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<?>> both = List.of(
                    threads.submit(() -> evolution.evolve(tenant, target)),
                    threads.submit(() -> other.evolve(tenant, target)));
            for (Future<?> one : both) {
                one.get();
            }
        }
        assertThat(evolution.plan(tenant, target)).isEmpty();
    }

    @Test
    void platformTablesOfTenantsFollowTheProgram() {
        database.dsl()
                .update(DSL.table(DSL.name("tenon", "tenant_schema")))
                .set(DSL.field(DSL.name("platform_level"), String.class), "older")
                .where(DSL.field(DSL.name("tenant"), String.class).eq(tenant))
                .execute();
        assertThat(evolution.resume()).containsExactly(tenant);
        assertThat(evolution.resume()).isEmpty();
    }

    @Test
    void aDroppedTenantIsGoneAndCanBeMadeAgain() {
        evolution.evolve(tenant, offer(1, field("title", text(50))));
        insert(Map.of("title", "x"));
        evolution.dropTenant(tenant);
        assertThatThrownBy(() -> evolution.plan(tenant, offer(1, field("title", text(50)))))
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(StoreError.UNKNOWN_TENANT));
        evolution.createTenant(tenant);
        evolution.evolve(tenant, offer(1, field("title", text(50))));
        assertThat(rows()).isZero();
    }

    @Test
    void aChangeInsideATransactionIsAProgrammingError() {
        assertThatThrownBy(() -> database.transactions().run(() -> evolution.evolve(tenant, offer(1))))
                .isInstanceOf(IllegalStateException.class);
    }

    private Model offer(int version, Field... fields) {
        return model(
                tenant, version, object(OFFER, fields.length == 0 ? new Field[] {field("title", text(5))} : fields));
    }

    private org.assertj.core.api.ListAssert<ErrorDetail> refused(Model target) {
        try {
            evolution.evolve(tenant, target);
        } catch (PlatformException e) {
            assertThat(e.code()).isEqualTo(StoreError.SCHEMA_CHANGE_REFUSED);
            return assertThat(e.details());
        }
        throw new AssertionError("the change was not refused");
    }

    private Table<Record> table() {
        return DSL.table(DSL.name(TenantSchemas.nameOf(tenant), "recruiting__offer"));
    }

    private int rows() {
        return database.dsl().fetchCount(table());
    }

    private void insert(Map<String, Object> values) {
        database.dsl()
                .insertInto(table())
                .set(DSL.field(DSL.name("id")), RecordIds.next())
                .set(DSL.field(DSL.name("version")), 1L)
                .set(values.entrySet().stream()
                        .collect(java.util.stream.Collectors.toMap(
                                e -> DSL.field(DSL.name(Names.snake(e.getKey()))), Map.Entry::getValue)))
                .execute();
    }
}
