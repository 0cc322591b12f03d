package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The platform's organization units over the data API: a tree that administrators keep and everybody reads. */
class OrganizationUnitTest {

    private static final String UNITS = "/odata/sys__OrganizationUnit";
    private static final Http ADMIN = Plant.administrator();

    private static JsonNode unit(String code, @Nullable String parent) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("code", code);
        values.put("name", "Unit " + code);
        values.put("parent_id", parent);
        return ADMIN.post(UNITS, values).good();
    }

    private static String id(JsonNode row) {
        return row.get("id").asString();
    }

    @Test
    void administratorsKeepATreeThatEverybodyReads() {
        JsonNode top = unit("top", null);
        JsonNode low = unit("low", id(unit("middle", id(top))));
        assertThat(low.get("within").asString()).isEqualTo("Unit top / Unit middle");
        assertThat(low.get("active").asBoolean()).isTrue();

        JsonNode refused = ADMIN.patch(UNITS + "(" + id(top) + ")", "*", Map.of("parent_id", id(low)))
                .refused(409, "records.circle");
        assertThat(refused.get("detail").asString()).contains("Unit top → Unit low → Unit middle → Unit top");
        assertThat(refused.get("errors").get(0).get("pointer").asString()).isEqualTo("/parent_id");

        Http anybody = Plant.someone("units-anybody");
        assertThat(anybody.query(UNITS, "$filter", "code eq 'low'", "$expand", "parent($select=name)")
                        .good()
                        .get("value")
                        .get(0)
                        .get("parent")
                        .get("name")
                        .asString())
                .isEqualTo("Unit middle");
        anybody.post(UNITS, Map.of("code", "x", "name", "x")).refused(403, "records.not-allowed");
    }

    @Test
    void formsOfferUnitsThatAreActive() {
        String open = id(unit("open", null));
        String closed = id(unit("closed", null));
        ADMIN.patch(UNITS + "(" + closed + ")", "*", Map.of("active", false)).good();

        JsonNode parent = ADMIN.get("/api/objects/sys__OrganizationUnit")
                .good()
                .get("fields")
                .valueStream()
                .filter(f -> f.get("name").asString().equals("parent"))
                .findFirst()
                .orElseThrow();
        assertThat(parent.get("chosen").asBoolean()).isTrue();
        assertThat(parent.get("candidateFields").toString()).isEqualTo("[\"code\",\"within\"]");
        List<String> offered = ADMIN.post(
                        "/api/objects/sys__OrganizationUnit/candidates/parent", Map.of("values", Map.of(), "top", 50))
                .good()
                .get("items")
                .valueStream()
                .map(OrganizationUnitTest::id)
                .toList();
        assertThat(offered).contains(open).doesNotContain(closed);
        assertThat(id(unit("child", closed))).isNotEmpty();
    }
}
