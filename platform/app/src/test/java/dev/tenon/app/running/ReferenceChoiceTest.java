package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a reference may be given, over HTTP: offered by the picker, kept by every save, described to forms. */
class ReferenceChoiceTest {

    private static final String LOANS = "/odata/plant__Loan";
    private static final String RETURNS = "/odata/plant__Return";
    private static final String PICKER = "/api/objects/plant__Loan/candidates/device";
    private static final Http HTTP = Plant.administrator();

    private static String fresh;
    private static String worn;

    @BeforeAll
    static void devices() {
        fresh = device("Choice fresh", "CH-1", "fresh", 2);
        device("Choice none", "CH-2", "fresh", 0);
        worn = device("Choice worn", "CH-3", "worn", 2);
    }

    private static String device(String name, String code, String state, int pieces) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", name);
        values.put("code", code);
        values.put("state", state);
        values.put("pieces", pieces);
        values.put("price", 5);
        values.put("checkedAt", "2026-01-31T09:00:00Z");
        return HTTP.post(Plant.DEVICES, values).good().get("id").asString();
    }

    private static List<String> offered(Http who, Map<String, ?> asked) {
        return who.post(PICKER, asked)
                .good()
                .get("items")
                .valueStream()
                .map(item -> item.get("name").asString())
                .filter(name -> name.startsWith("Choice"))
                .toList();
    }

    @Test
    void thePickerOffersWhatASaveTakes() {
        assertThat(offered(HTTP, Map.of("values", Map.of("state", "fresh"), "top", 100)))
                .containsExactly("Choice fresh");
        assertThat(offered(HTTP, Map.of("values", Map.of("state", "worn"), "top", 100)))
                .containsExactly("Choice worn");
        assertThat(offered(HTTP, Map.of("top", 100))).isEmpty();
        assertThat(offered(HTTP, Map.of("values", Map.of("state", "fresh"), "search", "ch-1")))
                .as("what is shown is searched")
                .containsExactly("Choice fresh");
        JsonNode told = HTTP.post(LOANS, Map.of("title", "L", "state", "fresh", "device_id", worn))
                .refused(400, "records.candidate-not-allowed");
        assertThat(told.get("errors").get(0).get("pointer").asString()).isEqualTo("/device_id");
        String id = HTTP.post(LOANS, Map.of("title", "L", "state", "fresh", "device_id", fresh))
                .good()
                .get("id")
                .asString();
        HTTP.patch(LOANS + "(" + id + ")", "*", Map.of("state", "worn")).refused(400, "records.candidate-not-allowed");
        HTTP.patch(LOANS + "(" + id + ")", "*", Map.of("state", "worn", "device_id", worn))
                .good();
        assertThat(offered(HTTP, Map.of("id", id, "top", 100))).containsExactly("Choice worn");
    }

    @Test
    void aPickerShowsNothingThatItsUserMayNotRead() {
        assertThat(offered(Plant.watcher(), Map.of("values", Map.of("state", "worn"), "top", 100)))
                .as("the watcher sees fresh devices only")
                .isEmpty();
        JsonNode item = Plant.watcher()
                .post(PICKER, Map.of("values", Map.of("state", "fresh"), "search", "CH-1"))
                .good()
                .get("items")
                .get(0);
        assertThat(item.get("code").asString()).isEqualTo("CH-1");
        assertThat(item.has("price")).isFalse();
        HTTP.post("/api/objects/plant__Loan/candidates/title", Map.of()).refused(400, "records.unknown-field");
        HTTP.post("/api/objects/plant__Loan/candidates/nothing", Map.of()).refused(400, "records.unknown-field");
        HTTP.post(PICKER, Map.of("values", Map.of("stat", "fresh"))).refused(400, "records.unknown-field");
    }

    @Test
    void formsAreToldAndPartsStay() {
        JsonNode loan = HTTP.get("/api/objects/plant__Loan").good();
        JsonNode device = loan.get("fields")
                .valueStream()
                .filter(field -> field.get("name").asString().equals("device"))
                .findFirst()
                .orElseThrow();
        assertThat(device.get("chosen").asBoolean()).isTrue();
        assertThat(device.get("candidateFields").toString()).isEqualTo("[\"code\",\"price\"]");
        String a = HTTP.post(LOANS, Map.of("title", "A")).good().get("id").asString();
        String b = HTTP.post(LOANS, Map.of("title", "B")).good().get("id").asString();
        String part = HTTP.post(RETURNS, Map.of("loan_id", a, "note", "n"))
                .good()
                .get("id")
                .asString();
        HTTP.patch(RETURNS + "(" + part + ")", "*", Map.of("loan_id", b)).refused(409, "records.reparent-refused");
        HTTP.patch(RETURNS + "(" + part + ")", "*", Map.of("loan_id", a, "note", "m"))
                .good();
    }

    @Test
    void anExpressionAboutCandidatesIsCheckedAsOne() {
        Map<String, Object> sent = Map.of(
                "object",
                "plant__Loan",
                "text",
                "candidate.pieces > 0",
                "expected",
                "boolean",
                "candidatesOf",
                "device");
        assertThat(HTTP.post("/api/admin/expressions/check", sent).good().get("problems"))
                .isEmpty();
        assertThat(HTTP.post(
                                "/api/admin/expressions/check",
                                Map.of("object", "plant__Loan", "text", "candidate.pieces > 0", "expected", "boolean"))
                        .good()
                        .get("problems"))
                .isNotEmpty();
    }
}
