package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Deleted records over HTTP: seen and brought back by who has deleted them, and by administrators. */
class RecycleBinTest {

    private static final String BIN = "/api/recycle-bin";
    private static final Http ADMIN = Plant.administrator();
    private static final Http WORKER = Plant.worker("plant");
    private static final Http WATCHER = Plant.watcher();

    private static String device(String name, Map<String, Object> more) {
        Map<String, Object> values = new java.util.HashMap<>(more);
        values.put("name", name);
        return ADMIN.post(Plant.DEVICES, values).good().get("id").asString();
    }

    private static void delete(Http who, String id) {
        who.delete(Plant.DEVICES + "(" + id + ")").good();
    }

    private static List<String> listed(Http who, String... parameters) {
        return who.query(BIN, parameters)
                .good()
                .get("items")
                .valueStream()
                .map(entry -> entry.get("id").asString())
                .toList();
    }

    @Test
    void aDeletedRecordIsListedShownAndBroughtBack() {
        String site = ADMIN.post(Plant.SITES, Map.of("name", "Bin site"))
                .good()
                .get("id")
                .asString();
        String id = device("Bin a", Map.of("site_id", site, "price", 5, "state", "fresh", "code", "BIN-A"));
        ADMIN.upload("/api/records/plant__Device/" + id + "/attachments", "a.txt", "a".getBytes(StandardCharsets.UTF_8))
                .good();
        delete(WORKER, id);

        JsonNode entry =
                WORKER.query(BIN, "object", "plant__Device").good().get("items").get(0);
        assertThat(entry.get("id").asString()).isEqualTo(id);
        assertThat(entry.get("title").asString()).isEqualTo("Bin a");
        assertThat(entry.get("objectLabel").asString()).isEqualTo("Device");
        assertThat(entry.get("by").get("name").asString()).isEqualTo("worker");
        assertThat(entry.get("through").asString()).isEqualTo("API");
        JsonNode record = WORKER.get(BIN + "/" + id).good().get("records").get(0);
        assertThat(record.get("title").asString()).isEqualTo("Bin a");
        Map<String, String> shown = new java.util.HashMap<>();
        record.get("values")
                .forEach(value -> shown.put(
                        value.get("field").asString(),
                        value.has("title")
                                ? value.get("title").asString()
                                : value.get("value").asString()));
        assertThat(shown).containsKey("price").containsEntry("site", "Bin site").containsEntry("state", "fresh");

        JsonNode restored = WORKER.post(BIN + "/" + id + "/restore", Map.of()).good();
        assertThat(restored.get("losses")).isEmpty();
        JsonNode back = ADMIN.get(Plant.DEVICES + "(" + id + ")").good();
        assertThat(back.get("code").asString()).isEqualTo("BIN-A");
        assertThat(ADMIN.get("/api/records/plant__Device/" + id + "/attachments")
                        .good())
                .hasSize(1);
        assertThat(ADMIN.get("/api/records/plant__Device/" + id + "/history")
                        .good()
                        .get(0)
                        .get("kind")
                        .asString())
                .isEqualTo("RESTORED");
        WORKER.get(BIN + "/" + id).refused(404, "records.deletion-not-found");
    }

    @Test
    void othersSeeNothingOfItAndAdministratorsSeeAll() {
        String id = device("Bin b", Map.of("price", 7));
        delete(ADMIN, id);

        assertThat(listed(WORKER)).doesNotContain(id);
        assertThat(listed(WATCHER)).isEmpty();
        for (Http other : List.of(WORKER, WATCHER)) {
            other.get(BIN + "/" + id).refused(404, "records.deletion-not-found");
            other.post(BIN + "/" + id + "/restore", Map.of()).refused(404, "records.deletion-not-found");
            other.delete(BIN + "/" + id).refused(404, "records.deletion-not-found");
        }
        String byWorker = device("Bin c", Map.of());
        delete(WORKER, byWorker);
        assertThat(listed(ADMIN, "object", "plant__Device", "limit", "100")).contains(id, byWorker);
        ADMIN.delete(BIN + "/" + byWorker).good();
        WORKER.get(BIN + "/" + byWorker).refused(404, "records.deletion-not-found");
        assertThat(ADMIN.get("/api/me").good().get("system").valueStream().map(JsonNode::asString))
                .contains("manageRecycleBin");
    }

    @Test
    void whatIsInTheWayIsTold() {
        String id = device("Bin d", Map.of("code", "BIN-D"));
        delete(WORKER, id);
        device("Bin e", Map.of("code", "BIN-D"));

        JsonNode problem = WORKER.post(BIN + "/" + id + "/restore", Map.of()).refused(409, "records.duplicate");

        assertThat(problem.get("errors").get(0).get("pointer").asString()).isEqualTo("/code");
        assertThat(listed(WORKER)).contains(id);
    }

    @Test
    void theListIsReadPageByPage() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(device("Bin page " + i, Map.of()));
            delete(WORKER, all.get(i));
        }
        JsonNode first = WORKER.query(BIN, "limit", "2").good();
        assertThat(first.get("items").get(0).get("id").asString()).isEqualTo(all.get(2));
        List<String> second =
                listed(WORKER, "limit", "2", "cursor", first.get("next").asString());
        assertThat(second).startsWith(all.getFirst());
    }

    @Test
    void badInputIsNamed() {
        WORKER.query(BIN, "limit", "0").refused(400, "web.parameter-malformed");
        WORKER.query(BIN, "limit", "many").refused(400, "web.parameter-malformed");
        WORKER.query(BIN, "cursor", "x").refused(400, "web.parameter-malformed");
        WORKER.query(BIN, "cursor", "2026-01-01T00:00:00Z~x").refused(400, "web.parameter-malformed");
        WORKER.query(BIN, "object", "plant__Nothing").refused(404, "records.unknown-object");
        WORKER.get(BIN + "/x").refused(400, "web.parameter-malformed");
        WORKER.get(BIN + "/" + UUID.randomUUID()).refused(404, "records.deletion-not-found");
    }
}
