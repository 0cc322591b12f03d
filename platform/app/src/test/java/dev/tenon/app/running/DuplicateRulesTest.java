package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Duplicate rules that an administrator adds live, over the data API. */
class DuplicateRulesTest {

    private static final String PEOPLE = "/odata/c__Person";
    private static final Http HTTP = Plant.administrator();

    private static Map<String, @Nullable Object> add(String element, @Nullable Object... properties) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            values.put(String.valueOf(properties[i]), properties[i + 1]);
        }
        return Map.of("op", "add", "element", element, "properties", values);
    }

    @BeforeAll
    static void makeTheRules() {
        HTTP.post(
                        "/api/admin/metadata/changes",
                        Map.of(
                                "changes",
                                List.of(
                                        add("object:c__Person", "label", "Person"),
                                        add("field:c__Person/name", "type", "text", "label", "Name"),
                                        add("field:c__Person/mail", "type", "text", "label", "Mail", "format", "email"),
                                        add(
                                                "duplicateRule:c__Person/sameMail",
                                                "match",
                                                List.of(Map.of("mail", "normalized")),
                                                "message",
                                                "This address is known.",
                                                "message@zh-CN",
                                                "该邮箱已存在。",
                                                "action",
                                                "block"),
                                        add(
                                                "duplicateRule:c__Person/sameName",
                                                "match",
                                                List.of(Map.of("name", Map.of("fuzzy", 90))),
                                                "message",
                                                "There is a similar name."),
                                        add(
                                                "objectPermission:plant__operator/c__Person",
                                                "create",
                                                true,
                                                "read",
                                                true,
                                                "edit",
                                                true,
                                                "scope",
                                                "all",
                                                "fieldDefault",
                                                "edit"))))
                .good();
    }

    @Test
    void aBlockedSaveTellsWhatItFound() {
        JsonNode first = HTTP.post(PEOPLE, Map.of("name", "Ada Byron", "mail", "ada@example.com"))
                .good();

        JsonNode problem =
                HTTP.post(PEOPLE, Map.of("mail", "ADA@example.com")).refused(409, "records.duplicates-blocked");

        assertThat(problem.get("args").get("rules").asString()).isEqualTo("sameMail");
        assertThat(problem.get("detail").asString()).startsWith("This address is known.");
        JsonNode found = problem.get("errors").get(0).get("args");
        assertThat(found.get("id").asString()).isEqualTo(first.get("id").asString());
        assertThat(found.get("title").asString()).isEqualTo("Ada Byron");
    }

    @Test
    void aWarningIsConfirmedByAHeaderAlsoInABatchAndStaysInTheHistory() {
        HTTP.post(PEOPLE, Map.of("name", "Grace Hopper")).good();
        Map<String, Object> same = Map.of("name", "Hopper, Grace");
        JsonNode asked = HTTP.post(PEOPLE, same).refused(409, "records.duplicates-to-confirm");

        String rules = asked.get("args").get("rules").asString();
        JsonNode kept =
                HTTP.post(PEOPLE, same, Map.of("Tenon-Allow-Duplicates", rules)).good();
        JsonNode batch = HTTP.post(
                        "/odata/$batch",
                        Map.of(
                                "requests",
                                List.of(part("1", Map.of()), part("2", Map.of("tenon-allow-duplicates", "*")))))
                .good();

        assertThat(rules).isEqualTo("sameName");
        assertThat(batch.get("responses").valueStream().map(r -> r.get("status").asInt()))
                .containsExactly(409, 201);
        JsonNode history = HTTP.get("/api/records/c__Person/" + kept.get("id").asString() + "/history")
                .good();
        assertThat(history.valueStream()
                        .filter(save -> save.get("kind").asString().equals("CONFIRMED"))
                        .map(save -> save.get("rules").asString()))
                .containsExactly("sameName");
    }

    @Test
    void aRecordTellsWhatIsLikeIt() {
        JsonNode first = HTTP.post(PEOPLE, Map.of("name", "Margaret Hamilton")).good();
        JsonNode second = HTTP.post(PEOPLE, Map.of("name", "Hamilton, Margret"), Map.of("Tenon-Allow-Duplicates", "*"))
                .good();

        JsonNode found = HTTP.get("/api/records/c__Person/" + first.get("id").asString() + "/duplicates")
                .good();

        assertThat(found).hasSize(1);
        assertThat(found.get(0).get("id").asString()).isEqualTo(second.get("id").asString());
        assertThat(found.get(0).get("title").asString()).isEqualTo("Hamilton, Margret");
        assertThat(found.get(0).get("likeness").asInt()).isBetween(90, 99);
        assertThat(found.get(0).get("message").asString()).isEqualTo("There is a similar name.");
        assertThat(HTTP.get("/api/objects/c__Person")
                        .good()
                        .get("findsDuplicates")
                        .asBoolean())
                .isTrue();
        HTTP.get("/api/records/c__Person/00000000-0000-7000-8000-000000000000/duplicates")
                .refused(404, "records.not-found");
        Http stranger = Plant.someone("dr-stranger", "plant__memoReader");
        Http.Answer hidden =
                stranger.get("/api/records/c__Person/" + first.get("id").asString() + "/duplicates");
        Http.Answer unknown =
                stranger.get("/api/records/c__Nobody/" + first.get("id").asString() + "/duplicates");
        assertThat(hidden.status()).isEqualTo(404).isEqualTo(unknown.status());
        assertThat(hidden.body()).doesNotContain("Hamilton", "There is a similar name.");
        assertThat(hidden.json().get("code")).isEqualTo(unknown.json().get("code"));
    }

    private static Map<String, Object> part(String id, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("content-type", "application/json");
        return Map.of(
                "id", id, "method", "POST", "url", "c__Person", "headers", all, "body", Map.of("name", "Grace Hoper"));
    }
}
