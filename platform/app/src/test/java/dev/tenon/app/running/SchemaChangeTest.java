package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Changes of a large table and the history of the model over HTTP. */
class SchemaChangeTest {

    private static final String CHANGES = "/api/admin/metadata/changes";
    private static final String RUNNING = "/api/admin/metadata/schema-changes";
    private static final String HISTORY = "/api/admin/metadata/history";
    private static final Http ADMIN = Plant.administrator();

    private static Map<String, Object> add(String element, Map<String, Object> properties) {
        return Map.of("op", "add", "element", element, "properties", properties);
    }

    private static Http.Answer publish(Map<String, Object> change) {
        return ADMIN.post(CHANGES, Map.of("changes", List.of(change)));
    }

    private static void makeObject(String name) {
        ADMIN.post(
                        CHANGES,
                        Map.of(
                                "changes",
                                List.of(
                                        add(
                                                "object:c__" + name,
                                                Map.of("label", name, "pluralLabel", name, "titleField", "name")),
                                        add(
                                                "field:c__" + name + "/name",
                                                Map.of("type", "text", "label", "Name", "maxLength", 80)),
                                        add(
                                                "objectPermission:plant__operator/c__" + name,
                                                Map.of(
                                                        "create",
                                                        true,
                                                        "read",
                                                        true,
                                                        "edit",
                                                        true,
                                                        "delete",
                                                        true,
                                                        "scope",
                                                        "all",
                                                        "editScope",
                                                        "all",
                                                        "fieldDefault",
                                                        "edit")))))
                .good();
    }

    private static JsonNode ended(String id) throws InterruptedException {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        while (true) {
            JsonNode change = ADMIN.get(RUNNING + "/" + id).good();
            if (!change.get("state").asString().equals("RUNNING")
                    || Instant.now().isAfter(deadline)) {
                return change;
            }
            Thread.sleep(20);
        }
    }

    @Test
    void aLargeTableIsChangedInTheBackground() throws InterruptedException {
        makeObject("Big");
        List<Map<String, Object>> requests = new ArrayList<>();
        for (int i = 0; i <= Plant.ONLINE_ROWS; i++) {
            requests.add(Map.of(
                    "id",
                    "r" + i,
                    "method",
                    "post",
                    "url",
                    "c__Big",
                    "headers",
                    Map.of("content-type", "application/json"),
                    "body",
                    Map.of("name", "row " + i)));
        }
        for (int from = 0; from < requests.size(); from += 100) {
            ADMIN.post(
                            "/odata/$batch",
                            Map.of("requests", requests.subList(from, Math.min(from + 100, requests.size()))))
                    .good();
        }

        Http.Answer answer =
                publish(Map.of("op", "set", "element", "field:c__Big/name", "property", "unique", "value", true));

        assertThat(answer.status()).isEqualTo(202);
        JsonNode change = ended(answer.good().get("schemaChange").asString());
        assertThat(change.get("state").asString()).isEqualTo("DONE");
        assertThat(change.get("by").get("name").asString()).isEqualTo("admin");
        assertThat(change.get("object").asString()).isEqualTo("c__Big");
        assertThat(change.get("done").asLong())
                .isPositive()
                .isEqualTo(change.get("total").asLong());
        ADMIN.post("/odata/c__Big", Map.of("name", "row 1")).refused(409, "records.duplicate");
        assertThat(ADMIN.query("/odata/c__Big", "$count", "true", "$top", "1")
                        .good()
                        .get("@odata.count")
                        .asInt())
                .isEqualTo(Plant.ONLINE_ROWS + 1);
        assertThat(ADMIN.get(RUNNING).good().valueStream().map(c -> c.get("id").asString()))
                .contains(change.get("id").asString());
        ADMIN.post(RUNNING + "/" + change.get("id").asString() + "/cancel", Map.of())
                .refused(409, "tenancy.schema-change-decided");
        ADMIN.get(RUNNING + "/00000000-0000-0000-0000-000000000001").refused(404, "tenancy.unknown-schema-change");
        Plant.watcher().get(RUNNING).refused(403, "web.permission-needed");
    }

    @Test
    void anUndoneDeletionBringsTheFieldBackWithItsData() {
        makeObject("Kept");
        publish(add("field:c__Kept/grade", Map.of("type", "text", "label", "Grade", "maxLength", 10)))
                .good();
        String id = ADMIN.post("/odata/c__Kept", Map.of("name", "a", "grade", "A1"))
                .good()
                .get("id")
                .asString();
        long removed = publish(Map.of("op", "remove", "element", "field:c__Kept/grade"))
                .good()
                .get("modelVersion")
                .asLong();
        assertThat(ADMIN.get("/odata/c__Kept(" + id + ")").good().has("grade")).isFalse();
        long renamed = publish(
                        Map.of("op", "set", "element", "field:c__Kept/name", "property", "label", "value", "Renamed"))
                .good()
                .get("modelVersion")
                .asLong();

        ADMIN.post(HISTORY + "/" + removed + "/undo", Map.of("dryRun", true)).good();
        assertThat(ADMIN.get("/odata/c__Kept(" + id + ")").good().has("grade")).isFalse();
        ADMIN.post(HISTORY + "/" + removed + "/undo", Map.of("comment", "it was needed"))
                .good();

        assertThat(ADMIN.get("/odata/c__Kept(" + id + ")").good().get("grade").asString())
                .isEqualTo("A1");
        JsonNode entry = ADMIN.query(HISTORY, "limit", "1").good().get(0);
        assertThat(entry.get("kind").asString()).isEqualTo("UNDONE");
        assertThat(entry.get("by").get("name").asString()).isEqualTo("admin");
        assertThat(entry.get("comment").asString()).isEqualTo("it was needed");
        assertThat(entry.get("changes").valueStream().map(JsonNode::asString))
                .containsExactly("undo " + removed, "add field:c__Kept/grade");
        publish(Map.of("op", "set", "element", "field:c__Kept/name", "property", "label", "value", "Again"))
                .good();
        JsonNode blocked =
                ADMIN.post(HISTORY + "/" + renamed + "/undo", Map.of()).refused(409, "tenancy.undo-blocked");
        assertThat(blocked.get("errors").get(0).get("code").asString()).isEqualTo("tenancy.undo-changed-since");
        ADMIN.post(HISTORY + "/1/undo", Map.of()).refused(400, "tenancy.nothing-to-undo");
        ADMIN.post(HISTORY + "/99999/undo", Map.of()).refused(404, "tenancy.unknown-version");
        Plant.watcher().post(HISTORY + "/" + renamed + "/undo", Map.of()).refused(403, "web.permission-needed");
    }

    @Test
    void aRetypeListsWhatWouldBeLostBeforeAnythingHappens() {
        makeObject("Typed");
        publish(add("field:c__Typed/code", Map.of("type", "text", "label", "Code", "maxLength", 40)))
                .good();
        String seven = ADMIN.post("/odata/c__Typed", Map.of("name", "a", "code", "7"))
                .good()
                .get("id")
                .asString();
        String word = ADMIN.post("/odata/c__Typed", Map.of("name", "b", "code", "none"))
                .good()
                .get("id")
                .asString();
        List<Map<String, Object>> changes = List.of(
                Map.of("op", "reset", "element", "field:c__Typed/code", "property", "maxLength"),
                Map.of("op", "set", "element", "field:c__Typed/code", "property", "type", "value", "integer"));

        JsonNode refused = ADMIN.post(CHANGES, Map.of("changes", changes)).refused(422, "tenancy.model-refused");
        assertThat(refused.get("errors").get(0).get("code").asString()).isEqualTo("store.values-would-be-lost");
        JsonNode preview =
                ADMIN.post(CHANGES + "/losses", Map.of("changes", changes)).good();
        JsonNode loss = preview.get("losses").get(0);
        assertThat(loss.get("kind").asString()).isEqualTo("EMPTIED");
        assertThat(loss.get("count").asInt()).isEqualTo(1);
        assertThat(loss.get("records").get(0).get("id").asString()).isEqualTo(word);
        assertThat(loss.get("records").get(0).get("value").asString()).isEqualTo("none");
        Plant.watcher().post(CHANGES + "/losses", Map.of("changes", changes)).refused(403, "web.permission-needed");
        ADMIN.patch("/odata/c__Typed(" + word + ")", "*", Map.of("code", "other"))
                .good();
        ADMIN.post(
                        CHANGES,
                        Map.of(
                                "changes",
                                changes,
                                "confirm",
                                preview.get("digest").asString()))
                .refused(422, "tenancy.model-refused");
        String digest = ADMIN.post(CHANGES + "/losses", Map.of("changes", changes))
                .good()
                .get("digest")
                .asString();
        long version = ADMIN.post(CHANGES, Map.of("changes", changes, "confirm", digest))
                .good()
                .get("modelVersion")
                .asLong();

        assertThat(ADMIN.get("/odata/c__Typed(" + seven + ")")
                        .good()
                        .get("code")
                        .asLong())
                .isEqualTo(7);
        assertThat(ADMIN.get("/odata/c__Typed(" + word + ")").good().get("code").isNull())
                .isTrue();
        assertThat(ADMIN.get("/api/admin/metadata/kept-data").good().valueStream())
                .anySatisfy(kept -> {
                    assertThat(kept.get("element").asString()).isEqualTo("field:c__Typed/code");
                    assertThat(kept.get("version").asLong()).isEqualTo(version);
                    assertThat(kept.get("retyped").asBoolean()).isTrue();
                    assertThat(kept.get("purgedAt").isNull()).isTrue();
                });
        Plant.watcher().get("/api/admin/metadata/kept-data").refused(403, "web.permission-needed");
        assertThat(ADMIN.get(HISTORY + "/" + version + "/losses")
                        .good()
                        .get("losses")
                        .isEmpty())
                .isTrue();
        ADMIN.post(HISTORY + "/" + version + "/undo", Map.of()).good();
        assertThat(ADMIN.get("/odata/c__Typed(" + word + ")").good().get("code").asString())
                .isEqualTo("other");
    }
}
