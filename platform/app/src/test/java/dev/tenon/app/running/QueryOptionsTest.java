package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Functions, counts, values that the request makes, groups, and levels of one way, with the caller's rights inside of them. */
class QueryOptionsTest {

    static final String ASSEMBLIES = "/odata/plant__Assembly";
    static final String ITEMS = "/odata/plant__AssemblyItem";
    private static final Http ASSEMBLER = Plant.someone("qo-assembler", "plant__assembler");
    private static final Http READER = Plant.someone("qo-reader", "plant__assemblyReader");

    @BeforeAll
    static void assemblies() {
        String pump = assembly("QO pump", Map.of("startedAt", "2026-03-04T05:06:07.5Z", "serial", 7));
        String motor = assembly("QO motor 电机P60", Map.of("above_id", pump, "startedAt", "2025-12-31T23:59:59Z"));
        assembly("QO rotor", Map.of("above_id", motor));
        item(pump, "bolt", "steel", 10, "0.50");
        item(pump, "seal", "rubber", 4, "2.25");
        item(pump, "plan", "secret", 1, "99.00");
        item(motor, "coil", "steel", 3, "12.00");
        item(motor, "screw", "steel", 100, "0.05");
    }

    private static String assembly(String name, Map<String, Object> more) {
        Map<String, Object> values = new HashMap<>(more);
        values.put("name", name);
        return ASSEMBLER.post(ASSEMBLIES, values).good().get("id").asString();
    }

    private static void item(String assembly, String title, String kind, int amount, String price) {
        ASSEMBLER
                .post(
                        ITEMS,
                        Map.of(
                                "assembly_id",
                                assembly,
                                "title",
                                "QO " + title,
                                "kind",
                                kind,
                                "amount",
                                amount,
                                "price",
                                new java.math.BigDecimal(price)))
                .good();
    }

    private static List<String> found(Http who, String set, String property, String condition) {
        return who.query(
                        set,
                        "$orderby",
                        property,
                        "$filter",
                        "startswith(" + property + ",'QO') and (" + condition + ")")
                .good()
                .get("value")
                .valueStream()
                .map(row -> row.get(property).asString().substring(3))
                .toList();
    }

    private static List<String> assemblies(String condition) {
        return found(ASSEMBLER, ASSEMBLIES, "name", condition);
    }

    private static List<String> items(String condition) {
        return found(ASSEMBLER, ITEMS, "title", condition);
    }

    /** Groups as text, in their order. */
    private static List<String> groups(Http who, String apply, String... more) {
        List<String> query = new ArrayList<>(List.of("$apply", "filter(startswith(title,'QO'))/" + apply));
        query.addAll(List.of(more));
        List<String> told = new ArrayList<>();
        who.query(ITEMS, query.toArray(String[]::new)).good().get("value").forEach(group -> {
            List<String> values = new ArrayList<>();
            group.forEach(value -> values.add(value.isString() ? value.asString() : value.toString()));
            told.add(String.join(" ", values));
        });
        return told;
    }

    @Test
    void functionsOfTextsAndTimes() {
        assertThat(assemblies("indexof(name,'P60') eq 11")).containsExactly("motor 电机P60");
        assertThat(assemblies("indexof(name,'no') eq -1 and substring(name,3,1) eq 'r'"))
                .containsExactly("rotor");
        assertThat(assemblies("substring(name,length(name) sub 3) eq 'tor'")).containsExactly("rotor");
        assertThat(assemblies("substring(name,9,2) eq '电机'")).containsExactly("motor 电机P60");
        assertThat(assemblies("hour(startedAt) eq 5 and minute(startedAt) eq 6 and second(startedAt) eq 7"))
                .containsExactly("pump");
        assertThat(assemblies("startedAt gt mindatetime() and startedAt lt maxdatetime() and year(startedAt) eq 2025"))
                .containsExactly("motor 电机P60");
        assertThat(assemblies("totaloffsetminutes(startedAt) eq 0")).hasSize(2);
        assertThat(items("amount div 3 eq 3")).containsExactly("bolt");
        assertThat(items("amount div 4.0 eq 2.5")).containsExactly("bolt");
        assertThat(assemblies("fractionalseconds(startedAt) eq 0.5")).containsExactly("pump");
    }

    @Test
    void theNumberOfACollectionsRecordsIsAValue() {
        assertThat(assemblies("plant__AssemblyItem_assembly/$count ge 2")).containsExactly("motor 电机P60", "pump");
        assertThat(assemblies("plant__AssemblyItem_assembly/$count eq 0")).containsExactly("rotor");
        assertThat(assemblies("plant__Assembly_above/any(a:a/plant__AssemblyItem_assembly/$count eq 2)"))
                .containsExactly("pump");
        assertThat(items("assembly/plant__AssemblyItem_assembly/$count eq 2")).containsExactly("coil", "screw");
        assertThat(found(READER, ASSEMBLIES, "name", "plant__AssemblyItem_assembly/$count eq 3"))
                .isEmpty();
        assertThat(found(READER, ASSEMBLIES, "name", "plant__AssemblyItem_assembly/$count eq 2"))
                .containsExactly("motor 电机P60", "pump");
        List<String> sorted = new ArrayList<>();
        JsonNode page = ASSEMBLER
                .sized(1)
                .query(
                        ASSEMBLIES,
                        "$filter",
                        "startswith(name,'QO')",
                        "$orderby",
                        "plant__AssemblyItem_assembly/$count desc",
                        "$select",
                        "name")
                .good();
        while (true) {
            page.get("value").forEach(row -> sorted.add(row.get("name").asString()));
            if (!page.has("@odata.nextLink")) {
                break;
            }
            page = ASSEMBLER.sized(1).follow(page.get("@odata.nextLink")).good();
        }
        assertThat(sorted).containsExactly("QO pump", "QO motor 电机P60", "QO rotor");
    }

    @Test
    void valuesThatTheRequestMakes() {
        JsonNode rows = ASSEMBLER
                .query(
                        ITEMS,
                        "$compute",
                        "amount mul price as total,concat(title,'!') as loud",
                        "$select",
                        "title,total",
                        "$filter",
                        "startswith(title,'QO') and total gt 5",
                        "$orderby",
                        "total desc",
                        "$top",
                        "2")
                .good()
                .get("value");
        assertThat(rows.toString())
                .contains("\"title\":\"QO plan\",\"total\":99")
                .contains("\"title\":\"QO coil\",\"total\":36")
                .doesNotContain("loud");
        JsonNode all = READER.query(ITEMS, "$compute", "toupper(title) as loud", "$filter", "title eq 'QO bolt'")
                .good();
        assertThat(all.get("value").get(0).get("loud").asString()).isEqualTo("QO BOLT");
        READER.query(ITEMS, "$compute", "price mul 2 as twice").refused(400, "records.unknown-field");
        READER.query(ITEMS, "$compute", "amount mul 2 as price2", "$orderby", "price")
                .refused(400, "records.unknown-field");
        ASSEMBLER.query(ITEMS, "$compute", "amount mul 2 as price").refused(400, "web.odata-syntax");
    }

    @Test
    void groupsAreFilteredComputedSortedAndCut() {
        String sums =
                "groupby((kind),aggregate(amount with sum as sum,title with countdistinct as titles,$count as n))";
        assertThat(groups(ASSEMBLER, sums)).containsExactly("rubber 4 1 1", "secret 1 1 1", "steel 113 3 3");
        assertThat(groups(ASSEMBLER, sums + "/filter(sum gt 3)")).containsExactly("rubber 4 1 1", "steel 113 3 3");
        assertThat(groups(ASSEMBLER, sums, "$filter", "sum lt 4")).containsExactly("secret 1 1 1");
        assertThat(groups(ASSEMBLER, sums, "$orderby", "sum desc", "$top", "1", "$skip", "1"))
                .containsExactly("rubber 4 1 1");
        assertThat(groups(ASSEMBLER, sums + "/topcount(2,sum)")).containsExactly("steel 113 3 3", "rubber 4 1 1");
        assertThat(groups(ASSEMBLER, sums + "/bottomcount(1,sum)")).containsExactly("secret 1 1 1");
        assertThat(
                        groups(
                                ASSEMBLER,
                                "compute(amount mul price as total)/groupby((kind),aggregate(total with sum as"
                                        + " total,amount with average as mean))/compute(mean mul 3 as thrice)/orderby(mean desc)"))
                .containsExactly("steel 46.0 37.666666666666664 113.0", "rubber 9.0 4.0 12.0", "secret 99.0 1.0 3.0");
        assertThat(groups(
                        ASSEMBLER,
                        "groupby((assembly/name),aggregate($count as n))/filter(assembly/name ne 'QO pump')"))
                .containsExactly("{\"name\":\"QO motor 电机P60\"} 2");
        assertThat(groups(READER, sums)).containsExactly("rubber 4 1 1", "steel 113 3 3");
        for (String hidden : List.of("aggregate(%s with max as most)", "topcount(1,%s)", "groupby((%s))")) {
            Http.Answer refused = READER.query(ITEMS, "$apply", hidden.formatted("price"));
            Http.Answer unknown = READER.query(ITEMS, "$apply", hidden.formatted("qwert"));
            assertThat(refused.status()).as(hidden).isEqualTo(400);
            assertThat(refused.json().get("detail").asString().replace("price", "qwert"))
                    .isEqualTo(unknown.json().get("detail").asString());
        }
        assertThat(ASSEMBLER
                        .query(ITEMS, "$apply", sums, "$filter", "amount gt 1")
                        .status())
                .isEqualTo(400);
        ASSEMBLER.query(ITEMS, "$apply", "topsum(5,amount)").refused(501, "web.odata-not-supported");
    }

    @Test
    void theFirstOfAllRows() {
        JsonNode top = ASSEMBLER
                .query(ITEMS, "$apply", "filter(startswith(title,'QO'))/topcount(2,price)", "$select", "title")
                .good();
        assertThat(top.get("value").valueStream().map(row -> row.get("title").asString()))
                .containsExactly("QO plan", "QO coil");
        assertThat(top.has("@odata.nextLink")).isFalse();
        List<String> walked = new ArrayList<>();
        JsonNode page = ASSEMBLER
                .sized(1)
                .query(ITEMS, "$apply", "filter(startswith(title,'QO'))/orderby(title)/skip(1)/top(3)")
                .good();
        while (true) {
            page.get("value").forEach(row -> walked.add(row.get("title").asString()));
            if (!page.has("@odata.nextLink")) {
                break;
            }
            page = ASSEMBLER.sized(1).follow(page.get("@odata.nextLink")).good();
        }
        assertThat(walked).containsExactly("QO coil", "QO plan", "QO screw");
    }

    @Test
    void levelsOfOneWayAndNumbersBesideCollections() {
        JsonNode up = ASSEMBLER
                .query(ASSEMBLIES, "$filter", "name eq 'QO rotor'", "$expand", "above($levels=2;$select=name)")
                .good()
                .get("value")
                .get(0);
        assertThat(up.get("above").get("above").get("name").asString()).isEqualTo("QO pump");
        JsonNode down = ASSEMBLER
                .query(ASSEMBLIES, "$filter", "name eq 'QO pump'", "$expand", "plant__Assembly_above($levels=max)")
                .good()
                .get("value")
                .get(0);
        assertThat(down.toString()).contains("QO rotor");
        ASSEMBLER.query(ASSEMBLIES, "$expand", "above($levels=9)").refused(400, "web.odata-expand-too-deep");
        ASSEMBLER.query(ITEMS, "$expand", "assembly($levels=2)").refused(501, "web.odata-not-supported");
        String collection = "plant__AssemblyItem_assembly";
        JsonNode counted = READER.query(
                        ASSEMBLIES,
                        "$filter",
                        "name eq 'QO pump'",
                        "$expand",
                        collection + "($count=true;$top=1;$filter=amount gt 1)," + "plant__Assembly_above/$count")
                .good()
                .get("value")
                .get(0);
        assertThat(counted.get(collection + "@odata.count").asInt()).isEqualTo(2);
        assertThat(counted.get(collection)).hasSize(1);
        assertThat(counted.get("plant__Assembly_above@odata.count").asInt()).isEqualTo(1);
        assertThat(counted.has("plant__Assembly_above")).isFalse();
        assertThat(ASSEMBLER
                        .query(ASSEMBLIES, "$filter", "name eq 'QO motor 电机P60'", "$expand", "*")
                        .good()
                        .get("value")
                        .get(0)
                        .get("above")
                        .get("name")
                        .asString())
                .isEqualTo("QO pump");
    }

    @Test
    void wordsOfChineseAndOthersAreFoundWithoutSpacesBetweenThem() {
        for (String words : List.of("电机P60", "P60电机", "\"电机P60\"", "motor AND 电机")) {
            assertThat(ASSEMBLER.query(ASSEMBLIES, "$search", words).good().get("value"))
                    .as(words)
                    .hasSize(1);
        }
        assertThat(ASSEMBLER.query(ASSEMBLIES, "$search", "\"电机 P60\"").good().get("value"))
                .isEmpty();
    }
}
