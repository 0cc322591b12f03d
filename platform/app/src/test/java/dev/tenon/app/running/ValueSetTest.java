package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A shared value set over HTTP: one change of it reaches every field, description and save. */
class ValueSetTest {

    private static final String CHANGES = "/api/admin/metadata/changes";
    private static final String FINDINGS = "/odata/plant__Finding";
    private static final Http ADMIN = Plant.administrator();
    private static final Http INSPECTOR = Plant.someone("value-inspector", "plant__inspector");

    private static Http.Answer publish(List<Map<String, Object>> changes) {
        return ADMIN.post(CHANGES, Map.of("changes", changes));
    }

    private static Map<String, Object> add(String element, Map<String, Object> properties) {
        return Map.of("op", "add", "element", element, "properties", properties);
    }

    private static Map<String, Object> set(String element, String property, Object value) {
        return Map.of("op", "set", "element", element, "property", property, "value", value);
    }

    @Test
    void aChangeOfTheSetReachesEveryFieldAtOnce() {
        INSPECTOR
                .post(FINDINGS, Map.of("title", "early", "severity", "c__fatal"))
                .refused(400, "records.not-a-picklist-value");
        publish(List.of(
                        add(
                                "setValue:plant__Severity/c__fatal",
                                Map.of("label", "Fatal", "label@zh-CN", "致命", "color", "volcano", "after", "minor")),
                        set("setValue:plant__Severity/major", "active", false)))
                .good();
        try {
            JsonNode saved = INSPECTOR
                    .post(
                            FINDINGS,
                            Map.of("title", "late", "severity", "minor", "others", List.of("c__fatal", "minor")))
                    .good();
            assertThat(saved.get("others").toString()).isEqualTo("[\"minor\",\"c__fatal\"]");
            INSPECTOR
                    .post(FINDINGS, Map.of("title", "late", "others", List.of("major")))
                    .refused(400, "records.not-a-picklist-value");

            JsonNode described = INSPECTOR.get("/api/objects/plant__Finding").good();
            for (String field : List.of("severity", "others")) {
                JsonNode values = described
                        .get("fields")
                        .valueStream()
                        .filter(f -> f.get("name").asString().equals(field))
                        .findFirst()
                        .orElseThrow()
                        .get("values");
                assertThat(values.findValuesAsString("key")).containsExactly("minor", "c__fatal", "major", "obsolete");
                assertThat(values.get(1).get("color").asString()).isEqualTo("volcano");
                assertThat(values.get(2).get("active").asBoolean()).isFalse();
            }
            assertThat(INSPECTOR.get("/api/openapi.json").good().toString()).contains("c__fatal");
        } finally {
            publish(List.of(
                            Map.of("op", "remove", "element", "setValue:plant__Severity/c__fatal"),
                            Map.of("op", "reset", "element", "setValue:plant__Severity/major", "property", "active")))
                    .good();
        }
    }

    @Test
    void theDesignerMakesSetsToldWithTheFieldsThatUseThem() {
        publish(List.of(
                        add("valueSet:c__Area", Map.of("label", "Area", "label@zh-CN", "区域")),
                        add("setValue:c__Area/north", Map.of("label", "North")),
                        add(
                                "field:plant__Finding/c__area",
                                Map.of("type", "picklist", "label", "Area", "valueSet", "Area"))))
                .good();
        try {
            JsonNode sets = ADMIN.get("/api/admin/value-sets").good();
            JsonNode area = sets.get(0);
            assertThat(sets.findValuesAsString("name")).contains("c__Area", "plant__Severity");
            assertThat(area.get("elements").findValuesAsString("key"))
                    .containsExactly("valueSet:c__Area", "setValue:c__Area/north");
            assertThat(area.get("usedBy").get(0).get("label").asString()).isEqualTo("Finding › Area");

            assertThat(publish(List.of(set("valueSet:plant__Severity", "hidden", true)))
                            .refused(422, "tenancy.model-refused")
                            .toString())
                    .contains("metadata.value-set-in-use")
                    .contains("plant__Finding/severity, plant__Finding/others");
            assertThat(publish(List.of(Map.of("op", "remove", "element", "valueSet:c__Area")))
                            .json()
                            .toString())
                    .contains("metadata.reference-unknown")
                    .contains("c__Area");
        } finally {
            publish(List.of(
                            Map.of("op", "remove", "element", "field:plant__Finding/c__area"),
                            Map.of("op", "remove", "element", "valueSet:c__Area")))
                    .good();
        }
        INSPECTOR.get("/api/admin/value-sets").refused(403, "web.permission-needed");
    }
}
