package dev.tenon.bench.jmh;

import dev.tenon.script.HostApi;
import dev.tenon.script.ScriptCall;
import dev.tenon.script.ScriptEngine;
import dev.tenon.script.ScriptModules;
import dev.tenon.script.ScriptResult;
import dev.tenon.script.ScriptSettings;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

/** A small script in its worker process and back: what each trigger adds to a save at the least. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class ScriptBenchmark {

    private static final String FILE = "scripts/price.js";

    private static final ScriptModules MODULES = new ScriptModules("bench", Map.of(FILE, """
            export function price({ record }) {
              return Number(record.amount) * (record.region === "east" ? 0.9 : 1);
            }
            """));

    private ScriptEngine engine;

    @Setup
    public void open() {
        engine = new ScriptEngine(ScriptSettings.defaults().withWorkers(1, 1));
    }

    @TearDown
    public void close() {
        engine.close();
    }

    @Benchmark
    public ScriptResult call() {
        return engine.call(new ScriptCall(
                "bench",
                MODULES,
                FILE,
                "price",
                ScriptCall.Kind.FUNCTION,
                Map.of("record", Map.of("amount", new BigDecimal("900.00"), "region", "east", "note", "Back door.")),
                Optional.empty(),
                HostApi.none()));
    }
}
