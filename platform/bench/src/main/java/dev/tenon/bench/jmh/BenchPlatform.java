package dev.tenon.bench.jmh;

import dev.tenon.access.Identity;
import dev.tenon.bench.BenchTenant;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ExpressionCompiler;
import dev.tenon.expression.Scope;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.Query;
import dev.tenon.records.port.ModelSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole platform in the benchmark's process, on the embedded database, with some orders in it. */
final class BenchPlatform implements AutoCloseable {

    /** What a person might filter by; no index serves it. */
    static String filter(int amountAbove) {
        return "status == 'open' && amount > " + amountAbove + ".0";
    }

    private final Path folder;
    private final ConfigurableApplicationContext context;
    private final BenchTenant tenant;

    BenchPlatform(int orders) {
        try {
            folder = Files.createTempDirectory("tenon-jmh");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        context = BenchTenant.platform(List.of("--tenon.data=" + folder));
        tenant = BenchTenant.create(context, orders);
    }

    <T> T room(Class<T> type) {
        return context.getBean(type);
    }

    /** Sees own orders and those of one region, never the margin. */
    Identity sales() {
        return tenant.sales();
    }

    Model model() {
        return room(ModelSource.class).current(BenchTenant.KEY).model();
    }

    /** A condition on orders, checked. */
    Expr condition(String text) {
        return ExpressionCompiler.compile(text, Scope.of(model(), BenchTenant.ORDER), ValueType.Simple.BOOLEAN)
                .orThrow();
    }

    /** The twenty newest orders that fulfil {@link #filter}. */
    Query list(int amountAbove) {
        Expr day = new Expr.FieldRef(0, BenchTenant.ORDER, List.of(), "orderedOn", ValueType.Simple.DATE);
        return new Query(
                BenchTenant.ORDER,
                Query.Selection.ALL,
                Optional.of(condition(filter(amountAbove))),
                List.of(new Query.SortKey(day, true)),
                20,
                0,
                false);
    }

    @Override
    public void close() {
        context.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
