package dev.tenon.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tenon.expression.EvaluationContext;
import dev.tenon.expression.Evaluator;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ExprText;
import dev.tenon.expression.ExpressionCompiler;
import dev.tenon.expression.ValueType;
import dev.tenon.sdk.error.PlatformException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.SelectField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random expressions have the same value in memory and in a database. {@code -Dexpressions.seed} repeats a run,
 * {@code -Dexpressions.count} makes it longer.
 */
abstract class ExpressionAgreementContract extends ExpressionSqlContract {

    private static final int PER_STATEMENT = 40;
    /** With 24 records, a little more than 100,000 values. */
    private static final int EXPRESSIONS = Integer.getInteger("expressions.count", 4_200);

    @Test
    void memoryAndDatabaseGiveTheSameValues() {
        RandomExpressions expressions = new RandomExpressions(new Random(SEED), rows());
        int compared = 0;
        int values = 0;
        for (int done = 0; done < EXPRESSIONS; done += PER_STATEMENT) {
            List<Expr> batch = batch(expressions);
            for (Map.Entry<UUID, List<@Nullable Object>> row : answers(batch).entrySet()) {
                EvaluationContext context = rows().context(row.getKey());
                for (int i = 0; i < batch.size(); i++) {
                    Object expected = Evaluator.evaluate(batch.get(i), context);
                    Object found = row.getValue().get(i);
                    if (!same(expected, found)) {
                        fail(disagreement(batch.get(i), row.getKey()));
                    }
                    compared++;
                    values += expected == null ? 0 : 1;
                }
            }
        }
        System.out.println(getClass().getSimpleName() + " compared " + compared + " values, " + values + " not null");
        assertThat(compared)
                .isGreaterThanOrEqualTo(
                        Math.min(100_000, EXPRESSIONS * rows().things.size()));
        assertThat(values).isGreaterThan(compared / 3);
    }

    @Test
    void aConditionSelectsExactlyTheRecordsForWhichItHolds() {
        RandomExpressions expressions = new RandomExpressions(new Random(SEED + 1), rows());
        for (int i = 0; i < 150; i++) {
            Expr condition = checked(expressions::condition);
            ExpressionSql sql = sql(Map.of());
            var where = sql.condition(condition);
            Field<UUID> id =
                    rows().column(sql.joins().root(), SampleModel.THING, "id").coerce(UUID.class);
            Set<UUID> found = new HashSet<>(
                    dsl().select(id).from(sql.joins().from()).where(where).fetch(id));
            Set<UUID> expected = rows().things.keySet().stream()
                    .filter(thing -> Evaluator.holds(condition, rows().context(thing)))
                    .collect(Collectors.toSet());
            assertThat(found).as("seed %s: %s", SEED, ExprText.of(condition)).isEqualTo(expected);
        }
    }

    @Test
    void aPrintedExpressionReadAgainIsTheSameExpression() {
        RandomExpressions expressions = new RandomExpressions(new Random(SEED + 2), rows());
        for (int i = 0; i < 500; i++) {
            Expr expr = checked(expressions::next);
            String text = ExprText.of(expr);
            Expr again = ExpressionCompiler.compile(text, SampleModel.SCOPE, expr.type())
                    .orThrow();
            // The parser balances chains of && and ||, which changes the tree and neither the text nor the value.
            assertThat(ExprText.of(again)).as("seed %s", SEED).isEqualTo(text);
            for (UUID thing : rows().things.keySet()) {
                assertThat(Evaluator.evaluate(again, rows().context(thing)))
                        .as("seed %s: %s", SEED, text)
                        .isEqualTo(Evaluator.evaluate(expr, rows().context(thing)));
            }
        }
    }

    @Test
    void everyLetterHasTheSameCasesInMemoryAndInTheDatabase() {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = new StringBuilder();
        for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                continue;
            }
            if (Character.toLowerCase(c) != c || Character.toUpperCase(c) != c || c % 97 == 0) {
                block.appendCodePoint(c);
            }
            if (block.length() > 500) {
                blocks.add(block.toString());
                block.setLength(0);
            }
        }
        dev.tenon.expression.ExprBuilder build = new dev.tenon.expression.ExprBuilder(SampleModel.SCOPE);
        List<Expr> cases = new ArrayList<>();
        for (String letters : blocks) {
            cases.add(build.call(dev.tenon.expression.Function.LOWER, List.of(build.literal(letters))));
            cases.add(build.call(dev.tenon.expression.Function.FOLD, List.of(build.literal(letters))));
            cases.add(build.call(dev.tenon.expression.Function.UPPER, List.of(build.literal(letters))));
        }
        List<@Nullable Object> found = select(cases).values().iterator().next();
        UUID any = rows().things.keySet().iterator().next();
        for (int i = 0; i < cases.size(); i++) {
            assertThat(found.get(i)).isEqualTo(Evaluator.evaluate(cases.get(i), rows().context(any)));
        }
    }

    /** The smallest part of the expression whose values differ is what is wrong; it is told with all that repeats it. */
    private String disagreement(Expr expr, UUID thing) {
        List<Expr> parts = new ArrayList<>();
        parts(expr, parts);
        parts.sort(Comparator.comparingInt(part -> part.toString().length()));
        EvaluationContext context = rows().context(thing);
        for (Expr part : parts) {
            Object expected = Evaluator.evaluate(part, context);
            Object found = alone(part, thing);
            if (!same(expected, found)) {
                return "seed %s: %s%nin %s%nmemory <%s>%ndatabase <%s>%nrecord %s"
                        .formatted(
                                SEED,
                                ExprText.of(part),
                                ExprText.of(expr),
                                expected,
                                found,
                                rows().things.get(thing));
            }
        }
        return "seed %s: differs only among others: %s%nrecord %s"
                .formatted(SEED, ExprText.of(expr), rows().things.get(thing));
    }

    /** A statement that fails is the fault of one of its expressions. */
    private Map<UUID, List<@Nullable Object>> answers(List<Expr> batch) {
        try {
            return select(batch);
        } catch (RuntimeException refused) {
            for (Expr expr : batch) {
                for (UUID thing : rows().things.keySet()) {
                    if (!same(Evaluator.evaluate(expr, rows().context(thing)), alone(expr, thing))) {
                        return fail(disagreement(expr, thing), refused);
                    }
                }
            }
            throw refused;
        }
    }

    private @Nullable Object alone(Expr part, UUID thing) {
        try {
            return select(List.of(part)).get(thing).getFirst();
        } catch (RuntimeException refused) {
            return refused.getMessage();
        }
    }

    /** All parts that have a value of their own. */
    private static void parts(Expr expr, List<Expr> found) {
        if (expr.type() instanceof ValueType.Simple simple && simple != ValueType.Simple.NULL) {
            found.add(expr);
        }
        switch (expr) {
            case Expr.Literal literal -> {}
            case Expr.FieldRef field -> {}
            case Expr.Variable variable -> {}
            case Expr.Unary unary -> parts(unary.operand(), found);
            case Expr.Binary binary -> {
                parts(binary.left(), found);
                parts(binary.right(), found);
            }
            case Expr.IsNull test -> parts(test.operand(), found);
            case Expr.In in -> {
                parts(in.value(), found);
                in.list().forEach(element -> parts(element, found));
            }
            case Expr.Conditional conditional -> {
                parts(conditional.condition(), found);
                parts(conditional.then(), found);
                parts(conditional.otherwise(), found);
            }
            case Expr.Call call -> call.arguments().forEach(argument -> parts(argument, found));
            case Expr.Convert convert -> parts(convert.operand(), found);
            case Expr.Exists exists -> {}
            case Expr.Count count -> {}
            case Expr.Related related -> {}
        }
    }

    private List<Expr> batch(RandomExpressions expressions) {
        List<Expr> batch = new ArrayList<>();
        while (batch.size() < PER_STATEMENT) {
            batch.add(checked(expressions::next));
        }
        return batch;
    }

    /** Some products are refused for having too many factors, some picklist constants for being none. */
    private static Expr checked(java.util.function.Supplier<Expr> generator) {
        while (true) {
            try {
                return generator.get();
            } catch (PlatformException refused) {
                assertThat(refused.code().id()).isIn("expression.too-complex", "expression.unknown-picklist-value");
            }
        }
    }

    private Map<UUID, List<@Nullable Object>> select(List<Expr> exprs) {
        ExpressionSql sql = sql(Map.of());
        List<SelectField<?>> fields = new ArrayList<>();
        fields.add(rows().column(sql.joins().root(), SampleModel.THING, "id").as("id"));
        for (int i = 0; i < exprs.size(); i++) {
            fields.add(sql.field(exprs.get(i)).as("e" + i));
        }
        Map<UUID, List<@Nullable Object>> answer = new LinkedHashMap<>();
        try (ResultSet row = dsl().select(fields).from(sql.joins().from()).fetchResultSet()) {
            while (row.next()) {
                List<@Nullable Object> values = new ArrayList<>();
                for (int i = 0; i < exprs.size(); i++) {
                    values.add(read(row, i + 2, exprs.get(i).type()));
                }
                answer.put(row.getObject(1, UUID.class), values);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        assertThat(answer).hasSize(rows().things.size());
        return answer;
    }

    private static @Nullable Object read(ResultSet row, int column, ValueType type) throws SQLException {
        if (type == ValueType.Simple.DATE_TIME) {
            OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }
        Class<?> java = switch ((ValueType.Simple) type) {
            case TEXT -> String.class;
            case INTEGER -> Long.class;
            case DECIMAL -> BigDecimal.class;
            case BOOLEAN -> Boolean.class;
            case DATE -> LocalDate.class;
            case TIME -> LocalTime.class;
            case DATE_TIME, ID, JSON, ENCRYPTED_TEXT, NULL -> Object.class;
        };
        return row.getObject(column, java);
    }

    private static boolean same(@Nullable Object expected, @Nullable Object found) {
        return expected instanceof BigDecimal a && found instanceof BigDecimal b
                ? a.compareTo(b) == 0
                : Objects.equals(expected, found);
    }
}
