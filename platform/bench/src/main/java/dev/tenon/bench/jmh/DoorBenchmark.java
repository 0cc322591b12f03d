package dev.tenon.bench.jmh;

import dev.tenon.bench.BenchTenant;
import dev.tenon.records.HistoryEntry.Channel;
import dev.tenon.records.Page;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import dev.tenon.records.Row;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/** Records through their one door, on the embedded database: rights, plan, SQL, rows; a save with its history and event. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class DoorBenchmark {

    private static final int ORDERS = 20_000;
    private static final int LISTS = 1_000;

    private BenchPlatform platform;
    private Records records;
    private List<Query> lists;
    private List<UUID> ids;
    private UUID customer;
    private int next;

    @Setup
    public void open() {
        platform = new BenchPlatform(ORDERS);
        records = platform.room(Records.class);
        // The embedded database remembers the answer of a statement that is asked again with the same values.
        lists = IntStream.range(0, LISTS).mapToObj(i -> platform.list(i)).toList();
        ids = session().query(Query.of(BenchTenant.ORDER, 1_000)).rows().stream()
                .map(Row::id)
                .toList();
        customer = session()
                .query(Query.of(BenchTenant.CUSTOMER, 1))
                .rows()
                .getFirst()
                .id();
    }

    @TearDown
    public void close() {
        platform.close();
    }

    private RecordSession session() {
        return records.open(platform.sales(), Channel.API);
    }

    private UUID nextId() {
        next = (next + 1) % ids.size();
        return ids.get(next);
    }

    @Benchmark
    public Row get() {
        return session().find(BenchTenant.ORDER, nextId(), Query.Selection.ALL).orElseThrow();
    }

    /** The database looks at every row. */
    @Benchmark
    public Page list() {
        next = (next + 1) % lists.size();
        return session().query(lists.get(next));
    }

    @Benchmark
    public Row update() {
        return session()
                .update(
                        BenchTenant.ORDER,
                        nextId(),
                        Optional.empty(),
                        Map.of("amount", BigDecimal.valueOf(100L + next, 2)));
    }

    @Benchmark
    public Row create() {
        return session()
                .create(
                        BenchTenant.ORDER,
                        Map.of(
                                "code",
                                "N-1",
                                "customer",
                                customer,
                                "region",
                                "north",
                                "amount",
                                BigDecimal.valueOf(12_300, 2)));
    }
}
