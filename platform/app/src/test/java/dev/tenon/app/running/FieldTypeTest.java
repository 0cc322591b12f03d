package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Times of day, lists of keys, rich text and JSON at the data API: payload, filter, order, description. */
class FieldTypeTest {

    private static final String SHIFTS = "/odata/plant__Shift";
    private static final Http ADMIN = Plant.administrator();

    @BeforeAll
    static void shifts() {
        shift(Map.of("name", "early", "starts", "06:00", "skills", List.of("paint", "weld", "weld")));
        shift(Map.of(
                "name",
                "late",
                "starts",
                "14:30:00.5",
                "skills",
                List.of("lift"),
                "notes",
                "<p>Bring <b>glov</b>es</p>"));
        shift(Map.of("name", "free", "setup", Map.of("b", 1, "a", List.of(true))));
    }

    private static JsonNode shift(Map<String, Object> values) {
        return ADMIN.post(SHIFTS, values).good();
    }

    private static List<String> names(String... options) {
        JsonNode found = ADMIN.query(SHIFTS, options).good();
        return found.get("value")
                .valueStream()
                .map(row -> row.get("name").asString())
                .filter(List.of("early", "late", "free")::contains)
                .toList();
    }

    private static List<String> filtered(String filter) {
        return names("$orderby", "name", "$filter", filter);
    }

    @Test
    void rowsHaveTheFormsOfTheTypes() {
        JsonNode rows = ADMIN.query(SHIFTS, "$orderby", "name", "$filter", "name in ('early','free','late')")
                .good()
                .get("value");
        JsonNode early = rows.get(0);
        assertThat(early.get("starts").asString()).isEqualTo("06:00:00");
        assertThat(early.get("skills").toString()).isEqualTo("[\"weld\",\"paint\"]");
        assertThat(early.get("notes").isNull()).isTrue();
        assertThat(rows.get(1).get("skills").toString()).isEqualTo("[]");
        assertThat(rows.get(1).get("setup").asString()).isEqualTo("{\"a\":[true],\"b\":1}");
        assertThat(rows.get(2).get("starts").asString()).isEqualTo("14:30:00.5");
        assertThat(rows.get(2).get("notes").asString()).isEqualTo("<p>Bring <b>glov</b>es</p>");
    }

    @Test
    void filtersCompareTimesAndLookIntoLists() {
        assertThat(filtered("starts lt 12:00:00")).containsExactly("early");
        assertThat(filtered("hour(starts) eq 14 and minute(starts) ge 30")).containsExactly("late");
        assertThat(filtered("starts eq null")).containsExactly("free");
        assertThat(names("$orderby", "starts desc,name")).containsExactly("free", "late", "early");
        assertThat(filtered("skills/any(s:s eq 'weld')")).containsExactly("early");
        assertThat(filtered("skills/any(s:s eq 'weld' or s eq 'lift')")).containsExactly("early", "late");
        assertThat(filtered("skills/any(s:s eq 'weld') and skills/any(s:s eq 'lift')"))
                .isEmpty();
        assertThat(filtered("skills/all(s:s eq 'lift')")).containsExactly("free", "late");
        assertThat(filtered("not skills/any()")).containsExactly("free");
        assertThat(filtered("skills/any(s:startswith(s,'pa'))")).containsExactly("early");
        assertThat(filtered("skills/any(s:contains(name,'late') and s ne name)"))
                .containsExactly("late");
        assertThat(filtered("contains(notes,'gloves')")).containsExactly("late");
        assertThat(filtered("contains(notes,'<b>')")).isEmpty();
        assertThat(names("$search", "gloves")).containsExactly("late");
        assertThat(filtered("setup ne null")).containsExactly("free");
    }

    @Test
    void whatHasNoOrderIsNeitherSortedNorGroupedNorCompared() {
        ADMIN.query(SHIFTS, "$orderby", "setup").refused(501, "web.odata-not-supported");
        ADMIN.query(SHIFTS, "$filter", "setup eq '{}'").refused(400, "expression.operand-mismatch");
        ADMIN.query(SHIFTS, "$apply", "groupby((setup))").refused(501, "web.odata-not-supported");
        assertThat(ADMIN.query(SHIFTS, "$orderby", "skills").status()).isBetween(400, 501);
        assertThat(ADMIN.query(SHIFTS, "$apply", "groupby((skills))").status()).isBetween(400, 501);
    }

    @Test
    void whatDoesNotFitIsRefusedAndWhatIsDangerousTakenOut() {
        ADMIN.post(SHIFTS, Map.of("name", "x", "starts", "24:30")).refused(400, "records.type-mismatch");
        ADMIN.post(SHIFTS, Map.of("name", "x", "skills", List.of("swim"))).refused(400, "records.not-a-picklist-value");
        ADMIN.post(SHIFTS, Map.of("name", "x", "setup", "{oops")).refused(400, "records.malformed-json");
        assertThat(ADMIN.postText(SHIFTS, "{\"name\": \"huge\", \"setup\": {\"a\": 1e999999999}}")
                        .status())
                .as("a number that is short to send and endless to write out")
                .isLessThan(500);
        JsonNode row = shift(Map.of(
                "name",
                "dangerous",
                "notes",
                "<h2 onclick=\"x()\">T</h2><img src=x onerror=y()><a href=\"javascript:z()\">j</a>"
                        + "<a href=\"https://example.org/a\" target=\"_top\">ok</a><style>p{}</style>"));
        assertThat(row.get("notes").asString())
                .isEqualTo("<h2>T</h2>j<a href=\"https://example.org/a\" rel=\"noopener noreferrer nofollow\">ok</a>");
    }

    @Test
    void metadataAndDescriptionsNameTheTypes() {
        String metadata = ADMIN.get("/odata/$metadata").body();
        assertThat(metadata)
                .contains("<Property Name=\"starts\" Type=\"Edm.TimeOfDay\"")
                .contains("<Property Name=\"skills\" Type=\"Collection(Edm.String)\"");
        JsonNode fields = ADMIN.get("/api/objects/plant__Shift").good().get("fields");
        List<String> types =
                fields.valueStream().map(f -> f.get("type").asString()).toList();
        assertThat(types).contains("time", "multiPicklist", "richText", "json");
        JsonNode schema = ADMIN.get("/api/openapi.json")
                .good()
                .get("components")
                .get("schemas")
                .get("plant__Shift")
                .get("properties");
        assertThat(schema.get("starts").get("format").asString()).isEqualTo("time");
        assertThat(schema.get("skills").get("items").get("enum").toString()).contains("weld");
        assertThat(schema.get("setup").get("contentMediaType").asString()).isEqualTo("application/json");
    }

    @Test
    void anotherFieldDecidesWhichValuesAreAllowedAndFormsAreToldWhich() {
        JsonNode refused = ADMIN.post(SHIFTS, Map.of("name", "g", "hall", "south", "gate", "a"))
                .refused(400, "records.value-not-allowed-beside");
        assertThat(refused.get("errors").get(0).get("pointer").asString()).isEqualTo("/gate");
        shift(Map.of("name", "g", "hall", "south", "gate", "c"));
        JsonNode gate = ADMIN.get("/api/objects/plant__Shift")
                .good()
                .get("fields")
                .valueStream()
                .filter(f -> f.get("name").asString().equals("gate"))
                .findFirst()
                .orElseThrow();
        assertThat(gate.get("dependsOn").asString()).isEqualTo("hall");
        assertThat(gate.get("allowed").toString()).isEqualTo("{\"north\":[\"a\",\"b\"],\"south\":[\"c\"]}");
    }

    @Test
    void tablesAndHistoryHaveTheKeysInOneText() {
        String csv = ADMIN.query("/api/export/plant__Shift.csv", "view", "all").body();
        assertThat(csv).contains("Welding;Painting").contains("06:00:00");
        String id = shift(Map.of("name", "told", "skills", List.of("lift")))
                .get("id")
                .asString();
        ADMIN.patch(SHIFTS + "(" + id + ")", "*", Map.of("skills", List.of("weld", "lift")))
                .good();
        JsonNode change = ADMIN.get("/api/records/plant__Shift/" + id + "/history")
                .good()
                .get(0)
                .get("changes")
                .get(0);
        assertThat(change.get("old").asString()).isEqualTo("lift");
        assertThat(change.get("new").asString()).isEqualTo("weld;lift");
    }
}
