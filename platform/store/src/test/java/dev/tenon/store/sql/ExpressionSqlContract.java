package dev.tenon.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ExprRewrite;
import dev.tenon.expression.ExpressionCompiler;
import dev.tenon.expression.Operations;
import dev.tenon.expression.Scope;
import dev.tenon.expression.ValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.SortField;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What only SQL has: joins with rights in them, other records, sorting, bind parameters. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ExpressionSqlContract {

    /** Always the same, so that every run tells the same; others find more, by hand. */
    static final long SEED = Long.getLong("expressions.seed", 20_260_201);

    private DSLContext dsl = DSL.using(SQLDialect.DEFAULT);
    private SampleRows rows = new SampleRows(new Random(SEED), SQLDialect.DEFAULT);

    /** A connection to an empty database. */
    abstract DSLContext open();

    @BeforeAll
    void fillTables() {
        System.out.println(getClass().getSimpleName() + " seed " + SEED);
        dsl = open();
        ExpressionSql.install(dsl);
        ExpressionSql.install(dsl);
        rows = new SampleRows(new Random(SEED), dsl.dialect());
        rows.store(dsl);
    }

    static Settings settings() {
        return new Settings().withExecuteLogging(false).withRenderQuotedNames(RenderQuotedNames.ALWAYS);
    }

    DSLContext dsl() {
        return dsl;
    }

    SampleRows rows() {
        return rows;
    }

    ExpressionSql sql(Map<String, Expr> visibility) {
        return new ExpressionSql(dsl.dialect(), rows, SampleModel.THING, visibility, rows.variables);
    }

    @Test
    void aRecordThatIsNotVisibleReadsAsEmpty() {
        Expr visible = onParent("open && above.open == true");
        Condition unused = DSL.noCondition();
        ExpressionSql sql = sql(Map.of("parent", visible));
        Condition where = sql.condition(compile("has(parent.name)")).and(unused);
        Predicate<Map<String, @Nullable Object>> expected = thing -> {
            Map<String, @Nullable Object> parent = parent(thing);
            Map<String, @Nullable Object> above = parent == null ? null : rows.parents.get((UUID) parent.get("above"));
            return parent != null
                    && above != null
                    && Objects.equals(parent.get("open"), true)
                    && Objects.equals(above.get("open"), true)
                    && parent.get("name") != null;
        };
        assertThat(ids(sql, where)).isEqualTo(matching(expected));
    }

    @Test
    void aPathIsJoinedOnce() {
        ExpressionSql sql = sql(Map.of());
        sql.condition(compile("parent.name == 'a' || parent.size > 1 || parent.above.name == 'b'"));
        sql.field(compile("parent.name"));
        String from = dsl.select(DSL.one()).from(sql.joins().from()).getSQL();
        assertThat(from.split("left outer join", -1)).hasSize(3);
        assertThat(sql(Map.of()).joins().isEmpty()).isTrue();
    }

    @Test
    void existsLooksAtOtherRecordsAndBackAtTheOneAtHand() {
        Expr back = new Expr.FieldRef(
                1, SampleModel.THING, List.of(), "other", new ValueType.Reference(SampleModel.PARENT));
        Expr exists = new Expr.Exists(
                SampleModel.PARENT,
                Expr.and(
                        Expr.equal(
                                new Expr.FieldRef(0, SampleModel.PARENT, List.of(), "id", ValueType.Simple.ID), back),
                        onParent("above.open")));
        ExpressionSql sql = sql(Map.of());
        Predicate<Map<String, @Nullable Object>> expected = thing -> {
            Map<String, @Nullable Object> other = rows.parents.get((UUID) thing.get("other"));
            Map<String, @Nullable Object> above = other == null ? null : rows.parents.get((UUID) other.get("above"));
            return above != null && Objects.equals(above.get("open"), true);
        };
        assertThat(ids(sql, sql.condition(exists))).isEqualTo(matching(expected));
    }

    @Test
    void existsReachesARecordOutsideOverItsLookups() {
        Expr owner = ExprRewrite.inside(compile("parent.owner"));
        Expr exists = new Expr.Exists(
                SampleModel.USER,
                Expr.equal(new Expr.FieldRef(0, SampleModel.USER, List.of(), "id", ValueType.Simple.ID), owner));
        ExpressionSql sql = sql(Map.of());
        assertThat(ids(sql, sql.condition(exists)))
                .isEqualTo(
                        matching(thing -> parent(thing) != null && parent(thing).get("owner") != null));
    }

    @Test
    void relatedIsAValueOfAnotherRecord() {
        Expr related = new Expr.Related(
                SampleModel.PARENT,
                Expr.equal(
                        new Expr.FieldRef(0, SampleModel.PARENT, List.of(), "id", ValueType.Simple.ID),
                        ExprRewrite.inside(compile("other"))),
                "name",
                ValueType.Simple.TEXT);
        ExpressionSql sql = sql(Map.of());
        Condition where = sql.condition(Expr.equal(related, compile("parent.name")));
        assertThat(ids(sql, where)).isEqualTo(matching(thing -> {
            Map<String, @Nullable Object> other = rows.parents.get((UUID) thing.get("other"));
            return other != null
                    && parent(thing) != null
                    && other.get("name") != null
                    && Objects.equals(other.get("name"), parent(thing).get("name"));
        }));
    }

    @Test
    void textIsSortedByCodePointAndEmptyValuesAreAtTheEnd() {
        Comparator<String> ascending = Comparator.nullsLast(Operations::compare);
        assertThat(sorted("name", false)).isSortedAccordingTo(ascending);
        assertThat(sorted("name", true)).isSortedAccordingTo(ascending.reversed());
        assertThat(sorted("parent.name", false)).isSortedAccordingTo(ascending);
    }

    private List<@Nullable String> sorted(String field, boolean descending) {
        ExpressionSql sql = sql(Map.of());
        Field<String> value = sql.field(compile(field)).coerce(String.class);
        SortField<?> order = sql.order(compile(field), descending);
        return new ArrayList<>(
                dsl.select(value).from(sql.joins().from()).orderBy(order).fetch(value));
    }

    @Test
    void numbersAndDatesAreSortedWithEmptyValuesAtTheEnd() {
        for (String field : List.of("count", "price", "start", "seen", "active", "parent")) {
            ExpressionSql sql = sql(Map.of());
            Field<Boolean> empty = DSL.field(sql.field(compile(field)).isNull());
            SortField<?> ascending = sql.order(compile(field), false);
            assertThat(dsl.select(empty)
                            .from(sql.joins().from())
                            .orderBy(ascending)
                            .fetch(empty))
                    .as(field)
                    .isSortedAccordingTo(Comparator.naturalOrder());
        }
    }

    @Test
    void valuesAreBoundAndNeverPartOfTheText() {
        ExpressionSql sql = sql(Map.of());
        Condition where = sql.condition(compile(
                "name == 'x\\' OR 1=1' || note.contains('50%_!') || price > 12345.67 || start == date('2026-01-31')"
                        + " || seen < timestamp('2026-01-31T08:00:00Z') || owner == me"));
        String text =
                dsl.select(DSL.one()).from(sql.joins().from()).where(where).getSQL();
        assertThat(text).doesNotContain("OR 1=1", "50", "12345", "2026", "'x");
        assertThat(ids(sql, where)).isNotNull();
    }

    @Test
    void aVariableWithoutAValueIsAMistakeOfThePlan() {
        ExpressionSql sql = new ExpressionSql(dsl.dialect(), rows, SampleModel.THING, Map.of(), Map.of());
        assertThatThrownBy(() -> sql.condition(compile("owner == me")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("me");
    }

    private Set<UUID> ids(ExpressionSql sql, Condition where) {
        Field<UUID> id =
                rows.column(sql.joins().root(), SampleModel.THING, "id").coerce(UUID.class);
        return dsl.select(id).from(sql.joins().from()).where(where).fetchSet(id);
    }

    private Set<UUID> matching(Predicate<Map<String, @Nullable Object>> expected) {
        return rows.things.entrySet().stream()
                .filter(thing -> expected.test(thing.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private @Nullable Map<String, @Nullable Object> parent(Map<String, @Nullable Object> thing) {
        return rows.parents.get((UUID) thing.get("parent"));
    }

    static Expr compile(String text) {
        return ExpressionCompiler.compile(text, SampleModel.SCOPE).orThrow();
    }

    private static Expr onParent(String text) {
        return ExpressionCompiler.compile(
                        text, Scope.of(SampleModel.MODEL, SampleModel.PARENT), ValueType.Simple.BOOLEAN)
                .orThrow();
    }
}
