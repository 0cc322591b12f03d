package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Encrypted fields over HTTP: the same record through every door, for who may reveal them and for who may not. */
class EncryptedTextTest {

    private static final String PATIENTS = "/odata/plant__Patient";
    private static final String VISITS = "/odata/plant__Visit";
    private static final String NUMBER = "AOK-778-1234";
    private static final String MASKED = "••••••••1234";
    private static final String DOTS = "••••••••";
    private static final String REMARK = "allergic to latex";

    private static final Http CARER = Plant.someone("carer", "plant__carer");
    private static final Http DESK = Plant.someone("desk", "plant__desk");

    private static String patient(String name) {
        return CARER.post(PATIENTS, Map.of("name", name, "insurance", NUMBER, "remark", REMARK))
                .good()
                .get("id")
                .asString();
    }

    private static String at(String id) {
        return PATIENTS + "(" + id + ")";
    }

    /** Both answers to a request, of which only the first has the texts. */
    private static void bothSee(String path) {
        assertThat(CARER.get(path).body()).as(path).contains(NUMBER);
        String masked = DESK.get(path).body();
        assertThat(masked).as(path).contains(MASKED).doesNotContain(NUMBER, "778", REMARK, "sealed1.");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void everyReadShowsTheTextToWhoMayRevealItAndTheMaskToOthers() {
        String id = patient("Ann");
        String visit = CARER.post(VISITS, Map.of("reason", "Check", "patient_id", id))
                .good()
                .get("id")
                .asString();
        bothSee(at(id));
        bothSee(PATIENTS + "?$filter=" + encoded("name eq 'Ann'"));
        bothSee(PATIENTS + "?$select=insurance&$filter=" + encoded("name eq 'Ann' and insurance ne null"));
        bothSee(VISITS + "(" + visit + ")?$expand=patient($select=insurance)");
        CARER.patch(at(id), "*", Map.of("insurance", "TK-999-1234")).good();
        bothSee("/api/records/plant__Patient/" + id + "/history");
        assertThat(DESK.get("/api/records/plant__Patient/" + id + "/history").body())
                .doesNotContain("999");
        CARER.patch(at(id), "*", Map.of("insurance", NUMBER)).good();

        CARER.delete(at(id)).good();
        bothSee("/api/recycle-bin/" + id);
        DESK.post("/api/recycle-bin/" + id + "/restore", Map.of()).good();
        bothSee(at(id));
    }

    @Test
    void nothingFiltersSortsGroupsSearchesOrComputesByIt() {
        patient("Bea");
        for (Http who : List.of(CARER, DESK)) {
            for (String filter : List.of(
                    "insurance eq '" + NUMBER + "'",
                    "startswith(insurance,'A')",
                    "contains(insurance,'778')",
                    "insurance in ('" + NUMBER + "')",
                    "length(insurance) gt 3",
                    "insurance gt 'A'")) {
                Http.Answer answer = who.query(PATIENTS, "$filter", filter);
                assertThat(answer.status()).as(filter + answer.body()).isEqualTo(400);
            }
            for (String[] option : List.<String[]>of(
                    new String[] {"$orderby", "insurance"},
                    new String[] {"$apply", "groupby((insurance))"},
                    new String[] {"$apply", "aggregate(insurance with countdistinct as n)"},
                    new String[] {"$apply", "aggregate(insurance with max as n)"},
                    new String[] {"$compute", "insurance as other"},
                    new String[] {"$compute", "concat(insurance,'x') as other"})) {
                Http.Answer answer = who.query(PATIENTS, option);
                assertThat(answer.status()).as(option[1] + answer.body()).isIn(400, 501);
                assertThat(answer.body()).doesNotContain("sealed1.", NUMBER);
            }
            assertThat(who.query(PATIENTS, "$search", "778").good().get("value"))
                    .isEmpty();
        }
    }

    @Test
    void whoMayNotRevealItMayStillReplaceItAndNeverStoresTheMask() {
        String id = patient("Cid");
        JsonNode shown = DESK.get(at(id)).good();
        JsonNode saved = DESK.patch(
                        at(id),
                        "*",
                        Map.of(
                                "name",
                                "Cid 2",
                                "insurance",
                                shown.get("insurance").asString(),
                                "remark",
                                DOTS))
                .good();
        assertThat(saved.get("insurance").asString()).isEqualTo(MASKED);
        assertThat(CARER.get(at(id)).good().get("remark").asString()).isEqualTo(REMARK);
        DESK.patch(at(id), "*", Map.of("insurance", "BKK-1-5678")).good();
        assertThat(CARER.get(at(id)).good().get("insurance").asString()).isEqualTo("BKK-1-5678");

        Http.Answer masked = DESK.post(PATIENTS, Map.of("name", "Copy", "insurance", MASKED));
        assertThat(masked.body()).contains("records.masked-value");
        Http.Answer tooLong = DESK.patch(at(id), "*", Map.of("insurance", "SECRET-".repeat(8)));
        assertThat(tooLong.body()).contains("records.value-too-long").doesNotContain("SECRET-");
        Http.Answer number = DESK.patch(at(id), "*", Map.of("insurance", 9876543));
        assertThat(number.status()).isEqualTo(400);
        assertThat(number.body()).doesNotContain("9876543");
        assertThat(DESK.patch(at(id), "*", Map.of("insurance", "", "remark", ""))
                        .body())
                .contains("records.field-required");
    }

    @Test
    void scriptsAreGivenItMaskedWhoeverRunsThem() {
        String id = patient("Dan");
        for (Http who : List.of(CARER, DESK)) {
            assertThat(who.get(at(id) + "/Tenon.tell()").good().get("value").asString())
                    .isEqualTo(MASKED + " " + MASKED);
        }
        CARER.patch(at(id), "*", Map.of("name", "told")).good();
        assertThat(CARER.get(at(id)).good().get("remark").asString()).isEqualTo("seen " + MASKED);
    }

    @Test
    void theDescriptionsSayWhatTheCallerIsShown() {
        assertThat(described(CARER).get("revealed").asBoolean()).isTrue();
        JsonNode desk = described(DESK);
        assertThat(desk.get("revealed").asBoolean()).isFalse();
        assertThat(desk.get("type").asString()).isEqualTo("encryptedText");
        assertThat(desk.get("mask").asString()).isEqualTo("lastFour");
        assertThat(desk.get("maxLength").asInt()).isEqualTo(30);
        assertThat(DESK.get("/odata/$metadata?$format=xml").body())
                .containsPattern("Name=\"insurance\" Type=\"Edm.String\"");
        JsonNode form = DESK.post(
                        "/api/objects/plant__Patient/form-state", Map.of("values", Map.of("insurance", NUMBER)))
                .good();
        assertThat(form.toString()).doesNotContain(NUMBER, "sealed1.");
    }

    @Test
    void theDesignerOfTheObjectTellsWhichSetsRevealWhat() {
        JsonNode elements = Plant.administrator()
                .get("/api/admin/objects/plant__Patient")
                .good()
                .get("elements");
        JsonNode carer = elements.valueStream()
                .filter(element -> element.get("key").asString().equals("objectPermission:plant__carer/plant__Patient"))
                .findFirst()
                .orElseThrow();
        assertThat(carer.get("properties").valueStream()).anySatisfy(property -> {
            assertThat(property.get("name").asString()).isEqualTo("reveal");
            assertThat(property.get("value").valueStream().map(JsonNode::asString))
                    .containsExactlyInAnyOrder("insurance", "remark");
        });
    }

    private static JsonNode described(Http who) {
        return who.get("/api/objects/plant__Patient")
                .good()
                .get("fields")
                .valueStream()
                .filter(field -> field.get("name").asString().equals("insurance"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void batchesAndLaterAnswersAreNoWayRound() {
        String id = patient("Eli");
        Map<String, Object> read = Map.of("id", "1", "method", "GET", "url", "plant__Patient(" + id + ")");
        Map<String, Object> batch = Map.of("requests", List.of(read));
        assertThat(CARER.post("/odata/$batch", batch).body()).contains(NUMBER);
        assertThat(DESK.post("/odata/$batch", batch).body()).contains(MASKED).doesNotContain(NUMBER);

        Map<String, String> later = Map.of("Prefer", "respond-async");
        for (Http who : List.of(CARER, DESK)) {
            String monitor = who.get(at(id), later)
                    .header("Location")
                    .substring(who.address().length());
            Http.Answer answer = who.get(monitor, Map.of("Prefer", "wait=30"));
            assertThat(answer.body()).contains(who == CARER ? NUMBER : MASKED);
            assertThat(answer.body().contains(NUMBER)).isEqualTo(who == CARER);
        }
    }

    @Test
    void tablesAreWrittenAsTheirReaderSeesThemAndReadAsPlainText() {
        String file = "name,insurance\nBulk one," + NUMBER + "\nBulk two," + MASKED + "\n";
        JsonNode job = BulkTest.ended(
                DESK,
                "/api/imports",
                DESK.upload(
                                "/api/imports?object=plant__Patient&options="
                                        + encoded(JsonMapper.shared()
                                                .writeValueAsString(Map.of(
                                                        "mapping", Map.of("name", "name", "insurance", "insurance")))),
                                "patients.csv",
                                file.getBytes(StandardCharsets.UTF_8))
                        .good());
        assertThat(job.get("created").asInt()).as(job.toString()).isEqualTo(1);
        String query = "$filter=" + encoded("startswith(name,'Bulk')") + "&columns=name,insurance";
        for (Http who : List.of(CARER, DESK)) {
            JsonNode export = BulkTest.ended(
                    who,
                    "/api/exports",
                    who.post("/api/exports", Map.of("object", "plant__Patient", "query", query))
                            .good());
            String table = who.get("/api/exports/" + export.get("id").asString() + "/file")
                    .body();
            assertThat(table).contains("Bulk one," + (who == CARER ? NUMBER : MASKED));
        }
    }
}
