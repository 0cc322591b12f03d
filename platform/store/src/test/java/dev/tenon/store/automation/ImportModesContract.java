package dev.tenon.store.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.access.Identity;
import dev.tenon.automation.ImportPreview;
import dev.tenon.automation.ImportPreview.CellType;
import dev.tenon.automation.ImportStatus;
import dev.tenon.automation.ImportStatus.State;
import dev.tenon.automation.Imports.FileChoice;
import dev.tenon.automation.Imports.Mode;
import dev.tenon.automation.Imports.Request;
import dev.tenon.expression.Expr.BinaryOperator;
import dev.tenon.expression.ExprBuilder;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.schema.StepListener;
import dev.tenon.store.tenancy.Node;
import dev.tenon.store.tenancy.ShopPackage;
import dev.tenon.tenancy.PackageId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Imports of each kind of file in each mode, as a trial, and over the end of a node, on a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ImportModesContract {

    private static final String TENANT = "market";
    private static final String CUSTOMER = "shop__Customer";

    private Path folder;
    private DatabaseSettings settings;
    private Node node;
    private Identity clerk;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path shared) {
        folder = shared;
        settings = settings(folder);
        node = new Node(settings, folder, StepListener.NONE, List.of());
        node.tenancy().start();
        node.tenancy().packages().add(Node.system(TENANT), ShopPackage.first());
        node.tenancy().tenants().create(Node.system(TENANT), TENANT, "Market", List.of(new PackageId("shop", "1.0.0")));
        node.automation().start();
        clerk = node.person(TENANT, "shop__clerk");
    }

    @AfterAll
    void close() {
        node.close();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Request request(String keyField, Mode mode, boolean dryRun) {
        return new Request(
                CUSTOMER,
                "customers.csv",
                FileChoice.NONE,
                Map.of(),
                Optional.of(keyField).filter(k -> !k.isEmpty()),
                mode,
                dryRun);
    }

    private ImportStatus started(byte[] file, Request request) {
        return node.automation().imports().start(clerk, request, new ByteArrayInputStream(file));
    }

    private ImportStatus imported(byte[] file, Request request) {
        return ended(started(file, request).id());
    }

    private ImportStatus imported(String csv, Request request) {
        return imported(csv.getBytes(StandardCharsets.UTF_8), request);
    }

    private ImportStatus ended(UUID id) {
        await(() -> {
            State state = status(id).state();
            return state != State.QUEUED && state != State.RUNNING;
        });
        return status(id);
    }

    private ImportStatus status(UUID id) {
        return node.automation().imports().require(clerk, id);
    }

    private byte[] rejects(ImportStatus status) {
        ByteArrayOutputStream rejects = new ByteArrayOutputStream();
        node.automation().imports().writeRejects(clerk, status.id(), rejects);
        return rejects.toByteArray();
    }

    private List<Row> customers(String city) {
        RecordSession session = node.session(clerk);
        ExprBuilder builder = new ExprBuilder(session.scope(CUSTOMER));
        return session.query(Query.of(CUSTOMER, 1000)
                        .where(builder.binary(BinaryOperator.EQUAL, builder.field("city"), builder.literal(city))))
                .rows();
    }

    private UUID customer(String city, String code) {
        return node.session(clerk)
                .create(CUSTOMER, Map.of("name", code, "code", code, "city", city))
                .id();
    }

    private long rowsOf(String table) {
        return node.database().dsl().fetchCount(DSL.table(DSL.name(TenantSchemas.nameOf(TENANT), table)));
    }

    private interface Filling {
        void fill(Worksheet sheet);
    }

    private static byte[] workbook(Filling filling) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "Test", "1.0")) {
            filling.fill(workbook.newWorksheet("Customers"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void row(Worksheet sheet, int row, String... cells) {
        for (int i = 0; i < cells.length; i++) {
            sheet.value(row, i, cells[i]);
        }
    }

    @Test
    void aWorkbookIsImportedAndItsRejectsAreAWorkbookThatCanBeSentAgain() {
        byte[] file = workbook(sheet -> {
            row(sheet, 0, "名称", "Code", "城市", "Since", "Rating");
            row(sheet, 1, "甲", "X1", "Wuxi");
            sheet.value(1, 3, java.time.LocalDate.of(2026, 1, 31));
            sheet.style(1, 3).format("yyyy-mm-dd").set();
            sheet.value(1, 4, 7);
            row(sheet, 2, "=1+1", "X2", "Wuxi");
            sheet.value(2, 4, 99);
        });
        ImportStatus done = imported(file, request("", Mode.INSERT, false));
        assertThat(done.created()).as(done.toString()).isEqualTo(1);
        assertThat(customers("Wuxi"))
                .singleElement()
                .satisfies(r -> assertThat(r.values())
                        .containsEntry("since", java.time.LocalDate.of(2026, 1, 31))
                        .containsEntry("rating", 7L));
        assertThat(done.errors()).singleElement().satisfies(e -> {
            assertThat(e.line()).isEqualTo(3);
            assertThat(e.column()).isEqualTo("Rating");
        });
        assertThat(node.automation().imports().mediaType(clerk, done.id())).contains("spreadsheetml");
        ImportStatus again = imported(rejects(done), request("", Mode.INSERT, false));
        assertThat(again.rejected()).isEqualTo(1);
        assertThat(again.errors().getFirst().column()).isEqualTo("Rating");
        ImportPreview preview = node.automation()
                .imports()
                .preview(clerk, request("", Mode.INSERT, false), new ByteArrayInputStream(rejects(done)));
        assertThat(preview.rows().getFirst()).startsWith("=1+1", "X2", "Wuxi", "", "99");
    }

    @Test
    void rejectsKeepTheEncodingOfTheFile() {
        Charset gbk = Charset.forName("GBK");
        ImportStatus done = imported("名称;城市;Rating\n甲;镇江;x\n".getBytes(gbk), request("", Mode.INSERT, false));
        assertThat(done.rejected()).isEqualTo(1);
        assertThat(new String(rejects(done), gbk)).startsWith("名称;城市;Rating;_error\r\n甲;镇江;x;");
    }

    @Test
    void aPreviewTellsWhatWouldBeReadAndWhatStandsAgainstIt() {
        String csv =
                "名称,Rating,since,Zip,active,gone,score\n甲,7,2026/1/31,02134,yes,,1.5\n乙,many,2026-02-01,10115,no,,2\n";
        Request request = new Request(
                CUSTOMER,
                "x.csv",
                FileChoice.NONE,
                Map.of("Zip", "code", "active", ""),
                Optional.empty(),
                Mode.UPDATE,
                true);
        ImportPreview preview = node.automation()
                .imports()
                .preview(clerk, request, new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
        assertThat(preview.format()).isEqualTo("CSV");
        assertThat(preview.charset()).contains("UTF-8");
        assertThat(preview.columns())
                .containsExactly(
                        new ImportPreview.Column("名称", CellType.TEXT, "name"),
                        new ImportPreview.Column("Rating", CellType.TEXT, "rating"),
                        new ImportPreview.Column("since", CellType.DATE, "since"),
                        new ImportPreview.Column("Zip", CellType.TEXT, "code"),
                        new ImportPreview.Column("active", CellType.BOOLEAN, ""),
                        new ImportPreview.Column("gone", CellType.EMPTY, ""),
                        new ImportPreview.Column("score", CellType.DECIMAL, ""));
        assertThat(preview.problems())
                .extracting(ImportStatus.RowError::code)
                .containsExactlyInAnyOrder(
                        "automation.key-field-missing", "automation.column-unknown", "automation.column-unknown");
        assertThat(preview.errors()).singleElement().satisfies(e -> {
            assertThat(e.line()).isEqualTo(3);
            assertThat(e.column()).isEqualTo("Rating");
        });
        assertThat(preview.rows()).hasSize(2);
    }

    @Test
    void updatingMakesNoRecordsAndInsertingTakesNoKey() {
        customer("Jilin", "J1");
        ImportStatus done =
                imported("code,name,city\nJ1,One,Jilin\nJ2,Two,Jilin\n", request("code", Mode.UPDATE, false));
        assertThat(done.updated()).isEqualTo(1);
        assertThat(done.errors()).extracting(ImportStatus.RowError::code).containsExactly("automation.key-not-found");
        assertThat(customers("Jilin"))
                .singleElement()
                .satisfies(r -> assertThat(r.values()).containsEntry("name", "One"));
        assertThatThrownBy(() -> imported("code\nx\n", request("code", Mode.INSERT, false)))
                .hasMessageContaining("automation.columns-unfit");
        assertThatThrownBy(() -> imported("code\nx\n", request("", Mode.UPSERT, false)))
                .hasMessageContaining("automation.columns-unfit");
    }

    @Test
    void recordsAreFoundByTheirIdAndRowsWithoutOneAreNew() {
        UUID id = customer("Anqing", "A1");
        String csv = "id,name,city\n" + id + ",Changed,Anqing\n,New,Anqing\n" + UUID.randomUUID()
                + ",Unknown,Anqing\nnonsense,Unknown,Anqing\n";
        ImportStatus done = imported(csv, request("id", Mode.UPSERT, false));
        assertThat(done.updated()).as(done.toString()).isEqualTo(1);
        assertThat(done.created()).isEqualTo(1);
        assertThat(done.errors())
                .extracting(ImportStatus.RowError::code)
                .containsOnly("automation.key-not-found")
                .hasSize(2);
        assertThat(customers("Anqing"))
                .extracting(r -> String.valueOf(r.values().get("name")))
                .containsExactlyInAnyOrder("Changed", "New");
    }

    @Test
    void aDryRunTellsWhatWouldHappenAndKeepsNothing() {
        customer("Dali", "D1");
        String csv =
                "code,name,city,rating\nD1,Changed,Dali,1\nD2,New,Dali,\nD2,Again,Dali,\nD3,Bad,,5\nD4,Bad,Dali,x\n"
                        + "HQ,Second,Dali,\nD5,Last,Dali,\n";
        long outbox = rowsOf("tenon_outbox");
        long history = rowsOf("tenon_history");
        ImportStatus tried = imported(csv, request("code", Mode.UPSERT, true));
        assertThat(tried.state()).isEqualTo(State.DONE);
        assertThat(tried.dryRun()).isTrue();
        assertThat(List.of(tried.created(), tried.updated(), tried.rejected())).containsExactly(2L, 3L, 2L);
        assertThat(tried.errors())
                .extracting(ImportStatus.RowError::code)
                .containsExactly("records.validation-failed", "records.type-mismatch");
        assertThat(customers("Dali")).singleElement().satisfies(r -> {
            assertThat(r.version()).isEqualTo(1);
            assertThat(r.values()).containsEntry("name", "D1");
        });
        assertThat(rowsOf("tenon_outbox")).isEqualTo(outbox);
        assertThat(rowsOf("tenon_history")).isEqualTo(history);
        ImportStatus inserted = imported("code,name\nD1,Twin\nD9,Fine\nD9,Twin\n", request("", Mode.INSERT, true));
        assertThat(List.of(inserted.created(), inserted.rejected())).containsExactly(1L, 2L);
        ImportStatus real =
                ended(node.automation().imports().startTried(clerk, tried.id()).id());
        assertThat(List.of(real.created(), real.updated(), real.rejected())).containsExactly(2L, 3L, 2L);
        assertThat(real.dryRun()).isFalse();
        assertThat(customers("Dali")).hasSize(4);
        assertThatThrownBy(() -> node.automation().imports().startTried(clerk, real.id()))
                .hasMessageContaining("automation.not-a-dry-run");
    }

    @Test
    void theFileGoesWhenItsTimeIsOverAndWhatItDidStays() {
        ImportStatus tried = imported("code,name,city\nF1,Gone,Foshan\n,,Foshan\n", request("", Mode.INSERT, true));
        JooqImportStore imports = new JooqImportStore(node.database());
        forgetFiles(imports, tried.queuedAt());
        assertThat(status(tried.id()).fileKept()).isTrue();

        forgetFiles(imports, Instant.now().plusSeconds(1));

        ImportStatus later = status(tried.id());
        assertThat(later.fileKept()).isFalse();
        assertThat(later.rejected()).isEqualTo(tried.rejected());
        assertThat(later.errors()).isEqualTo(tried.errors());
        assertThatThrownBy(() -> rejects(later)).hasMessageContaining("automation.file-lost");
        assertThatThrownBy(() -> node.automation().imports().startTried(clerk, tried.id()))
                .hasMessageContaining("automation.file-lost");
    }

    private static void forgetFiles(JooqImportStore imports, Instant endedBefore) {
        while (!imports.forgetFiles(TENANT, endedBefore, 3)) {
            // There are more, also of other tests.
        }
    }

    @Test
    void aDryRunFindsEqualKeysAlsoFarApartInTheFile() {
        StringBuilder csv = new StringBuilder("code,name\n");
        for (int i = 0; i < 450; i++) {
            csv.append(i == 440 ? "FAR3" : "FAR" + i).append(",Row ").append(i).append('\n');
        }
        byte[] file = csv.toString().getBytes(StandardCharsets.UTF_8);
        ImportStatus inserted = imported(file, request("", Mode.INSERT, true));
        assertThat(List.of(inserted.created(), inserted.rejected())).containsExactly(449L, 1L);
        assertThat(inserted.errors()).singleElement().satisfies(error -> {
            assertThat(error.line()).isEqualTo(442);
            assertThat(error.code()).isEqualTo("records.duplicate");
        });
        ImportStatus upserted = imported(file, request("code", Mode.UPSERT, true));
        assertThat(List.of(upserted.created(), upserted.updated(), upserted.rejected()))
                .containsExactly(449L, 1L, 0L);
        assertThat(rowsOf("tenon_import_tried")).isZero();
    }

    /** The node ends between two chunks and leaves its claim to run out. It is not killed. */
    @Test
    void noRowIsDoubledOverTheEndOfANodeInAnyMode() {
        for (Mode mode : Mode.values()) {
            String city = "City" + mode;
            StringBuilder csv = new StringBuilder("code,name,city\n");
            for (int i = 0; i < 1_000; i++) {
                String code = mode.name().charAt(2) + "K" + i;
                if (mode == Mode.UPDATE && i < 600 || mode == Mode.UPSERT && i % 2 == 0 && i < 600) {
                    customer(city, code);
                }
                csv.append(code)
                        .append(",Row ")
                        .append(i)
                        .append(',')
                        .append(city)
                        .append('\n');
            }
            ImportStatus started = started(
                    csv.toString().getBytes(StandardCharsets.UTF_8),
                    request(mode == Mode.INSERT ? "" : "code", mode, false));
            await(() -> status(started.id()).processed() > 0);
            restart();
            ImportStatus between = status(started.id());
            node.automation().start();
            ImportStatus done = ended(started.id());
            assertThat(between.processed())
                    .as("%s was ended in the middle", mode)
                    .isBetween(1L, 1_000L);
            assertThat(done.processed()).isEqualTo(1_000);
            long updated = mode == Mode.UPDATE ? 600 : mode == Mode.UPSERT ? 300 : 0;
            assertThat(List.of(done.created(), done.updated(), done.rejected()))
                    .as(mode.name())
                    .containsExactly(
                            mode == Mode.UPDATE ? 0 : 1_000 - updated, updated, mode == Mode.UPDATE ? 400L : 0);
            List<Row> rows = customers(city);
            assertThat(rows).hasSize(mode == Mode.UPDATE ? 600 : 1_000);
            assertThat(rows.stream().filter(r -> r.version() > 2))
                    .as("changed twice")
                    .isEmpty();
            rows.forEach(r -> node.session(clerk).delete(CUSTOMER, r.id(), Optional.empty()));
        }
    }

    private void restart() {
        node.close();
        node = new Node(settings, folder, StepListener.NONE, List.of());
        node.know(clerk);
        node.tenancy().start();
    }
}
