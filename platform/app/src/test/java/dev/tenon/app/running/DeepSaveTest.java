package dev.tenon.app.running;

import static dev.tenon.app.running.QueryOptionsTest.ASSEMBLIES;
import static dev.tenon.app.running.QueryOptionsTest.ITEMS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Records saved with those inside of them, and records named by a unique field. */
class DeepSaveTest {

    private static final String PARTS = "plant__AssemblyItem_assembly";
    private static final String BELOW = "plant__Assembly_above";
    private static final Http ASSEMBLER = Plant.someone("ds-assembler", "plant__assembler");
    private static final Http READER = Plant.someone("ds-reader", "plant__assemblyReader");

    private static Map<String, @Nullable Object> of(Object... namesAndValues) {
        Map<String, @Nullable Object> map = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return map;
    }

    private static List<String> titles(String assembly) {
        return ASSEMBLER
                .query(ITEMS, "$orderby", "title", "$filter", "assembly_id eq " + assembly)
                .good()
                .get("value")
                .valueStream()
                .map(row -> row.get("title").asString())
                .toList();
    }

    private static long named(String name) {
        return ASSEMBLER
                .query(ASSEMBLIES, "$filter", "startswith(name,'" + name + "')")
                .good()
                .get("value")
                .size();
    }

    @Test
    void aRecordIsMadeWithThoseInsideOfIt() {
        JsonNode made = ASSEMBLER
                .post(
                        ASSEMBLIES,
                        of(
                                "name",
                                "DS whole",
                                "above",
                                of("name", "DS above"),
                                PARTS,
                                List.of(
                                        of("title", "one", "amount", 1, "device", of("name", "DS device")),
                                        of("title", "two")),
                                BELOW,
                                List.of(of("name", "DS below", PARTS, List.of(of("title", "three"))))))
                .good();
        assertThat(made.get("above").get("name").asString()).isEqualTo("DS above");
        assertThat(made.get(PARTS)).hasSize(2);
        assertThat(made.get(BELOW).get(0).get("name").asString()).isEqualTo("DS below");
        assertThat(titles(made.get("id").asString())).containsExactly("one", "two");
        assertThat(titles(made.get(BELOW).get(0).get("id").asString())).containsExactly("three");
        assertThat(ASSEMBLER
                        .query(ITEMS, "$filter", "device/name eq 'DS device'")
                        .good()
                        .get("value"))
                .hasSize(1);
    }

    @Test
    void whereOneFailsNothingIsMadeAndTheFaultPointsToIt() {
        JsonNode problem = ASSEMBLER
                .post(
                        ASSEMBLIES,
                        of("name", "DS undone", PARTS, List.of(of("title", "one"), of("title", "two", "amount", -1))))
                .json();
        assertThat(problem.get("status").asInt()).isEqualTo(400);
        assertThat(problem.get("errors").get(0).get("pointer").asString()).isEqualTo("/" + PARTS + "/1/amount");
        assertThat(named("DS undone")).isZero();
        READER.post(ASSEMBLIES, of("name", "DS undone")).refused(403, "records.not-allowed");
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            many.add(of("title", "t" + i));
        }
        ASSEMBLER.post(ASSEMBLIES, of("name", "DS undone", PARTS, many)).refused(400, "web.odata-deep-too-much");
        ASSEMBLER.post(ASSEMBLIES, of("name", "DS undone", PARTS, "none")).refused(400, "web.malformed-body");
        assertThat(named("DS undone")).isZero();
    }

    @Test
    void aChangeTakesTheWholeCollectionOrOnlyWhatIsDifferent() {
        JsonNode made = ASSEMBLER
                .post(
                        ASSEMBLIES,
                        of(
                                "name",
                                "DS change",
                                PARTS,
                                List.of(of("title", "a"), of("title", "b"), of("title", "c")),
                                BELOW,
                                List.of(of("name", "DS free"))))
                .good();
        String id = made.get("id").asString();
        Map<String, String> parts = new HashMap<>();
        made.get(PARTS)
                .forEach(part ->
                        parts.put(part.get("title").asString(), part.get("id").asString()));
        String address = ASSEMBLIES + "(" + id + ")";

        ASSEMBLER
                .patch(
                        address,
                        "*",
                        of(
                                PARTS + "@delta",
                                List.of(
                                        of("id", parts.get("a"), "title", "a2"),
                                        of("title", "d"),
                                        of("id", parts.get("b"), "@removed", of("reason", "deleted")))))
                .good();
        assertThat(titles(id)).containsExactly("a2", "c", "d");
        ASSEMBLER
                .patch(
                        address,
                        "*",
                        of(
                                "name",
                                "DS changed",
                                PARTS,
                                List.of(of("id", parts.get("c"), "title", "c2")),
                                BELOW,
                                List.of()))
                .good();
        assertThat(titles(id)).containsExactly("c2");
        assertThat(named("DS free")).isEqualTo(1);
        assertThat(ASSEMBLER
                        .query(ASSEMBLIES, "$filter", "name eq 'DS free'")
                        .good()
                        .get("value")
                        .get(0)
                        .get("above_id")
                        .isNull())
                .isTrue();

        ASSEMBLER
                .patch(
                        address,
                        "*",
                        of(
                                "name",
                                "x",
                                PARTS,
                                List.of(of("id", parts.get("c"), "@odata.etag", "W/\"1\"", "title", "late"))))
                .refused(412, "records.stale-version");
        ASSEMBLER.patch(address, "W/\"1\"", of("name", "x", PARTS, List.of())).refused(412, "records.stale-version");
        ASSEMBLER.patch(address, "*", of("above", of("name", "DS new above"))).good();
        JsonNode above = ASSEMBLER
                .patch(address, "*", of("above", of("name", "DS other name")))
                .good();
        assertThat(above.get("above").get("name").asString()).isEqualTo("DS other name");
        assertThat(above.get("name").asString()).isEqualTo("DS changed");
        assertThat(named("DS new above")).isZero();
        assertThat(titles(id)).containsExactly("c2");
    }

    @Test
    void aUniqueFieldIsAKeyAndAChangeByItMakesWhatIsMissing() {
        String address = ASSEMBLIES + "(code='DS%20key%20''1''')";
        assertThat(ASSEMBLER.get(address).status()).isEqualTo(404);
        ASSEMBLER.patch(address, "*", of("name", "x")).refused(404, "records.not-found");
        JsonNode made = ASSEMBLER.patch(address, null, of("name", "DS by key")).good();
        assertThat(made.get("code").asString()).isEqualTo("DS key '1'");
        JsonNode changed = ASSEMBLER
                .patch(address, null, of("name", "DS by key again", "serial", 4711))
                .good();
        assertThat(changed.get("id")).isEqualTo(made.get("id"));
        assertThat(changed.get("version").asInt()).isEqualTo(2);
        assertThat(ASSEMBLER
                        .get(ASSEMBLIES + "(serial=4711)?$select=name")
                        .good()
                        .get("name")
                        .asString())
                .isEqualTo("DS by key again");
        ASSEMBLER.patch(address, "W/\"1\"", of("name", "x")).refused(412, "records.stale-version");
        ASSEMBLER
                .send("PATCH", address, of("name", "x"), Map.of("If-None-Match", "*"))
                .refused(412, "web.odata-key-taken");
        ASSEMBLER.get(ASSEMBLIES + "(name='DS%20by')").refused(400, "web.odata-syntax");
        for (String none : List.of("code=null", "serial=1%20or%20true", "serial=serial")) {
            ASSEMBLER
                    .patch(ASSEMBLIES + "(" + none + ")", null, of("name", "x"))
                    .refused(400, "web.odata-syntax");
        }
        // Who may not read the field cannot name a record by it.
        READER.get(ASSEMBLIES + "(serial=4711)").refused(400, "web.odata-syntax");
        assertThat(READER.get(address).good().get("name").asString()).isEqualTo("DS by key again");
        READER.patch(ASSEMBLIES + "(code='DS%20none')", null, of("name", "x")).refused(403, "records.not-allowed");
        ASSEMBLER.delete(address).good();
        assertThat(ASSEMBLER.get(address).status()).isEqualTo(404);
    }

    @Test
    void whatIsBehindARecordHasAnAddress() {
        String above = ASSEMBLER
                .post(ASSEMBLIES, of("name", "DS nav above"))
                .good()
                .get("id")
                .asString();
        String id = ASSEMBLER
                .post(
                        ASSEMBLIES,
                        of("name", "DS nav", "above_id", above, "serial", 4713, PARTS, List.of(of("title", "a"))))
                .good()
                .get("id")
                .asString();
        String one = ASSEMBLIES + "(" + id + ")";
        assertThat(ASSEMBLER
                        .post(one + "/" + PARTS, of("title", "b", "kind", "secret"))
                        .good()
                        .get("assembly_id")
                        .asString())
                .isEqualTo(id);
        JsonNode page = ASSEMBLER
                .sized(1)
                .query(one + "/" + PARTS, "$orderby", "title desc", "$count", "true")
                .good();
        assertThat(page.get("@odata.count").asInt()).isEqualTo(2);
        assertThat(page.get("value").get(0).get("title").asString()).isEqualTo("b");
        assertThat(ASSEMBLER
                        .sized(1)
                        .follow(page.get("@odata.nextLink"))
                        .good()
                        .get("value")
                        .get(0)
                        .get("title")
                        .asString())
                .isEqualTo("a");
        assertThat(ASSEMBLER.get(one + "/" + PARTS + "/$count").body()).isEqualTo("2");
        assertThat(READER.get(one + "/" + PARTS + "/$count").body()).isEqualTo("0");
        assertThat(ASSEMBLER.get(one + "/above?$select=name").good().get("name").asString())
                .isEqualTo("DS nav above");
        assertThat(ASSEMBLER.get(ASSEMBLIES + "(" + above + ")/above").status()).isEqualTo(204);
        assertThat(ASSEMBLER.get(one + "/name").good().get("value").asString()).isEqualTo("DS nav");
        assertThat(ASSEMBLER
                        .get(ASSEMBLIES + "(serial=4713)/version")
                        .good()
                        .get("value")
                        .asInt())
                .isEqualTo(1);
        assertThat(READER.get(one + "/serial").status())
                .isEqualTo(READER.get(one + "/qwert").status())
                .isEqualTo(400);
        String missing = ASSEMBLIES + "(0190a000-0000-7000-8000-00000000000a)";
        ASSEMBLER.get(missing + "/" + PARTS).refused(404, "records.not-found");
        ASSEMBLER.post(missing + "/" + PARTS, of("title", "x")).refused(404, "records.not-found");
        ASSEMBLER.patch(one + "/above", "*", of("name", "x")).refused(405, "web.method-not-allowed");
    }

    @Test
    void aBatchTakesValuesFromEarlierAnswers() {
        JsonNode answers = ASSEMBLER
                .post(
                        "/odata/$batch",
                        Map.of(
                                "requests",
                                List.of(
                                        of(
                                                "id",
                                                "1",
                                                "method",
                                                "post",
                                                "url",
                                                "plant__Assembly",
                                                "body",
                                                of(
                                                        "name",
                                                        "DS 'quoted'",
                                                        "serial",
                                                        4712,
                                                        PARTS,
                                                        List.of(of("title", "p")))),
                                        of(
                                                "id",
                                                "2",
                                                "method",
                                                "get",
                                                "url",
                                                "plant__AssemblyItem?$filter=assembly_id eq $1/id and assembly/name eq"
                                                        + " $1/name and assembly/serial eq $1/serial",
                                                "dependsOn",
                                                List.of("1")),
                                        of(
                                                "id",
                                                "3",
                                                "method",
                                                "get",
                                                "url",
                                                "plant__AssemblyItem?$filter=title eq $1/nothing",
                                                "dependsOn",
                                                List.of("1")))))
                .good()
                .get("responses");
        assertThat(answers.get(0).get("status").asInt()).as(answers.toString()).isEqualTo(201);
        assertThat(answers.get(1).get("body").get("value"))
                .as(answers.toString())
                .hasSize(1);
        assertThat(answers.get(2).get("body").get("code").asString()).isEqualTo("web.odata-batch-reference");
    }
}
