package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Year;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An object that an administrator makes live, with keys, numbers without gaps, and an average over its records. */
class KeysAndNumbersTest {

    private static final String ASSETS = "/odata/c__Asset";
    private static final String CHANGES = "/api/admin/metadata/changes";
    private static final Http HTTP = Plant.administrator();

    private static Map<String, @Nullable Object> values(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return values;
    }

    private static Map<String, @Nullable Object> add(String element, @Nullable Object... properties) {
        return values("op", "add", "element", element, "properties", values(properties));
    }

    private static Map<String, @Nullable Object> set(String element, String property, Object value) {
        return values("op", "set", "element", element, "property", property, "value", value);
    }

    private static Http.Answer change(Object... changes) {
        return HTTP.post(CHANGES, Map.of("changes", List.of(changes)));
    }

    @BeforeAll
    static void makeTheObject() {
        change(
                        add("object:c__Asset", "label", "Asset"),
                        add("field:c__Asset/code", "type", "text", "label", "Code", "unique", true, "ignoreCase", true),
                        add("field:c__Asset/kind", "type", "text", "label", "Kind", "indexed", true),
                        add("field:c__Asset/serial", "type", "text", "label", "Serial"),
                        add("field:c__Asset/score", "type", "integer", "label", "Score"),
                        add("field:c__Asset/site", "type", "lookup", "label", "Site", "target", "plant__Site"),
                        add(
                                "field:c__Asset/number",
                                "type",
                                "autoNumber",
                                "label",
                                "Number",
                                "format",
                                "A{yyyy}-{000}",
                                "reset",
                                "year",
                                "gapless",
                                true),
                        add("uniqueKey:c__Asset/once", "fields", List.of("kind", "serial"), "ignoreCase", true),
                        add(
                                "field:plant__Site/c__meanScore",
                                "type",
                                "rollUp",
                                "label",
                                "Mean score",
                                "object",
                                "c__Asset",
                                "via",
                                "site",
                                "function",
                                "avg",
                                "field",
                                "score"),
                        add(
                                "objectPermission:plant__operator/c__Asset",
                                "create",
                                true,
                                "read",
                                true,
                                "edit",
                                true,
                                "scope",
                                "all",
                                "fieldDefault",
                                "edit"))
                .good();
    }

    private static Http.Answer asset(@Nullable Object... namesAndValues) {
        return HTTP.post(ASSETS, values(namesAndValues));
    }

    private static List<String> pointers(JsonNode problem) {
        return problem.get("errors")
                .valueStream()
                .map(error -> error.get("pointer").asString())
                .toList();
    }

    @Test
    void aValueInOtherCaseOrWidthIsTakenAndTheNumberOfTheRefusedIsTheNexts() {
        String first = asset("code", "Abc").good().get("number").asString();
        assertThat(first).startsWith("A" + Year.now(ZoneOffset.UTC) + "-");
        assertThat(pointers(asset("code", "ＡＢＣ").refused(409, "records.duplicate")))
                .containsExactly("/code");
        int number = Integer.parseInt(first.substring(first.indexOf('-') + 1));
        assertThat(asset("code", "Abcd").good().get("number").asString()).endsWith("%03d".formatted(number + 1));
    }

    @Test
    void valuesOfSeveralFieldsTogetherAreTaken() {
        asset("kind", "pump", "serial", "x1").good();
        assertThat(pointers(asset("kind", "PUMP", "serial", "X1").refused(409, "records.duplicate")))
                .containsExactly("/kind", "/serial");
        asset("kind", "pump").good();
        asset("kind", "pump").good();
    }

    @Test
    void anAverageIsReadLikeAnyField() {
        String site =
                HTTP.post(Plant.SITES, Map.of("name", "Mean")).good().get("id").asString();
        for (int score : new int[] {1, 2, 2}) {
            asset("site_id", site, "score", score).good();
        }
        assertThat(HTTP.get(Plant.SITES + "(" + site + ")")
                        .good()
                        .get("c__meanScore")
                        .decimalValue())
                .isEqualByComparingTo("1.6667");
        assertThat(HTTP.get("/odata/$metadata?$format=json").good().toString()).contains("c__meanScore");
    }

    private static void refused(String code, Map<String, @Nullable Object> change) {
        JsonNode errors = change(change).refused(422, "tenancy.model-refused").get("errors");
        assertThat(errors.get(0).get("code").asString()).isEqualTo(code);
    }

    @Test
    void whatWouldNotHoldIsRefusedBeforeItIsPublished() {
        asset("kind", "twice").good();
        asset("kind", "twice").good();
        refused("store.duplicates-present", set("field:c__Asset/kind", "unique", true));
        refused("metadata.value-not-allowed", set("field:c__Asset/number", "reset", "weekly"));
        refused("metadata.number-repeats", set("field:c__Asset/number", "reset", "month"));
        refused("metadata.value-invalid", set("field:c__Asset/number", "format", "{0}{0}"));
        refused("metadata.setting-value", set("setting:sys__timeZone", "value", "Mars/Base"));
        refused("metadata.missing-key", add("uniqueKey:c__Asset/none", "ignoreCase", true));
    }
}
