package dev.tenon.bench.jmh;

import dev.tenon.expression.EvaluationContext;
import dev.tenon.expression.Evaluator;
import dev.tenon.expression.Expr;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A validation rule: its value in memory, as each save asks for it, and its way from text, as a new model does. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class ExpressionBenchmark {

    private static final String RULE =
            "(owner == me || region == 'east') && amount * (100.0 - discount) / 100.0 > 500.0"
                    + " && (note == null || note.size() < 2000) && orderedOn <= today";

    private BenchPlatform platform;
    private Expr rule;
    private EvaluationContext record;

    @Setup
    public void open() {
        platform = new BenchPlatform(0);
        rule = platform.condition(RULE);
        record = new Values(
                Map.of(
                        "owner",
                        new UUID(1, 1),
                        "region",
                        "east",
                        "amount",
                        new BigDecimal("900.00"),
                        "discount",
                        new BigDecimal("5.00"),
                        "note",
                        "Deliver at the back door.",
                        "orderedOn",
                        LocalDate.of(2026, 1, 2)),
                Map.of("me", new UUID(1, 2), "today", LocalDate.of(2026, 3, 1)));
        if (!Evaluator.holds(rule, record)) {
            throw new IllegalStateException("the rule must look at all of its parts");
        }
    }

    @TearDown
    public void close() {
        platform.close();
    }

    private record Values(Map<String, Object> fields, Map<String, Object> variables) implements EvaluationContext {
        @Override
        public @Nullable Object field(List<Expr.Hop> hops, String field) {
            return fields.get(field);
        }

        @Override
        public @Nullable Object variable(String name) {
            return variables.get(name);
        }
    }

    @Benchmark
    public boolean evaluate() {
        return Evaluator.holds(rule, record);
    }

    @Benchmark
    public Expr compile() {
        return platform.condition(RULE);
    }
}
