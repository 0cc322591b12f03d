package dev.tenon.app.running;

import static dev.tenon.app.running.QueryOptionsTest.ASSEMBLIES;
import static dev.tenon.app.running.QueryOptionsTest.ITEMS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Answers as the text of OData 4.01 has them, where it is easy to give others. */
class StandardAnswersTest {

    private static final String PARTS = "plant__AssemblyItem_assembly";
    private static final Http ASSEMBLER = Plant.someone("sa-assembler", "plant__assembler");

    /** More than an answer holds, of records as well as of groups. */
    private static final int MANY = 1_002;

    @BeforeAll
    static void data() {
        List<Map<String, Object>> parts = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            parts.add(Map.of("title", "SA part %04d".formatted(i)));
        }
        JsonNode whole = made(Map.of("name", "SA long", PARTS, parts.subList(0, MANY / 2)));
        String half = ASSEMBLIES + "(" + whole.get("id").asString() + ")";
        ASSEMBLER
                .patch(half, "*", Map.of(PARTS + "@delta", parts.subList(MANY / 2, MANY)))
                .good();
        made(Map.of(
                "name",
                "SA short",
                "code",
                "SA-S",
                "serial",
                7_001,
                "startedAt",
                "2026-03-02T01:01:01.25Z",
                PARTS,
                List.of(Map.of("title", "SA few", "kind", "SA few", "amount", 7))));
    }

    private static JsonNode made(Object body) {
        return ASSEMBLER.post(ASSEMBLIES, body).good();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // What is empty equals what is empty, and differs from all else; an order of it is no truth.
                "serial eq serial | 2",
                "code ne name | 2",
                "code eq above/code | 1",
                "not (code eq above/code) | 1",
                "(serial gt 1) eq null | 0",
                "(serial gt 1) eq false | 1",
                "(serial in (7001,2)) ne true | 1",
                "not (serial gt 8000) | 2",
                "not (serial gt 1 and contains(name,'SA')) | 1",
                // A function of nothing is nothing, and so is its contrary.
                "not contains(code,'x') | 1",
                "concat(name,code) eq null | 1",
                "above eq null and owner ne null | 2",
                "serial in (7001,null) | 2",
                "not (serial in (1,null)) | 1",
                "serial DIVBY 2 EQ 3500.5 AND StartsWith(name,'SA') | 1",
                "fractionalseconds(startedAt) eq 0.25 | 1",
                "plant__AssemblyItem_assembly/all(p:contains(p/kind,'SA')) | 1"
            })
    void emptyValuesAreComparedAsTheStandardSays(String filter, int expected) {
        JsonNode page = ASSEMBLER
                .query(ASSEMBLIES, "filter", "startswith(name,'SA') and (" + filter + ")")
                .good();
        assertThat(page.get("value")).as(page.toString()).hasSize(expected);
    }

    @Test
    void optionsNeedNoSignAndValuesMayHaveNames() {
        JsonNode page = ASSEMBLER
                .query(
                        ASSEMBLIES,
                        "Filter",
                        "startswith(name,@start) and code eq @code",
                        "@start",
                        "'SA'",
                        "@code",
                        "'SA-S'",
                        "select",
                        "name",
                        "COUNT",
                        "true",
                        "expand",
                        PARTS + "(Select=title;Filter=amount GT 6)")
                .good();
        assertThat(page.get("@odata.count").asInt()).isEqualTo(1);
        assertThat(page.at("/value/0").has("code")).isFalse();
        assertThat(page.at("/value/0/" + PARTS + "/0").has("amount")).isFalse();
        JsonNode first = ASSEMBLER
                .sized(1)
                .query(ASSEMBLIES, "filter", "startswith(name,'SA')", "orderby", "name DESC", "top", "2")
                .good();
        assertThat(first.at("/value/0/name").asString()).isEqualTo("SA short");
        JsonNode second =
                ASSEMBLER.sized(1).follow(first.get("@odata.nextLink")).good();
        assertThat(second.at("/value/0/name").asString()).isEqualTo("SA long");
        assertThat(second.has("@odata.nextLink")).isFalse();
    }

    @Test
    void anExpandedCollectionThatIsTooLongGoesOnByALink() {
        JsonNode unsorted = expanded(PARTS + "($select=title;$filter=startswith(title,'SA'))");
        assertThat(unsorted.get(PARTS)).hasSize(50);
        TreeSet<String> titles = new TreeSet<>();
        unsorted.get(PARTS).forEach(part -> titles.add(part.get("title").asString()));
        JsonNode rest = ASSEMBLER
                .sized(1_000)
                .follow(unsorted.get(PARTS + "@odata.nextLink"))
                .good();
        rest.get("value").forEach(part -> titles.add(part.get("title").asString()));
        assertThat(titles).hasSize(MANY);
        assertThat(rest.at("/value/0").has("amount")).isFalse();
        JsonNode sorted = expanded(PARTS + "($top=1001;$orderby=title desc;$expand=device)");
        assertThat(sorted.get(PARTS)).hasSize(999);
        JsonNode last = ASSEMBLER.follow(sorted.get(PARTS + "@odata.nextLink")).good();
        assertThat(last.get("value").valueStream().map(part -> part.get("title").asString()))
                .containsExactly("SA part 0002", "SA part 0001");
        assertThat(last.at("/value/0").has("device")).isTrue();
        assertThat(last.has("@odata.nextLink")).isFalse();
        JsonNode few = expanded(PARTS + "($top=3)");
        assertThat(few.get(PARTS)).hasSize(3);
        assertThat(few.has(PARTS + "@odata.nextLink")).isFalse();
        assertThat(expanded(PARTS + "($top=0;$count=true)").get(PARTS)).isEmpty();
    }

    private static JsonNode expanded(String expand) {
        return ASSEMBLER
                .query(ASSEMBLIES, "$filter", "name eq 'SA long'", "$expand", expand)
                .good()
                .at("/value/0");
    }

    @Test
    void moreGroupsThanAnAnswerHoldsGoOnByALink() {
        JsonNode groups = ASSEMBLER
                .query(
                        ITEMS,
                        "$apply",
                        "filter(startswith(title,'SA part'))/groupby((title),aggregate($count as n))",
                        "$orderby",
                        "title desc")
                .good();
        assertThat(groups.get("value")).hasSize(1_000);
        JsonNode rest = ASSEMBLER.follow(groups.get("@odata.nextLink")).good();
        assertThat(rest.get("value")
                        .valueStream()
                        .map(group -> group.get("title").asString()))
                .containsExactly("SA part 0001", "SA part 0000");
        assertThat(rest.has("@odata.nextLink")).isFalse();
    }

    @Test
    void aShortQueryThatStandsForAnEndlessOneIsRefused() {
        ASSEMBLER
                .query(ASSEMBLIES, "$filter", "code" + " in ('a',null)".repeat(300))
                .refused(400, "web.odata-too-complex");
        ASSEMBLER
                .query(
                        ASSEMBLIES,
                        "$filter",
                        "code eq @p or ".repeat(300) + "true",
                        "@p",
                        "'" + "x".repeat(2_000) + "'")
                .refused(400, "web.odata-too-complex");
        assertThat(ASSEMBLER
                        .query(ASSEMBLIES, "$filter", "code in (".repeat(100) + "'a'" + ")".repeat(100))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aFunctionThatDoesNotFitItsValuesIsRefused() {
        for (String measure : List.of("title with sum", "kind with average", "assembly_id with max")) {
            ASSEMBLER.query(ITEMS, "$apply", "aggregate(" + measure + " as x)").refused(400, "web.odata-type-mismatch");
        }
    }

    @Test
    void headersSayWhatWasFollowedAndWhatIsPossible() {
        Http.Answer page = ASSEMBLER.sized(5_000).query(ASSEMBLIES, "$top", "1");
        assertThat(page.header("Preference-Applied")).isEqualTo("maxpagesize=1000");
        assertThat(ASSEMBLER.delete(ASSEMBLIES).header("Allow")).isEqualTo("GET, POST");
        String metadata = "/odata/$metadata";
        assertThat(ASSEMBLER
                        .get(metadata, Map.of("Accept", "application/json;q=0.5, application/xml"))
                        .header("Content-Type"))
                .startsWith("application/xml");
        String tag = ASSEMBLER.get(metadata).header("ETag");
        assertThat(ASSEMBLER.get(metadata, Map.of("If-None-Match", tag)).status())
                .isEqualTo(304);
        assertThat(Plant.watcher().get(metadata, Map.of("If-None-Match", tag)).status())
                .isEqualTo(200);
        ASSEMBLER
                .get(ASSEMBLIES, Map.of("Accept", "application/json;q=0, text/html"))
                .refused(406, "web.not-acceptable");
    }

    @Test
    void anAddressMayBeAsLongAsTheGuideSays() {
        String filter = "name eq '" + "中".repeat(2_000) + "'";
        String query = "?$filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
        assertThat(query.length()).isBetween(18_000, 20_000);
        assertThat(ASSEMBLER.get(ASSEMBLIES + query).good().get("value")).isEmpty();
        ASSEMBLER.get(ASSEMBLIES + query + "&view=" + "x".repeat(2_500)).refused(400, "web.odata-too-complex");
    }

    @Test
    void recordsInsideOfOthersAreNamedByTheirAddresses() {
        JsonNode one = made(Map.of("name", "DA one", PARTS, List.of(Map.of("title", "a"), Map.of("title", "b"))));
        String a = "plant__AssemblyItem(" + one.at("/" + PARTS + "/0/id").asString() + ")";
        String b = "plant__AssemblyItem(" + one.at("/" + PARTS + "/1/id").asString() + ")";
        String address = "plant__Assembly(" + one.get("id").asString() + ")";
        // A new one takes what is there.
        JsonNode two =
                made(Map.of("name", "DA two", "above", Map.of("@id", address), PARTS, List.of(Map.of("@id", a))));
        assertThat(two.get("above_id")).isEqualTo(one.get("id"));
        assertThat(two.at("/above/version")).isEqualTo(one.get("version"));
        assertThat(titles(two)).containsExactly("a");
        assertThat(titles(one)).containsExactly("b");
        String second = "/odata/plant__Assembly(" + two.get("id").asString() + ")";
        ASSEMBLER
                .patch(second, "*", Map.of(PARTS + "@delta", List.of(Map.of("@id", b, "title", "b2"))))
                .good();
        assertThat(titles(two)).containsExactly("a", "b2");
        Map<String, Object> removed = Map.of("@removed", Map.of("reason", "deleted"), "@odata.id", a);
        ASSEMBLER.patch(second, "*", Map.of(PARTS + "@delta", List.of(removed))).good();
        assertThat(titles(two)).containsExactly("b2");
        ASSEMBLER
                .patch(second, "*", Map.of(PARTS + "@delta", List.of(Map.of("@removed", Map.of()))))
                .refused(400, "web.malformed-body");
        JsonNode third = made(Map.of("name", "DA three", PARTS + "@odata.bind", List.of(b)));
        assertThat(titles(third)).containsExactly("b2");
        JsonNode moved = ASSEMBLER
                .patch(
                        second,
                        "*",
                        Map.of(
                                "above",
                                Map.of(
                                        "@id",
                                        "plant__Assembly(" + third.get("id").asString() + ")")))
                .good();
        assertThat(moved.get("above_id")).isEqualTo(third.get("id"));
        ASSEMBLER.patch(second, "*", Map.of("above", Map.of("@id", a))).refused(400, "records.type-mismatch");
    }

    private static List<String> titles(JsonNode assembly) {
        return ASSEMBLER
                .query(
                        ITEMS,
                        "$orderby",
                        "title",
                        "$filter",
                        "assembly_id eq " + assembly.get("id").asString())
                .good()
                .get("value")
                .valueStream()
                .map(row -> row.get("title").asString())
                .toList();
    }
}
