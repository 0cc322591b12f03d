package dev.tenon.store.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.access.Identity;
import dev.tenon.automation.ExportStatus;
import dev.tenon.automation.ExportStatus.State;
import dev.tenon.automation.Exports.Download;
import dev.tenon.automation.Exports.Format;
import dev.tenon.automation.Exports.Request;
import dev.tenon.automation.port.ExportStore.Job;
import dev.tenon.automation.port.ExportStore.Reached;
import dev.tenon.automation.port.ImportStore.Standing;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.Query;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.schema.StepListener;
import dev.tenon.store.tenancy.Node;
import dev.tenon.store.tenancy.ShopPackage;
import dev.tenon.tenancy.PackageId;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Exports as jobs on a real database: their file, their end, a node's end in the middle, who gets them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ExportContract {

    private static final String TENANT = "market";
    private static final String CUSTOMER = "shop__Customer";
    private static final int ROWS = 120;

    private DatabaseSettings settings;
    private Node node;
    private Identity clerk;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        settings = settings(folder);
        node = new Node(settings, folder, StepListener.NONE, List.of());
        node.tenancy().start();
        node.tenancy().packages().add(Node.system(TENANT), ShopPackage.first());
        node.tenancy().tenants().create(Node.system(TENANT), TENANT, "Market", List.of(new PackageId("shop", "1.0.0")));
        node.automation().start();
        UUID user = node.records()
                .open(Node.system(TENANT), HistoryEntry.Channel.SYSTEM)
                .create("sys__User", Map.of("name", "Li", "login", "li", "locale", "en", "active", true))
                .id();
        Identity any = node.person(TENANT, "shop__clerk");
        clerk = new Identity(
                new dev.tenon.sdk.ActingUser(
                        TENANT, user, "Li", Locale.ENGLISH, any.user().zone()),
                Identity.Kind.USER,
                any.permissionSets());
        node.know(clerk);
        for (int i = 0; i < ROWS - 1; i++) {
            node.session(clerk)
                    .create(CUSTOMER, Map.of("name", "=Row " + i, "code", "R%03d".formatted(i), "city", "乌镇😀"));
        }
    }

    @AfterAll
    void close() {
        node.close();
    }

    private static Request request(Format format, String charset) {
        return new Request(CUSTOMER, "code,name,city,since", true, format, charset, ',', Optional.of("Kunden/1"));
    }

    private ExportStatus ended(UUID id) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        ExportStatus status = status(id);
        while (status.state() == State.QUEUED || status.state() == State.RUNNING) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.onSpinWait();
            status = status(id);
        }
        return status;
    }

    private ExportStatus status(UUID id) {
        return node.automation().exports().require(clerk, id);
    }

    private ExportStatus exported(Request request) {
        return ended(node.automation().exports().start(clerk, request).id());
    }

    private byte[] file(UUID id) {
        Download download = node.automation().exports().open(clerk, id);
        try (InputStream content = download.content()) {
            byte[] bytes = content.readAllBytes();
            assertThat(bytes).hasSize((int) download.bytes());
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> codes(String csv) {
        return csv.lines()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(',')))
                .toList();
    }

    private static List<String> expected() {
        List<String> codes = new ArrayList<>();
        for (int i = ROWS - 2; i >= 0; i--) {
            codes.add("R%03d".formatted(i));
        }
        codes.add("HQ");
        return codes;
    }

    @Test
    void aListBecomesAFileInItsOrderAndThePersonIsTold() {
        ExportStatus done = exported(request(Format.CSV, "UTF-8"));
        assertThat(done.state()).as(done.toString()).isEqualTo(State.DONE);
        assertThat(List.of(done.total(), done.processed())).containsExactly((long) ROWS, (long) ROWS);
        assertThat(done.expiresAt()).isNotNull();
        String csv = new String(file(done.id()), StandardCharsets.UTF_8);
        assertThat(csv).startsWith("\uFEFFcode,name,city,since\r\nR118,'=Row 118,乌镇😀,\r\n");
        assertThat(codes(csv)).isEqualTo(expected());
        assertThat(node.automation().notifications().read(clerk, true, 10).items())
                .anySatisfy(item -> assertThat(item.title()).isEqualTo("Export Kunden_1.csv is ready"));
    }

    @Test
    void whatGbkLacksIsCountedAndAWorkbookHoldsItAll() {
        ExportStatus gbk = exported(request(Format.CSV, "GBK"));
        assertThat(gbk.altered()).isEqualTo(ROWS - 1);
        assertThat(new String(file(gbk.id()), Charset.forName("GBK"))).contains("乌镇\\u{1F600}");
        ExportStatus workbook = exported(request(Format.XLSX, "UTF-8"));
        assertThat(workbook.altered()).isZero();
        assertThat(workbook.fileName()).isEqualTo("Kunden_1.xlsx");
        assertThat(file(workbook.id())).startsWith('P', 'K');
        assertThatThrownBy(() -> exported(request(Format.CSV, "Latin")))
                .hasMessageContaining("automation.charset-unknown");
    }

    /** As kill -9 leaves it: rows behind what was told lie in the file, and the claim of who is gone has run out. */
    @Test
    void anotherNodeGoesOnExactlyBehindWhatWasTold() throws IOException {
        int told = 50;
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        DataOutputStream spool = new DataOutputStream(rows);
        for (String code : expected().subList(0, told)) {
            spooled(spool, "told " + code);
        }
        String place = idOf("R069") + " R069";
        assertThat(codes(resumed(rows.toByteArray(), rows.size(), told, place)))
                .containsExactlyElementsOf(expected().stream()
                        .map(code -> expected().indexOf(code) < told ? "told " + code : code)
                        .toList());
        assertThat(codes(resumed(new byte[0], rows.size(), told, place)))
                .as("read again where the rows are gone")
                .isEqualTo(expected());
    }

    private static void spooled(DataOutputStream spool, String code) throws IOException {
        byte[] text = code.getBytes(StandardCharsets.UTF_8);
        spool.writeInt(4);
        spool.writeByte(1);
        spool.writeInt(text.length);
        spool.write(text);
        spool.write(new byte[3]);
    }

    private String resumed(byte[] rows, long rowBytes, int told, String place) throws IOException {
        JooqExportStore store = new JooqExportStore(node.database());
        UUID id = UUID.randomUUID();
        Reached reached = new Reached(ROWS, told, List.of("code", "name", "city", "since"), place, rowBytes);
        try (OutputStream file = node.exportFiles().append(TENANT, id, 0).orElseThrow()) {
            file.write(rows);
            if (rows.length > 0) {
                file.write(new byte[] {0, 0, 0, 9, 1});
            }
        }
        Instant now = Instant.now();
        store.add(
                TENANT,
                new Job(
                        id,
                        request(Format.CSV, "UTF-8"),
                        "en",
                        clerk.user().id(),
                        State.QUEUED,
                        reached,
                        0,
                        0,
                        now,
                        null,
                        null,
                        null,
                        null));
        store.claim(TENANT, "gone", now.minusSeconds(120), now.minusSeconds(60));
        assertThat(store.advance(TENANT, id, "another", reached, now)).isEqualTo(Standing.LOST);
        ExportStatus done = ended(id);
        assertThat(done.state()).as(done.toString()).isEqualTo(State.DONE);
        assertThat(done.processed()).isEqualTo(ROWS);
        return new String(file(id), StandardCharsets.UTF_8);
    }

    private UUID idOf(String code) {
        return node.session(clerk).query(Query.of(CUSTOMER, 1000)).rows().stream()
                .filter(row -> code.equals(row.values().get("code")))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void onlyWhoHasStartedAnExportGetsItAndOnlyForAWhile() {
        ExportStatus done = exported(request(Format.CSV, "UTF-8"));
        Identity other = node.person(TENANT, "sys__administrator", "shop__clerk");
        assertThatThrownBy(() -> node.automation().exports().open(other, done.id()))
                .hasMessageContaining("automation.unknown-export");
        assertThat(node.automation().exports().list(other)).isEmpty();
        assertThat(node.automation().exports().list(clerk)).contains(done);
        Identity fewer = new Identity(clerk.user(), Identity.Kind.USER, Set.of());
        assertThatThrownBy(() -> node.automation().exports().open(fewer, done.id()))
                .as("who has lost the rights gets nothing that was read with them")
                .isInstanceOf(PlatformException.class);
        JooqExportStore store = new JooqExportStore(node.database());
        assertThat(store.expired(TENANT, Instant.now().plus(Duration.ofMinutes(59)), 10))
                .doesNotContain(done.id());
        assertThat(store.expired(TENANT, Instant.now().plus(Duration.ofMinutes(61)), 10))
                .contains(done.id());
        assertThat(node.automation().exports().cancel(clerk, done.id()).state()).isEqualTo(State.EXPIRED);
        assertThat(node.exportFiles().open(TENANT, done.id())).isEmpty();
        assertThatThrownBy(() -> node.automation().exports().open(clerk, done.id()))
                .hasMessageContaining("automation.export-not-ready");
    }
}
