package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Fields that a record's values show, demand and lock: told to forms, enforced on every save, customized live. */
class FieldConditionTest {

    private static final String REPAIRS = "/odata/plant__Repair";
    private static final String FORM = "/api/objects/plant__Repair/form-state";
    private static final String CHANGES = "/api/admin/metadata/changes";

    private final Http http = Plant.administrator();

    private static Map<String, @Nullable Object> values(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return values;
    }

    private static JsonNode form(Http who, @Nullable String id, @Nullable Object... typed) {
        return who.post(FORM, values("id", id, "values", values(typed))).good();
    }

    private static String states(JsonNode form, String field) {
        JsonNode state = form.get(field);
        return (state.get("visible").asBoolean() ? "shown " : "hidden ")
                + (state.get("required").asBoolean() ? "required " : "optional ")
                + (state.get("readOnly").asBoolean() ? "locked" : "open");
    }

    private String repair(String title) {
        return http.post(REPAIRS, values("title", title)).good().get("id").asString();
    }

    private Http.Answer change(String id, @Nullable Object... changes) {
        return http.patch(REPAIRS + "(" + id + ")", "*", values(changes));
    }

    private static String rights(Http who, String id) {
        return who.get("/api/records/plant__Repair/" + id + "/access")
                .good()
                .get("can")
                .toString();
    }

    private static void refusedAt(Http.Answer answer, int status, String code, String pointer) {
        assertThat(answer.refused(status, code)
                        .get("errors")
                        .get(0)
                        .get("pointer")
                        .asString())
                .isEqualTo(pointer);
    }

    @Test
    void aFormIsToldWhatToShowDemandAndLock() {
        assertThat(states(form(http, null), "reason")).isEqualTo("hidden optional open");
        assertThat(states(form(http, null, "state", "refused"), "reason")).isEqualTo("shown required open");
        assertThat(states(form(http, null, "state", "done"), "cost")).isEqualTo("shown optional locked");
        assertThat(form(http, null).get("state").get("byDefault").asString()).isEqualTo("open");
        assertThat(form(http, null, "state", "open").get("state").has("byDefault"))
                .isFalse();
        String id = repair("Form");
        assertThat(form(http, id).has("state"))
                .as("only a new record has defaults")
                .isFalse();
        assertThat(states(form(http, id, "state", "done"), "cost"))
                .as("locked from the next change on")
                .isEqualTo("shown optional open");
        http.post(FORM, values("id", null, "values", values("stat", "done"))).refused(400, "records.unknown-field");
        http.post(FORM, values("id", "0190a000-0000-7000-8000-00000000000a", "values", Map.of()))
                .refused(404, "records.not-found");
        http.post(FORM, values("record", id)).refused(400, "web.malformed-body");
    }

    @Test
    void everySaveKeepsToThem() {
        String id = repair("Save");
        refusedAt(change(id, "state", "refused"), 400, "records.field-required", "/reason");
        change(id, "state", "done", "cost", 12.5).good();
        refusedAt(change(id, "cost", 13), 409, "records.field-read-only", "/cost");
        assertThat(states(form(http, id), "cost")).isEqualTo("shown optional locked");
        change(id, "state", "refused", "reason", "too old").good();
        assertThat(change(id, "state", "open").good().get("reason").asString()).isEqualTo("too old");
    }

    @Test
    void aConditionLooksAtMoreThanItsReaderWhoLearnsNothingButTheForm() {
        String device = http.post(Plant.DEVICES, values("name", "Dear", "state", "fresh", "price", 200))
                .good()
                .get("id")
                .asString();
        refusedAt(
                http.post(REPAIRS, values("title", "Dear", "device_id", device)),
                400,
                "records.field-required",
                "/approval");
        String id = http.post(REPAIRS, values("title", "Dear", "device_id", device, "approval", "yes"))
                .good()
                .get("id")
                .asString();

        Http watcher = Plant.watcher();
        JsonNode told = form(watcher, id);
        assertThat(told.has("cost")).isFalse();
        assertThat(states(told, "approval")).isEqualTo("shown required open");
        watcher.post(FORM, values("id", id, "values", values("state", "done"))).refused(403, "records.not-allowed");
        watcher.post(FORM, values("values", Map.of())).refused(403, "records.not-allowed");
        assertThat(rights(watcher, id)).isEqualTo("{\"edit\":false,\"delete\":false}");
        assertThat(rights(http, id)).isEqualTo("{\"edit\":true,\"delete\":true}");
        JsonNode described = watcher.get("/api/objects/plant__Repair").good();
        assertThat(described.toString()).doesNotContain("device.price").doesNotContain("cost");
    }

    @Test
    void aStatusFollowsItsModelAndIsDescribedWithIt() {
        String id = repair("Status");
        change(id, "state", "done").good();
        JsonNode told = change(id, "state", "open").refused(409, "records.transition-not-allowed");
        assertThat(told.get("detail").asString())
                .isEqualTo("State cannot go from Done to Open. It can become: Refused.");
        assertThat(told.get("errors").get(0).get("pointer").asString()).isEqualTo("/state");
        refusedAt(
                http.post(REPAIRS, values("title", "Status", "state", "done")),
                400,
                "records.initial-not-allowed",
                "/state");

        JsonNode state = http.get("/api/objects/plant__Repair")
                .good()
                .get("fields")
                .valueStream()
                .filter(field -> field.get("name").asString().equals("state"))
                .findFirst()
                .orElseThrow();
        assertThat(state.get("transitions").get("done").toString()).isEqualTo("[\"refused\"]");
        assertThat(state.get("initial").toString()).isEqualTo("[\"open\"]");
    }

    @Test
    void aCustomerAddsAStatusAndTheWayToIt() {
        String field = "field:plant__Repair/state";
        List<Map<String, Object>> changes = List.of(
                Map.of(
                        "op",
                        "add",
                        "element",
                        "value:plant__Repair/state/c__sent",
                        "properties",
                        Map.of("label", "Sent")),
                Map.of(
                        "op",
                        "set",
                        "element",
                        field,
                        "property",
                        "transitions.done",
                        "value",
                        Map.of("add", List.of("c__sent"))));
        http.post(CHANGES, Map.of("changes", changes)).good();
        try {
            String id = repair("Sent");
            change(id, "state", "done").good();
            change(id, "state", "c__sent").good();
            change(id, "state", "open").refused(409, "records.transition-not-allowed");
            assertThat(property(field, "transitions.done").get("layer").asString())
                    .isEqualTo("custom");
        } finally {
            http.post(
                            CHANGES,
                            Map.of(
                                    "changes",
                                    List.of(Map.of("op", "reset", "element", field, "property", "transitions.done"))))
                    .good();
        }
    }

    @Test
    void theDescriptionTellsWhichFieldsDependOnTheRecord() {
        Map<String, List<String>> when = new LinkedHashMap<>();
        http.get("/api/objects/plant__Repair")
                .good()
                .get("fields")
                .valueStream()
                .filter(field -> !field.get("when").isEmpty())
                .forEach(field -> when.put(
                        field.get("name").asString(),
                        field.get("when").valueStream().map(JsonNode::asString).toList()));

        assertThat(when)
                .containsEntry("reason", List.of("visible", "required"))
                .containsEntry("cost", List.of("readOnly"))
                .containsEntry("approval", List.of("required"))
                .doesNotContainKey("title");
    }

    @Test
    void aCustomerChangesThemLiveAndTheExportKeepsThem() {
        String field = "field:plant__Repair/c__note";
        http.post(CHANGES, Map.of("changes", List.of(add(field, "visibleWhen", "statee == 'done'"))))
                .refused(422, "tenancy.model-refused");
        http.post(
                        CHANGES,
                        Map.of(
                                "changes",
                                List.of(
                                        add(field, "visibleWhen", "state == 'done'"),
                                        Map.of(
                                                "op",
                                                "set",
                                                "element",
                                                "field:plant__Repair/title",
                                                "property",
                                                "readOnlyWhen",
                                                "value",
                                                "title == 'sealed'"))))
                .good();
        try {
            assertThat(states(form(http, null, "state", "done"), "c__note")).isEqualTo("shown optional open");
            assertThat(states(form(http, null), "c__note")).isEqualTo("hidden optional open");
            refusedAt(change(repair("sealed"), "title", "other"), 409, "records.field-read-only", "/title");
            assertThat(property("field:plant__Repair/title", "readOnlyWhen")
                            .get("layer")
                            .asString())
                    .isEqualTo("custom");
            assertThat(property("field:plant__Repair/title", "visibleWhen")
                            .get("changeable")
                            .asBoolean())
                    .as("can be set although nobody has set it yet")
                    .isTrue();
        } finally {
            http.post(
                            CHANGES,
                            Map.of(
                                    "changes",
                                    List.of(
                                            Map.of("op", "remove", "element", field),
                                            Map.of(
                                                    "op",
                                                    "reset",
                                                    "element",
                                                    "field:plant__Repair/title",
                                                    "property",
                                                    "readOnlyWhen"))))
                    .good();
        }
    }

    private static Map<String, Object> add(String field, String condition, String text) {
        return Map.of(
                "op", "add", "element", field, "properties", Map.of("type", "text", "label", "Note", condition, text));
    }

    private JsonNode property(String element, String name) {
        return http.get("/api/admin/objects/plant__Repair")
                .good()
                .get("elements")
                .valueStream()
                .filter(e -> e.get("key").asString().equals(element))
                .flatMap(e -> e.get("properties").valueStream())
                .filter(p -> p.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
