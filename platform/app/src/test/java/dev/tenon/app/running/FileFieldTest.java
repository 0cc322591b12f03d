package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Files and images as values of fields, over HTTP: uploaded, saved, read, found, changed, kept from others. */
class FileFieldTest {

    private static final String MANUALS = "/odata/plant__Manual";
    private static final String DOCUMENTS = "/api/files/plant__Manual/document";
    private static final String COVERS = "/api/files/plant__Manual/cover";
    private static final Http WORKER = Plant.administrator();

    private static byte[] pdf(String text) {
        return ("%PDF-1.7\n" + text).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] png(int width, int height) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String manual(Map<String, ?> values) {
        return WORKER.post(MANUALS, values).good().get("id").asString();
    }

    private static String address(String id) {
        return MANUALS + "(" + id + ")";
    }

    @Test
    void anUploadBecomesTheValueOfOneRecord() {
        JsonNode file = WORKER.upload(DOCUMENTS, "手册 1.pdf", pdf("one")).good();
        assertThat(file.get("type").asString()).isEqualTo("application/pdf");
        JsonNode saved =
                WORKER.post(MANUALS, Map.of("title", "One", "document", file)).good();
        assertThat(saved.get("document")).isEqualTo(file);
        assertThat(saved.get("document").get("href").asString())
                .isEqualTo("/api/files/" + file.get("id").asString());
        assertThat(saved.get("cover").isNull()).isTrue();
        JsonNode again = WORKER.patch(
                        address(saved.get("id").asString()), "*", Map.of("title", "Renamed", "document", file))
                .good();
        assertThat(again.get("document")).isEqualTo(file);
        WORKER.post(MANUALS, Map.of("title", "Two", "document", file)).refused(400, "records.file-not-uploaded");
        WORKER.post(MANUALS, Map.of("title", "Two", "document", "x")).refused(400, "records.type-mismatch");
        WORKER.post(MANUALS, Map.of("title", "Two", "document", Map.of("name", "a.pdf")))
                .refused(400, "records.type-mismatch");
        assertThat(WORKER.patch(
                                address(saved.get("id").asString()),
                                "*",
                                java.util.Collections.singletonMap("document", null))
                        .good()
                        .get("document")
                        .isNull())
                .isTrue();
    }

    @Test
    void badUploadsAreRefusedWithWhatToDo() {
        assertThat(WORKER.upload(DOCUMENTS, "a.pdf", png(3, 2))
                        .refused(400, "records.file-type-not-accepted")
                        .get("detail")
                        .asString())
                .isEqualTo("Document does not take files of the type image/png. Choose one of: application/pdf.");
        WORKER.upload(DOCUMENTS, "a.pdf", pdf("x".repeat(1000))).refused(413, "store.file-too-large");
        WORKER.upload(COVERS, "a.png", png(101, 2)).refused(400, "records.image-too-large");
        WORKER.upload(COVERS, "a.png", pdf("no image")).refused(400, "records.not-an-image");
        WORKER.upload("/api/files/plant__Manual/title", "a.png", png(3, 2)).refused(400, "records.not-a-file-field");
        WORKER.upload("/api/files/plant__Manual/nothing", "a.png", png(3, 2)).refused(400, "records.unknown-field");
        WORKER.upload("/api/files/plant__Nothing/title", "a.png", png(3, 2)).refused(404, "records.unknown-object");
        Plant.watcher().upload(DOCUMENTS, "a.pdf", pdf("")).refused(403, "records.field-not-editable");
        Plant.watcher().upload(COVERS, "a.png", png(3, 2)).refused(400, "records.unknown-field");
    }

    @Test
    void aFileIsHandedOutToThoseWhoMayReadItsField() {
        JsonNode document = WORKER.upload(DOCUMENTS, "a.pdf", pdf("rights")).good();
        JsonNode cover = WORKER.upload(COVERS, "a.png", png(3, 2)).good();
        assertThat(cover.get("width").asInt()).isEqualTo(3);
        Plant.watcher().get(document.get("href").asString()).refused(404, "web.not-found");
        String id = manual(Map.of("title", "Rights", "document", document, "cover", cover));
        Http.Answer answer = WORKER.get(document.get("href").asString());
        assertThat(answer.body()).isEqualTo(new String(pdf("rights"), StandardCharsets.ISO_8859_1));
        assertThat(answer.header("Content-Disposition")).startsWith("attachment");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("ETag")).isNotEmpty();
        assertThat(Plant.watcher().get(document.get("href").asString()).body()).isEqualTo(answer.body());
        Plant.watcher().get(cover.get("href").asString()).refused(404, "web.not-found");
        WORKER.patch(address(id), "*", Map.of("title", "secret")).good();
        Plant.watcher().get(document.get("href").asString()).refused(404, "web.not-found");
        Plant.watcher().get("/api/files/0190a000-0000-7000-8000-00000000000a").refused(404, "web.not-found");
    }

    @Test
    void filesAreSelectedAskedForAndExportedByName() {
        JsonNode document = WORKER.upload(DOCUMENTS, "list.pdf", pdf("list")).good();
        String with = manual(Map.of("title", "List with", "document", document));
        String without = manual(Map.of("title", "List without"));
        List<String> found = WORKER.query(
                        MANUALS, "$filter", "startswith(title,'List') and document ne null", "$select", "document")
                .good()
                .get("value")
                .valueStream()
                .map(row -> row.get("document").get("name").asString())
                .toList();
        assertThat(found).containsExactly("list.pdf");
        WORKER.query(MANUALS, "$filter", "document/name eq 'list.pdf'").refused(501, "web.odata-not-supported");
        WORKER.query(MANUALS, "$orderby", "document desc").refused(501, "web.odata-not-supported");
        WORKER.query(MANUALS, "$apply", "groupby((document))").refused(501, "web.odata-not-supported");
        assertThat(WORKER.query("/api/export/plant__Manual.csv", "$filter", "startswith(title,'List')")
                        .body())
                .contains("list.pdf");
        assertThat(WORKER.get("/odata/$metadata").body())
                .contains("<ComplexType Name=\"File\">")
                .contains("Name=\"document\" Type=\"Tenon.File\"");
        assertThat(WORKER.get("/api/openapi.json").good().at("/components/schemas/plant__Manual/properties/document"))
                .isNotEmpty();
        assertThat(List.of(with, without)).doesNotHaveDuplicates();
    }

    @Test
    void historyAndRecycleBinTellNamesAndARestoredRecordHasItsFile() {
        JsonNode first = WORKER.upload(DOCUMENTS, "first.pdf", pdf("first")).good();
        JsonNode second = WORKER.upload(DOCUMENTS, "second.pdf", pdf("second")).good();
        String id = manual(Map.of("title", "History", "document", first));
        WORKER.patch(address(id), "*", Map.of("document", second)).good();
        JsonNode change = WORKER.get("/api/records/plant__Manual/" + id + "/history")
                .good()
                .get(0)
                .get("changes")
                .get(0);
        assertThat(change.get("old").asString()).isEqualTo("first.pdf");
        assertThat(change.get("new").asString()).isEqualTo("second.pdf");
        WORKER.delete(address(id)).good();
        assertThat(WORKER.get("/api/recycle-bin/" + id).good().get("records").toString())
                .contains("\"title\":\"second.pdf\"");
        WORKER.get(second.get("href").asString()).refused(404, "web.not-found");
        WORKER.post("/api/recycle-bin/" + id + "/restore", Map.of()).good();
        assertThat(WORKER.get(address(id)).good().get("document")).isEqualTo(second);
        assertThat(WORKER.get(second.get("href").asString()).body()).endsWith("second");
    }
}
