package dev.tenon.store.records;

import static dev.tenon.store.TestModels.decimal;
import static dev.tenon.store.TestModels.field;
import static dev.tenon.store.TestModels.model;
import static dev.tenon.store.TestModels.object;
import static dev.tenon.store.TestModels.text;
import static dev.tenon.store.TestModels.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ExpressionCompiler;
import dev.tenon.expression.Scope;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.Aggregation;
import dev.tenon.records.Query;
import dev.tenon.records.port.AggregatePlan;
import dev.tenon.records.port.QueryPlan;
import dev.tenon.records.port.RecordStore.NewRow;
import dev.tenon.records.port.RecordStore.QueryAnswer;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.schema.Catalogue;
import dev.tenon.store.schema.JournaledSchemaEvolution;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Answering plans; the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class QueryContract {

    private static final String OFFER = "recruiting__Offer";
    private static final String CANDIDATE = "recruiting__Candidate";
    private static final String USER = "sys__User";
    private static final String TENANT = "query";

    private Database database;
    private JooqRecordStore store;
    private final Model model = model(
            TENANT,
            1,
            object(USER, field("name", text(50))),
            object(CANDIDATE, field("name", text(50)), field("city", text(20)), field("score", decimal(6, 1))),
            object(
                    OFFER,
                    field("title", text(50)),
                    field("salary", decimal(12, 2)),
                    field("candidate", new FieldType.Lookup(CANDIDATE)),
                    field("startDate", new FieldType.DateOnly()),
                    field("signed", new FieldType.Bool()),
                    field("headcount", whole())));
    private final UUID[] users = ids(2);
    private final UUID[] candidates = ids(3);
    private final UUID[] offers = ids(6);

    abstract DatabaseSettings settings(Path folder);

    static Expr compile(Scope scope, String text) {
        return ExpressionCompiler.compile(text, scope).orThrow();
    }

    private static UUID[] ids(int count) {
        UUID[] ids = new UUID[count];
        for (int i = 0; i < count; i++) {
            ids[i] = RecordIds.at(1_700_000_000_000L + i * 1000L);
        }
        return ids;
    }

    @BeforeAll
    void open(@TempDir Path folder) {
        database = Database.open(settings(folder));
        Catalogue catalogue = new Catalogue(database);
        JournaledSchemaEvolution evolution = new JournaledSchemaEvolution(database, catalogue);
        store = new JooqRecordStore(database, catalogue);
        evolution.createTenant(TENANT);
        evolution.evolve(TENANT, model);
        for (int i = 0; i < users.length; i++) {
            store.insert(model, USER, users[i], Map.of("name", "user " + i));
        }
        for (int i = 0; i < candidates.length; i++) {
            store.insert(
                    model,
                    CANDIDATE,
                    candidates[i],
                    Map.of(
                            "name",
                            "candidate " + i,
                            "city",
                            i == 2 ? "上海" : "北京",
                            "owner",
                            users[i % 2],
                            "score",
                            new BigDecimal(i).setScale(1)));
        }
        List<NewRow> rows = new ArrayList<>();
        for (int i = 0; i < offers.length; i++) {
            Map<String, Object> values = new HashMap<>();
            values.put("title", i == 5 ? null : "offer " + (char) ('e' - i));
            values.put("salary", i == 4 ? null : new BigDecimal(1000 + 500 * i).setScale(2));
            values.put("candidate", i == 5 ? null : candidates[i % 3]);
            values.put("startDate", LocalDate.of(2026, 1 + i, 1));
            values.put("signed", i % 2 == 0);
            values.put("headcount", (long) i % 3);
            values.put("createdAt", Instant.parse("2026-01-01T00:00:00Z").plusSeconds(i / 2));
            rows.add(new NewRow(offers[i], values));
        }
        store.insertAll(model, OFFER, rows);
    }

    @AfterAll
    void close() {
        database.close();
    }

    private Expr offer(String text) {
        return compile(Scope.of(model, OFFER), text);
    }

    private Expr candidate(String text) {
        return compile(Scope.of(model, CANDIDATE), text);
    }

    private QueryPlan plan(String where, String... projections) {
        List<QueryPlan.Projection> all = new ArrayList<>();
        for (String projection : projections) {
            all.add(new QueryPlan.Projection(projection, offer(projection)));
        }
        return new QueryPlan(OFFER, all, Map.of(), offer(where), List.of(), 100, 0, Optional.empty(), false, Map.of());
    }

    private QueryPlan ordered(QueryPlan plan, String... keys) {
        List<QueryPlan.Order> order = new ArrayList<>();
        for (String key : keys) {
            boolean descending = key.startsWith("-");
            order.add(new QueryPlan.Order(offer(descending ? key.substring(1) : key), descending));
        }
        return new QueryPlan(
                plan.object(),
                plan.projections(),
                plan.joins(),
                plan.where(),
                order,
                plan.limit(),
                plan.offset(),
                plan.perParent(),
                plan.count(),
                plan.variables());
    }

    private QueryPlan paged(QueryPlan plan, int limit, int offset, boolean count) {
        return new QueryPlan(
                plan.object(),
                plan.projections(),
                plan.joins(),
                plan.where(),
                plan.order(),
                limit,
                offset,
                plan.perParent(),
                count,
                plan.variables());
    }

    private QueryPlan joined(QueryPlan plan, Map<String, Expr> joins, Map<String, Object> variables) {
        return new QueryPlan(
                plan.object(),
                plan.projections(),
                joins,
                plan.where(),
                plan.order(),
                plan.limit(),
                plan.offset(),
                plan.perParent(),
                plan.count(),
                variables);
    }

    private List<Integer> numbers(QueryPlan plan) {
        return store.query(model, plan).rows().stream()
                .map(row -> List.of(offers).indexOf(row.get("id")))
                .toList();
    }

    @Test
    void rowsCarryIdVersionAndWhatWasAskedForInItsJavaType() {
        QueryAnswer answer = store.query(
                model,
                plan(
                        "headcount == 0 && signed",
                        "title",
                        "salary",
                        "candidate",
                        "startDate",
                        "signed",
                        "headcount",
                        "createdAt"));
        assertThat(answer.count()).isEmpty();
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("id", offers[0]);
        expected.put("version", 1L);
        expected.put("title", "offer e");
        expected.put("salary", new BigDecimal("1000.00"));
        expected.put("candidate", candidates[0]);
        expected.put("startDate", LocalDate.of(2026, 1, 1));
        expected.put("signed", true);
        expected.put("headcount", 0L);
        expected.put("createdAt", Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(answer.rows()).containsExactly(expected);
    }

    @Test
    void onePreparedTextServesManyValues() {
        for (int i = 0; i < offers.length; i++) {
            assertThat(numbers(plan("month(startDate) == " + (1 + i)))).containsExactly(i);
        }
        for (long headcount = 0; headcount < 3; headcount++) {
            assertThat(numbers(plan("headcount == " + headcount)))
                    .containsExactly((int) headcount, (int) headcount + 3);
        }
        for (String city : List.of("北京", "上海")) {
            assertThat(numbers(plan("candidate.city == '" + city + "' && title != 'x'")))
                    .containsExactlyElementsOf(city.equals("上海") ? List.of(2) : List.of(0, 1, 3, 4));
        }
        for (String part : List.of("e", "d", "%", "_", "f")) {
            assertThat(numbers(plan("title.endsWith('" + part + "')")))
                    .hasSize(part.equals("e") || part.equals("d") ? 1 : 0);
        }
        for (String amount : List.of("1000.0", "1500.00", "2000.001")) {
            assertThat(numbers(plan("salary == " + amount))).hasSize(amount.endsWith("1") ? 0 : 1);
        }
    }

    @Test
    void decimalsKeepAllTheirDigitsWhereverTheyAreGivenLater() {
        Map<String, List<Integer>> above = new HashMap<>();
        above.put("1E+3", List.of(1, 2, 3, 5));
        above.put("1499.99999999999999999999", List.of(1, 2, 3, 5));
        above.put("1500.00000000000000000001", List.of(2, 3, 5));
        above.put("1500", List.of(2, 3, 5));
        above.put("-0.00", List.of(0, 1, 2, 3, 5));
        above.put("98765432109876543210.5", List.of());
        Expr salary = offer("salary");
        above.forEach((amount, found) -> {
            Expr number = new Expr.Literal(new BigDecimal(amount), ValueType.Simple.DECIMAL);
            QueryPlan plan =
                    where(new Expr.Binary(Expr.BinaryOperator.GREATER, salary, number, ValueType.Simple.BOOLEAN));
            assertThat(numbers(plan)).as(amount).containsExactlyElementsOf(found);
        });
        for (String factor : List.of("0.001", "0.002", "0.0015")) {
            assertThat(numbers(plan("salary * " + factor + " == 3.000")))
                    .as(factor)
                    .containsExactlyElementsOf(
                            factor.equals("0.001") ? List.of() : factor.equals("0.002") ? List.of(1) : List.of(2));
        }
    }

    private static QueryPlan where(Expr condition) {
        return new QueryPlan(
                OFFER, List.of(), Map.of(), condition, List.of(), 100, 0, Optional.empty(), false, Map.of());
    }

    @Test
    void emptyValuesComeLastAscendingAndFirstDescendingAndTheIdDecidesTies() {
        assertThat(numbers(ordered(plan("true"), "title"))).containsExactly(4, 3, 2, 1, 0, 5);
        assertThat(numbers(ordered(plan("true"), "-title"))).containsExactly(5, 0, 1, 2, 3, 4);
        assertThat(numbers(ordered(plan("true"), "salary"))).containsExactly(0, 1, 2, 3, 5, 4);
        assertThat(numbers(ordered(plan("true"), "-salary"))).containsExactly(4, 5, 3, 2, 1, 0);
        assertThat(numbers(ordered(plan("true"), "createdAt"))).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(numbers(ordered(plan("true"), "-createdAt"))).containsExactly(5, 4, 3, 2, 1, 0);
        assertThat(numbers(ordered(plan("true"), "signed", "-headcount"))).containsExactly(5, 1, 3, 2, 4, 0);
        assertThat(numbers(ordered(plan("true"), "candidate.name", "-salary"))).containsExactly(3, 0, 4, 1, 2, 5);
    }

    @Test
    void pagesFollowOneAnotherAndAreCounted() {
        QueryPlan all = ordered(plan("headcount < 2"), "title");
        assertThat(numbers(paged(all, 2, 0, false))).containsExactly(4, 3);
        assertThat(numbers(paged(all, 2, 2, false))).containsExactly(1, 0);
        assertThat(numbers(paged(all, 2, 4, false))).isEmpty();
        for (int limit : new int[] {1, 4, 10}) {
            for (int offset : new int[] {0, 3, 4, 9}) {
                assertThat(store.query(model, paged(all, limit, offset, true)).count())
                        .as("limit %s offset %s", limit, offset)
                        .isEqualTo(OptionalLong.of(4));
            }
        }
        assertThat(store.query(model, paged(plan("headcount > 7"), 5, 0, true)).count())
                .hasValue(0);
    }

    @Test
    void anInvisibleParentReadsAsEmpty() {
        QueryPlan plan = ordered(plan("true", "candidate.name", "candidate.owner.name"), "title");
        assertThat(store.query(model, plan).rows())
                .extracting(row -> row.get("candidate.name"), row -> row.get("candidate.owner.name"))
                .startsWith(org.assertj.core.groups.Tuple.tuple("candidate 1", "user 1"))
                .endsWith(org.assertj.core.groups.Tuple.tuple(null, null));

        Map<String, Expr> joins = Map.of("candidate", candidate("city == '北京' && owner == me"));
        QueryPlan restricted = joined(plan, joins, Map.of("me", users[0]));
        assertThat(store.query(model, restricted).rows())
                .extracting(row -> row.get("candidate.name"))
                .containsExactly(null, "candidate 0", null, null, "candidate 0", null);
        assertThat(numbers(joined(plan("candidate.name == 'candidate 1'"), joins, Map.of("me", users[0]))))
                .isEmpty();
        assertThat(numbers(joined(plan("candidate.name == 'candidate 1'"), joins, Map.of("me", users[1]))))
                .containsExactly(1, 4);
        assertThat(numbers(ordered(restricted, "candidate.name"))).containsExactly(0, 3, 1, 2, 4, 5);
        QueryPlan counted = paged(joined(plan("candidate.city == '北京'"), joins, Map.of("me", users[0])), 1, 0, true);
        assertThat(store.query(model, counted).count()).hasValue(2);
    }

    @Test
    void childrenOfSeveralParentsAreLimitedForEach() {
        QueryPlan base = ordered(plan("candidate != null", "candidate", "salary"), "-startDate");
        QueryPlan plan = new QueryPlan(
                OFFER,
                base.projections(),
                Map.of(),
                base.where(),
                base.order(),
                100,
                0,
                Optional.of(new QueryPlan.PerParent("candidate", 1)),
                true,
                Map.of());
        assertThat(numbers(plan)).containsExactly(4, 3, 2);
        assertThat(store.query(model, plan).rows().get(1))
                .containsEntry("candidate", candidates[0])
                .containsEntry("salary", new BigDecimal("2500.00"));
        assertThat(store.query(model, plan).count()).hasValue(5);
    }

    @Test
    void aCellThatMayNotBeReadIsEmptyAndKeepsItsType() {
        Expr salary = offer("salary");
        Expr hidden = new Expr.Conditional(
                offer("headcount == 1"), salary, new Expr.Literal(null, salary.type()), salary.type());
        QueryPlan plan = new QueryPlan(
                OFFER,
                List.of(new QueryPlan.Projection("salary", hidden)),
                Map.of(),
                Expr.TRUE,
                List.of(new QueryPlan.Order(hidden, true)),
                3,
                0,
                Optional.empty(),
                false,
                Map.of());
        assertThat(store.query(model, plan).rows().getFirst()).containsEntry("salary", null);
        QueryPlan visible = new QueryPlan(
                OFFER,
                plan.projections(),
                Map.of(),
                offer("headcount == 1"),
                List.of(),
                3,
                0,
                Optional.empty(),
                false,
                Map.of());
        assertThat(store.query(model, visible).rows().getFirst()).containsEntry("salary", new BigDecimal("1500.00"));
    }

    @Test
    void conditionsMayAskForOtherRecords() {
        Expr mine = Expr.and(
                Expr.equal(
                        new Expr.FieldRef(0, CANDIDATE, List.of(), "id", new ValueType.Reference(CANDIDATE)),
                        new Expr.FieldRef(1, OFFER, List.of(), "candidate", new ValueType.Reference(CANDIDATE))),
                Expr.equal(
                        new Expr.FieldRef(0, CANDIDATE, List.of(), "city", ValueType.Simple.TEXT),
                        new Expr.Literal("上海", ValueType.Simple.TEXT)));
        QueryPlan plan = new QueryPlan(
                OFFER,
                List.of(),
                Map.of(),
                new Expr.Exists(CANDIDATE, mine),
                List.of(),
                10,
                0,
                Optional.empty(),
                false,
                Map.of());
        assertThat(numbers(plan)).containsExactly(2);
    }

    @Test
    void groupsHaveTheirMeasuresAndComeInOrder() {
        AggregatePlan plan = new AggregatePlan(
                OFFER,
                Map.of(),
                offer("title != 'nobody'"),
                List.of(new Aggregation.Key("city", offer("candidate.city"))),
                List.of(
                        new Aggregation.Measure("records", Aggregation.Function.COUNT, Optional.empty()),
                        new Aggregation.Measure("paid", Aggregation.Function.COUNT, Optional.of(offer("salary"))),
                        new Aggregation.Measure("sum", Aggregation.Function.SUM, Optional.of(offer("salary"))),
                        new Aggregation.Measure("heads", Aggregation.Function.SUM, Optional.of(offer("headcount"))),
                        new Aggregation.Measure("low", Aggregation.Function.MIN, Optional.of(offer("salary"))),
                        new Aggregation.Measure("last", Aggregation.Function.MAX, Optional.of(offer("startDate"))),
                        new Aggregation.Measure("average", Aggregation.Function.AVERAGE, Optional.of(offer("salary"))),
                        new Aggregation.Measure(
                                "people", Aggregation.Function.COUNT_DISTINCT, Optional.of(offer("candidate")))),
                10,
                Map.of());
        List<Map<String, Object>> groups = store.aggregate(model, plan);
        assertThat(groups).hasSize(2);
        assertThat(groups.get(0))
                .containsEntry("city", "上海")
                .containsEntry("records", 1L)
                .containsEntry("sum", new BigDecimal("2000.00"));
        assertThat(groups.get(1))
                .containsEntry("city", "北京")
                .containsEntry("records", 4L)
                .containsEntry("paid", 3L)
                .containsEntry("sum", new BigDecimal("5000.00"))
                .containsEntry("heads", 2L)
                .containsEntry("low", new BigDecimal("1000.00"))
                .containsEntry("last", LocalDate.of(2026, 5, 1))
                .containsEntry("people", 2L);
        assertThat((BigDecimal) groups.get(1).get("average")).isEqualByComparingTo("1666.6666666666666667");
    }

    @Test
    void groupsAreFilteredComputedSortedAndCut() {
        Expr.FieldRef sum = Aggregation.value("sum", ValueType.Simple.DECIMAL);
        Expr.FieldRef average = Aggregation.value("average", ValueType.Simple.DECIMAL);
        Expr.FieldRef city = Aggregation.value("city", ValueType.Simple.TEXT);
        AggregatePlan all = outcome(new Aggregation.Outcome(
                Optional.empty(),
                List.of(new Aggregation.Key(
                        "twice", new Expr.Binary(Expr.BinaryOperator.ADD, average, average, ValueType.Simple.DECIMAL))),
                List.of(new Query.SortKey(sum, true)),
                0));
        assertThat(store.aggregate(model, all))
                .extracting(row -> row.get("city"))
                .containsExactly("北京", "上海");
        assertThat((BigDecimal) store.aggregate(model, all).getFirst().get("twice"))
                .isEqualByComparingTo("3333.3333333333333334");
        Expr much = new Expr.Binary(
                Expr.BinaryOperator.GREATER,
                average,
                new Expr.Literal(new BigDecimal("1700"), ValueType.Simple.DECIMAL),
                ValueType.Simple.BOOLEAN);
        assertThat(store.aggregate(model, outcome(new Aggregation.Outcome(Optional.of(much), List.of(), List.of(), 0))))
                .extracting(row -> row.get("city"))
                .containsExactly("上海");
        assertThat(store.aggregate(
                        model,
                        outcome(new Aggregation.Outcome(
                                Optional.empty(), List.of(), List.of(new Query.SortKey(city, false)), 1))))
                .extracting(row -> row.get("city"))
                .containsExactly("北京");
    }

    private AggregatePlan outcome(Aggregation.Outcome outcome) {
        return new AggregatePlan(
                OFFER,
                Map.of(),
                offer("title != 'nobody'"),
                List.of(new Aggregation.Key("city", offer("candidate.city"))),
                List.of(
                        new Aggregation.Measure("sum", Aggregation.Function.SUM, Optional.of(offer("salary"))),
                        new Aggregation.Measure("average", Aggregation.Function.AVERAGE, Optional.of(offer("salary")))),
                outcome,
                10,
                Map.of());
    }

    @Test
    void aTotalOfNothingIsOneRow() {
        AggregatePlan plan = new AggregatePlan(
                OFFER,
                Map.of(),
                offer("headcount > 100"),
                List.of(),
                List.of(
                        new Aggregation.Measure("records", Aggregation.Function.COUNT, Optional.empty()),
                        new Aggregation.Measure("sum", Aggregation.Function.SUM, Optional.of(offer("salary"))),
                        new Aggregation.Measure("average", Aggregation.Function.AVERAGE, Optional.of(offer("salary")))),
                10,
                Map.of());
        assertThat(store.aggregate(model, plan))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("records", 0L)
                        .containsEntry("sum", null)
                        .containsEntry("average", null));
    }

    @Test
    void groupsByAComputedKeyWork() {
        AggregatePlan plan = new AggregatePlan(
                OFFER,
                Map.of(),
                Expr.TRUE,
                List.of(
                        new Aggregation.Key("late", offer("month(startDate) > 3")),
                        new Aggregation.Key("kind", offer("signed ? 'yes' : 'no'"))),
                List.of(new Aggregation.Measure("n", Aggregation.Function.COUNT, Optional.empty())),
                3,
                Map.of());
        assertThat(store.aggregate(model, plan))
                .extracting(row -> List.of(row.get("late"), row.get("kind"), row.get("n")))
                .containsExactly(List.of(false, "no", 1L), List.of(false, "yes", 2L), List.of(true, "no", 2L));
    }
}
