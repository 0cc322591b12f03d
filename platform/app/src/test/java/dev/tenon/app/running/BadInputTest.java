package dev.tenon.app.running;

import static dev.tenon.app.running.Plant.DEVICES;
import static dev.tenon.app.running.Plant.SITES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.app.running.Http.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Rows that cannot be: each is refused with code, place and what to do; nothing is saved, and the next good row is. */
class BadInputTest {

    private final Http http = Plant.administrator();
    private long before;

    @BeforeEach
    void count() {
        before = devices();
    }

    @AfterEach
    void nothingWasSavedAndAGoodRowIs() {
        assertThat(devices()).isEqualTo(before);
        JsonNode made = http.post(DEVICES, Map.of("name", "good", "price", 1.5)).good();
        http.delete(address(made)).good();
    }

    private long devices() {
        return http.query(DEVICES, "$count", "true", "$top", "0")
                .good()
                .get("@odata.count")
                .asLong();
    }

    private static String address(JsonNode row) {
        return DEVICES + "(" + row.get("id").asString() + ")";
    }

    private static Map<String, Object> device(Object... namesAndValues) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", "bad");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return row;
    }

    private static List<String> pointers(JsonNode problem) {
        return StreamSupport.stream(problem.get("errors").spliterator(), false)
                .map(e -> e.get("pointer").asString())
                .toList();
    }

    @Test
    void anUnknownObject() {
        assertThat(text(http.get("/odata/plant__Devise").refused(404, "records.unknown-object")))
                .isEqualTo("There is no object plant__Devise. Did you mean plant__Device?");
        assertThat(text(http.post("/odata/zzzzzz", device()).refused(404, "records.unknown-object")))
                .isEqualTo("There is no object zzzzzz.");
    }

    private static String text(JsonNode problem) {
        return problem.get("detail").asString();
    }

    @Test
    void anUnknownField() {
        JsonNode near = http.post(DEVICES, device("prise", 1)).refused(400, "records.unknown-field");
        assertThat(text(near)).isEqualTo("plant__Device has no field prise. Did you mean price?");
        assertThat(pointers(near)).containsExactly("/prise");
        JsonNode far = http.post(DEVICES, device("zzzzzzzz", 1)).refused(400, "records.unknown-field");
        assertThat(text(far)).isEqualTo("plant__Device has no field zzzzzzzz.");
        Map.of("$filter", "prise gt 1", "$select", "prise", "$orderby", "prise").forEach((option, value) -> {
            JsonNode refused = http.query(DEVICES, option, value).refused(400, "records.unknown-field");
            assertThat(text(refused)).as(option).contains("no field prise.", "Did you mean price?");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            price     | "abc"                              | records.type-mismatch
            price     | {"a": 1}                           | records.type-mismatch
            price     | 1.234                              | records.too-many-digits
            price     | 12345678901                        | records.too-many-digits
            pieces    | 1.5                                | records.type-mismatch
            pieces    | -1                                 | records.out-of-range
            pieces    | 99999999999999999999               | records.type-mismatch
            built     | "2026-02-30"                       | records.type-mismatch
            built     | "+12026-01-01"                     | records.out-of-range
            built     | "0000-06-01"                       | records.out-of-range
            checkedAt | "yesterday"                        | records.type-mismatch
            checkedAt | "9999-12-31T23:00:00-08:00"        | records.out-of-range
            state     | "wonr"                             | records.not-a-picklist-value
            code      | 7                                  | records.type-mismatch
            code      | "a\\u0000b"                        | records.character-not-allowed
            code      | "\\ud800"                          | records.character-not-allowed
            code      | "123456789012345678901"            | records.value-too-long
            site_id   | "here"                             | records.type-mismatch
            site_id   | "0190a000-0000-7000-8000-00000000000a" | records.reference-not-found
            id2       | 1                                  | records.unknown-field
            """)
    void aValueThatDoesNotFit(String field, String json, String code) {
        Answer answer = http.postText(DEVICES, "{\"name\": \"bad\", \"" + field + "\": " + json + "}");
        JsonNode problem = answer.refused(400, code);
        assertThat(pointers(problem)).containsExactly("/" + field);
    }

    @Test
    void aMissingRequiredValue() {
        assertThat(pointers(http.post(DEVICES, Map.of("price", 1)).refused(400, "records.field-required")))
                .containsExactly("/name");
        assertThat(pointers(http.post(DEVICES, Map.of("name", "")).refused(400, "records.field-required")))
                .containsExactly("/name");
    }

    @Test
    void aRuleThatDoesNotHold() {
        JsonNode problem = http.post(DEVICES, device("state", "worn")).refused(400, "records.validation-failed");
        assertThat(text(problem)).isEqualTo("A worn device has been checked.");
        assertThat(pointers(problem)).containsExactly("/checkedAt");
    }

    @Test
    void everyFaultOfARowAtOnce() {
        JsonNode problem = http.post(DEVICES, Map.of("price", "abc", "pieces", 5000, "built", "never"))
                .refused(400, "records.several-problems");
        assertThat(pointers(problem)).contains("/price", "/built");
    }

    @Test
    void aStaleVersion() {
        JsonNode made = http.post(DEVICES, device("price", 1)).good();
        String first = made.get("@odata.etag").asString();
        http.patch(address(made), first, Map.of("price", 2)).good();

        JsonNode problem = http.patch(address(made), first, Map.of("price", 3)).refused(412, "records.stale-version");
        assertThat(text(problem)).contains("Load it again");
        http.patch(address(made), null, Map.of("price", 3)).refused(428, "web.precondition-required");
        http.patch(address(made), "nonsense", Map.of("price", 3)).refused(400, "web.malformed-etag");

        assertThat(http.get(address(made)).good().get("price").asInt()).isEqualTo(2);
        http.delete(address(made)).good();
        http.patch(address(made), "*", Map.of("price", 3)).refused(404, "records.not-found");
    }

    @Test
    void aDuplicate() {
        String code = UUID.randomUUID().toString().substring(0, 18);
        JsonNode made = http.post(DEVICES, device("code", code)).good();
        before++;

        JsonNode problem = http.post(DEVICES, device("code", code)).refused(409, "records.duplicate");

        assertThat(text(problem)).contains("Code", "Enter a different one");
        assertThat(pointers(problem)).containsExactly("/code");
        assertThat(devices()).isEqualTo(before);
        http.delete(address(made)).good();
        before--;
    }

    @Test
    void aBodyThatIsNoJson() {
        JsonNode problem =
                http.postText(DEVICES, "{\"name\": \"x\",\n \"price\": }").refused(400, "web.malformed-json");
        assertThat(problem.get("args").get("line").asInt()).isEqualTo(2);
        http.postText(DEVICES, "").refused(400, "web.malformed-body");
        http.postText(DEVICES, "[1]").refused(400, "web.malformed-body");
    }

    @Test
    void aQueryThatCannotBe() {
        http.query(DEVICES, "$filter", "name eq").refused(400, "web.odata-syntax");
        http.query(DEVICES, "$filter", "pieces eq 'x'").refused(400, "web.odata-syntax");
        http.query(DEVICES, "$top", "many").refused(400, "web.odata-option-value");
        http.query(DEVICES, "$skip", "-1").refused(400, "web.odata-option-value");
        http.query(DEVICES, "$nonsense", "1").refused(501, "web.odata-not-supported");
        http.get(DEVICES + "(nonsense)").refused(400, "web.odata-syntax");
        http.get(DEVICES + "(0190a000-0000-7000-8000-00000000000a)").refused(404, "records.not-found");
        // Bytes that no text holds find nothing and break nothing.
        assertThat(http.query(DEVICES, "$filter", "name eq 'a\0'").status()).isIn(200, 400);
    }

    @Test
    void aFileForARecordThatIsNotThere() {
        String nowhere = "/api/records/plant__Device/0190a000-0000-7000-8000-00000000000a/attachments";
        http.upload(nowhere, "a.txt", new byte[] {1}).refused(404, "records.not-found");
    }

    @Test
    void whatBelongsToNoRowIsNotLeftInOtherObjects() {
        long sites = http.query(SITES, "$count", "true", "$top", "0")
                .good()
                .get("@odata.count")
                .asLong();
        http.post(DEVICES, device("name", "script throw")).refused(422, "script.failed");
        assertThat(http.query(SITES, "$count", "true", "$top", "0")
                        .good()
                        .get("@odata.count")
                        .asLong())
                .isEqualTo(sites);
    }
}
