package dev.tenon.bench.bulk;

import dev.tenon.access.Identity;
import dev.tenon.automation.ExportStatus;
import dev.tenon.automation.Exports;
import dev.tenon.automation.ImportStatus;
import dev.tenon.automation.Imports;
import dev.tenon.bench.BenchTenant;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Tenants;
import dev.tenon.tenancy.identity.NewUser;
import dev.tenon.tenancy.identity.Users;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Imports a CSV file of many orders and exports them again, sorted, as CSV and as a workbook, and prints rows per second
 * and the most memory that was in use after a collection. To be run with a small heap.
 */
public final class BulkRun {

    private static final long MEGABYTE = 1024 * 1024;
    private static final List<String> REGIONS = List.of("north", "south", "east", "west");

    private final ConfigurableApplicationContext platform;
    private final Identity loader;

    private BulkRun(ConfigurableApplicationContext platform) {
        this.platform = platform;
        Identity system = Users.platform(BenchTenant.KEY);
        platform.getBean(Tenants.class)
                .create(system, BenchTenant.KEY, "Benchmark", List.of(new PackageId("bench", "1.0.0")));
        Users users = platform.getBean(Users.class);
        NewUser person = new NewUser(
                "loader",
                "loader",
                null,
                Locale.ENGLISH,
                ZoneOffset.UTC,
                UUID.randomUUID().toString(),
                Set.of("bench__loader"),
                null);
        this.loader = users.identity(
                        BenchTenant.KEY, users.create(system, person).id())
                .orElseThrow();
    }

    /** {@code rows [h2|postgres]}. */
    public static void main(String[] arguments) throws IOException {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        boolean postgres = arguments.length > 1 && arguments[1].equals("postgres");
        Path folder = Files.createTempDirectory("tenon-bulk");
        try (EmbeddedPostgres server = postgres ? EmbeddedPostgres.start() : null;
                ConfigurableApplicationContext platform = BenchTenant.platform(
                        server == null
                                ? List.of("--tenon.data=" + folder)
                                : List.of(
                                        "--tenon.data=" + folder,
                                        "--tenon.database.url=" + server.getJdbcUrl("postgres", "postgres"),
                                        "--tenon.database.user=postgres",
                                        "--tenon.database.password=postgres"))) {
            System.out.printf(
                    "%,d rows on %s, heap at most %d MB%n",
                    rows, postgres ? "PostgreSQL" : "H2", Runtime.getRuntime().maxMemory() / MEGABYTE);
            BulkRun run = new BulkRun(platform);
            run.importRows("import customers", BenchTenant.CUSTOMER, 500, customers(folder));
            run.importRows("import orders", BenchTenant.ORDER, rows, orders(folder, rows));
            run.exportRows("export CSV by id", rows, Exports.Format.CSV, "");
            run.exportRows("export CSV sorted", rows, Exports.Format.CSV, "$orderby=orderedOn%20desc,amount");
            run.exportRows("export XLSX by id", rows, Exports.Format.XLSX, "");
        }
    }

    private static Path customers(Path folder) throws IOException {
        Path file = folder.resolve("customers.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("name,city\n");
            for (int i = 0; i < 500; i++) {
                out.write("Customer %04d,上海\n".formatted(i));
            }
        }
        return file;
    }

    private static Path orders(Path folder, int rows) throws IOException {
        Path file = folder.resolve("orders.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("code,customer,region,quantity,amount,orderedOn,note\n");
            for (int i = 0; i < rows; i++) {
                out.write("O-%07d,Customer %04d,%s,%d,%d.%02d,%s,%s\n"
                        .formatted(
                                i,
                                i % 500,
                                REGIONS.get(i % 4),
                                i % 100 + 1,
                                i % 9_000 + 1,
                                i % 100,
                                LocalDate.of(2026, 1, 1).plusDays(i % 365),
                                i % 2 == 0 ? "Deliver at the back door" : ""));
            }
        }
        return file;
    }

    private void importRows(String what, String object, int rows, Path file) throws IOException {
        Imports imports = platform.getBean(Imports.class);
        Imports.Request request = new Imports.Request(
                object, "rows.csv", Imports.FileChoice.NONE, Map.of(), Optional.empty(), Imports.Mode.INSERT, false);
        measured(what, rows, () -> {
            try (InputStream content = Files.newInputStream(file)) {
                UUID id = imports.start(loader, request, content).id();
                await(() -> {
                    ImportStatus.State state = imports.require(loader, id).state();
                    return state != ImportStatus.State.QUEUED && state != ImportStatus.State.RUNNING;
                });
                ImportStatus status = imports.require(loader, id);
                if (status.created() != rows) {
                    throw new IllegalStateException(status.toString());
                }
                return Files.size(file);
            }
        });
    }

    private void exportRows(String what, int rows, Exports.Format format, String query) throws IOException {
        Exports exports = platform.getBean(Exports.class);
        Exports.Request request =
                new Exports.Request(BenchTenant.ORDER, query, false, format, "UTF-8", ',', Optional.empty());
        measured(what, rows, () -> {
            UUID id = exports.start(loader, request).id();
            await(() -> {
                ExportStatus.State state = exports.require(loader, id).state();
                return state != ExportStatus.State.QUEUED && state != ExportStatus.State.RUNNING;
            });
            ExportStatus status = exports.require(loader, id);
            if (status.state() != ExportStatus.State.DONE || status.processed() != rows) {
                throw new IllegalStateException(status.toString());
            }
            return status.bytes();
        });
    }

    private interface Work {
        /** Bytes of the file. */
        long run() throws IOException;
    }

    private static void measured(String what, int rows, Work work) throws IOException {
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        mostKept = 0;
        long start = System.nanoTime();
        long bytes = work.run();
        double seconds = Math.max(0.001, (System.nanoTime() - start) / 1e9);
        long peak =
                heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.out.printf(
                "%-20s %,10.0f rows/s %8.1f s %8.1f MB of file; heap after collections at most %d MB, peak %d MB%n",
                what, rows / seconds, seconds, bytes / (double) MEGABYTE, mostKept / MEGABYTE, peak / MEGABYTE);
    }

    private static long mostKept;

    private static void await(BooleanSupplier ended) {
        while (!ended.getAsBoolean()) {
            long kept = ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .map(MemoryPoolMXBean::getCollectionUsage)
                    .filter(usage -> usage != null)
                    .mapToLong(MemoryUsage::getUsed)
                    .sum();
            mostKept = Math.max(mostKept, kept);
            try {
                Thread.sleep(Duration.ofMillis(200));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
