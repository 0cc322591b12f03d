package dev.tenon.app.running;

import static dev.tenon.app.running.Plant.DEVICES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files in and out over HTTP: preview, dry run, import, export, and back again. */
class BulkTest {

    private static final String OBJECT = "plant__Device";
    private static final Http ADMIN = Plant.administrator();

    private static Http.Answer send(Http who, String path, byte[] file, Map<String, ?> options) {
        return who.upload(
                path + "?object=" + OBJECT + "&options="
                        + URLEncoder.encode(JsonMapper.shared().writeValueAsString(options), StandardCharsets.UTF_8),
                "devices.csv",
                file);
    }

    private static JsonNode ended(String path, JsonNode job) {
        return ended(ADMIN, path, job);
    }

    /** The job when it has ended. */
    static JsonNode ended(Http who, String path, JsonNode job) {
        return ended(who, path, job, Duration.ofSeconds(60));
    }

    static JsonNode ended(Http who, String path, JsonNode job, Duration patience) {
        String address = path + "/" + job.get("id").asString();
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            JsonNode now = who.get(address).good();
            if (!Set.of("QUEUED", "RUNNING").contains(now.get("state").asString())) {
                return now;
            }
            assertThat(System.nanoTime()).as(now.toString()).isLessThan(deadline);
        }
    }

    private static JsonNode imported(byte[] file, Map<String, ?> options) {
        return ended("/api/imports", send(ADMIN, "/api/imports", file, options).good());
    }

    private static JsonNode exported(Map<String, ?> wanted) {
        return ended("/api/exports", ADMIN.post("/api/exports", wanted).good());
    }

    private static String file(JsonNode export) {
        return ADMIN.get("/api/exports/" + export.get("id").asString() + "/file")
                .body();
    }

    private static List<String> names(String prefix) {
        List<String> names = new ArrayList<>();
        ADMIN.query(DEVICES, "$filter", "startswith(name,'" + prefix + "')", "$orderby", "name")
                .good()
                .get("value")
                .forEach(row -> names.add(row.get("name").asString()));
        return names;
    }

    private static byte[] gbk(String text) {
        return text.getBytes(Charset.forName("GBK"));
    }

    @Test
    void aFileIsLookedAtTriedAndImported() {
        byte[] file = gbk("Name;Code;Stück\n好甲;BK1;3\n好乙;BK2;x\n".replace("Stück", "数量"));
        JsonNode preview = send(ADMIN, "/api/imports/preview", file, Map.of()).good();
        assertThat(preview.get("charset").asString()).isEqualTo("GBK");
        assertThat(preview.get("separator").asString()).isEqualTo(";");
        assertThat(preview.get("columns").get(0).get("field").asString()).isEqualTo("name");
        assertThat(preview.get("problems").get(0).get("code").asString()).isEqualTo("automation.column-unknown");
        Map<String, Object> mapped = Map.of("mapping", Map.of("数量", "pieces"));
        JsonNode corrected = send(ADMIN, "/api/imports/preview", file, mapped).good();
        assertThat(corrected.get("problems").isEmpty()).isTrue();
        assertThat(corrected.get("errors").get(0).get("line").asInt()).isEqualTo(3);
        JsonNode tried = imported(file, Map.of("mapping", Map.of("数量", "pieces"), "dryRun", true));
        assertThat(tried.get("created").asInt()).as(tried.toString()).isEqualTo(1);
        assertThat(tried.get("rejected").asInt()).isEqualTo(1);
        assertThat(names("好")).isEmpty();
        JsonNode real = ended(
                "/api/imports",
                ADMIN.post("/api/imports/" + tried.get("id").asString() + "/start", Map.of())
                        .good());
        assertThat(real.get("created").asInt()).isEqualTo(1);
        assertThat(names("好")).containsExactly("好甲");
        JsonNode updated = imported(
                "code,pieces\nBK1,5\nBK9,6\n".getBytes(StandardCharsets.UTF_8),
                Map.of("mode", "UPDATE", "keyField", "code"));
        assertThat(updated.get("updated").asInt()).isEqualTo(1);
        assertThat(updated.get("errors").get(0).get("code").asString()).isEqualTo("automation.key-not-found");
        send(ADMIN, "/api/imports", file, Map.of("separator", "x")).refused(400, "automation.separator-unknown");
        send(ADMIN, "/api/imports", file, Map.of("charset", "UTF-8")).refused(400, "automation.file-encoding-chosen");
        send(Plant.watcher(), "/api/imports/preview", file, Map.of()).refused(403, "web.permission-needed");
    }

    @Test
    void theScriptOfATriggerIsHeardInADryRunAndKeepsNothing() {
        JsonNode tried =
                imported("name\nscript throw\nBulk fine\n".getBytes(StandardCharsets.UTF_8), Map.of("dryRun", true));
        assertThat(tried.get("created").asInt()).as(tried.toString()).isBetween(1, 2);
        assertThat(names("Bulk fine")).isEmpty();
    }

    @Test
    void aWorkbookIsImported() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "Test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("One");
            sheet.value(0, 0, "Name");
            sheet.value(0, 1, "Price");
            sheet.value(1, 0, "Book 1");
            sheet.value(1, 1, 12.5);
        }
        assertThat(imported(bytes.toByteArray(), Map.of()).get("created").asInt())
                .isEqualTo(1);
        assertThat(names("Book")).containsExactly("Book 1");
    }

    @Test
    void aListIsExportedInItsOrderAndComesBackAsItWas() {
        List<String> texts = List.of("=Sum 1", "+Sum 2", "-Sum 3", "@Sum 4", "'=Sum 5", "Sum 6");
        for (String text : texts) {
            ADMIN.post(DEVICES, Map.of("name", text, "code", "SUM" + text.charAt(text.length() - 1)))
                    .good();
        }
        String query = "$filter=" + URLEncoder.encode("startswith(code,'SUM')", StandardCharsets.UTF_8)
                + "&$orderby=code%20desc";
        JsonNode chosen = exported(Map.of("object", OBJECT, "query", query + "&columns=code,site.name"));
        assertThat(file(chosen)).startsWith("\uFEFFCode,Site / Name\r\nSUM6,\r\n");
        ADMIN.post("/api/exports", Map.of("object", OBJECT, "query", "columns=code,nothing"))
                .refused(400, "web.export-column-unknown");
        JsonNode done = exported(Map.of("object", OBJECT, "query", query, "technicalNames", true));
        assertThat(done.get("state").asString()).as(done.toString()).isEqualTo("DONE");
        assertThat(done.get("total").asInt()).isEqualTo(6);
        String csv = file(done);
        assertThat(csv)
                .contains("'=Sum 1", "'+Sum 2", "'-Sum 3", "'@Sum 4", "''=Sum 5")
                .doesNotContain(",=", ",+", ",@");
        assertThat(csv.indexOf("Sum 6")).isBetween(0, csv.indexOf("Sum 1"));
        byte[] back = csv.replace("SUM", "BACK").getBytes(StandardCharsets.UTF_8);
        String[] titles =
                csv.lines().findFirst().orElseThrow().replace("\uFEFF", "").split(",");
        Map<String, String> mapping = new java.util.HashMap<>();
        for (String title : titles) {
            mapping.put(title, Set.of("name", "code").contains(title) ? title : "");
        }
        JsonNode again = imported(back, Map.of("mapping", mapping));
        assertThat(again.get("created").asInt()).as(again.toString()).isEqualTo(6);
        JsonNode rows = ADMIN.query(DEVICES, "$filter", "startswith(code,'BACK')", "$orderby", "code")
                .good()
                .get("value");
        assertThat(rows.valueStream().map(row -> row.get("name").asString())).containsExactlyElementsOf(texts);
        JsonNode workbook = exported(Map.of("object", OBJECT, "query", query, "format", "XLSX", "fileName", "Geräte"));
        assertThat(workbook.get("fileName").asString()).isEqualTo("Geräte.xlsx");
        assertThat(file(workbook)).startsWith("PK");
    }

    @Test
    void anExportHoldsWhatItsPersonMayReadAndIsGivenToNobodyElse() {
        ADMIN.post(DEVICES, Map.of("name", "Own fresh", "state", "fresh", "price", 87654321))
                .good();
        ADMIN.post(DEVICES, Map.of("name", "Own worn", "price", 78)).good();
        Http watcher = Plant.watcher();
        JsonNode job = watcher.post("/api/exports", Map.of("object", OBJECT, "query", "$filter=startswith(name,'Own')"))
                .good();
        String address = "/api/exports/" + job.get("id").asString();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!watcher.get(address).good().get("state").asString().equals("DONE")) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
        assertThat(watcher.get(address + "/file").body())
                .contains("Own fresh")
                .doesNotContain("Own worn", "87654321", "Price");
        ADMIN.get(address + "/file").refused(404, "automation.unknown-export");
        ADMIN.get(address).refused(404, "automation.unknown-export");
        watcher.post("/api/exports", Map.of("object", OBJECT, "query", "$filter=price gt 1".replace(" ", "%20")))
                .refused(400, "records.unknown-field");
        watcher.post("/api/exports", Map.of("object", OBJECT, "query", "$top=5"))
                .refused(501, "web.odata-not-supported");
        watcher.post(address + "/cancel", Map.of()).good();
        watcher.get(address + "/file").refused(400, "automation.export-not-ready");
        assertThat(watcher.get("/api/notifications").good().toString()).contains("export.ready");
    }
}
