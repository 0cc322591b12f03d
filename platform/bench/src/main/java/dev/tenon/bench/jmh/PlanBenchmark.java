package dev.tenon.bench.jmh;

import dev.tenon.bench.BenchTenant;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.GuardedRecords;
import dev.tenon.records.HistoryEntry.Channel;
import dev.tenon.records.Page;
import dev.tenon.records.Query;
import dev.tenon.records.Records;
import dev.tenon.records.port.CodeRuntime;
import dev.tenon.records.port.FilePorts;
import dev.tenon.records.port.HoldStore;
import dev.tenon.records.port.ModelSource;
import dev.tenon.records.port.RecordStore;
import dev.tenon.records.port.RecordStore.QueryAnswer;
import dev.tenon.records.port.RecycleBinStore;
import dev.tenon.records.port.TenantSealing;
import dev.tenon.store.Database;
import dev.tenon.store.schema.Catalogue;
import dev.tenon.store.schema.TenantTables;
import dev.tenon.store.sql.ExpressionSql;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jooq.Condition;
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

/** What a list costs before the database is asked. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class PlanBenchmark {

    private BenchPlatform platform;
    private Records planning;
    private Query list;
    private Expr where;
    private TenantTables tables;

    @Setup
    public void open() {
        platform = new BenchPlatform(0);
        planning = new GuardedRecords(
                platform.room(ModelSource.class),
                emptyStore(),
                platform.room(RecycleBinStore.class),
                platform.room(CodeRuntime.class),
                platform.room(HoldStore.class),
                List.of(),
                platform.room(FilePorts.class),
                platform.room(TenantSealing.class),
                InstantSource.system());
        list = platform.list(500);
        where = platform.condition("(owner == me || region == 'east') && " + BenchPlatform.filter(500));
        Model model = platform.model();
        tables = platform.room(Catalogue.class).tables(model);
    }

    @TearDown
    public void close() {
        platform.close();
    }

    private static RecordStore emptyStore() {
        return (RecordStore) Proxy.newProxyInstance(
                RecordStore.class.getClassLoader(), new Class<?>[] {RecordStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("query")) {
                        return new QueryAnswer(List.of(), OptionalLong.empty());
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Rights looked up, the row rule and the hidden field put into the plan; each list does this. */
    @Benchmark
    public Page plan() {
        return planning.open(platform.sales(), Channel.API).query(list);
    }

    /** The condition as SQL; done once for each new shape of statement. */
    @Benchmark
    public String sql() {
        Database database = platform.room(Database.class);
        ExpressionSql sql = new ExpressionSql(
                database.dialect().jooq(), tables, BenchTenant.ORDER, Map.of(), Map.of("me", new UUID(1, 1)));
        Condition condition = sql.condition(where);
        return database.dsl()
                .render(database.dsl().selectOne().from(sql.joins().from()).where(condition));
    }
}
