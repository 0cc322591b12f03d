package dev.tenon.app.running;

import static dev.tenon.app.running.Plant.DEVICES;
import static dev.tenon.app.running.Plant.SITES;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Lookups to records of several objects over the data API: described, written, read, filtered, in tables, customized. */
class PolymorphicLookupTest {

    private static final String MEMOS = "/odata/plant__Memo";

    private static final Http ADMIN = Plant.administrator();
    private static final Http WRITER = Plant.someone("memo-writer", "plant__memoWriter");
    private static final Http READER = Plant.someone("memo-reader", "plant__memoReader");

    private static String site;
    private static String worn;

    @BeforeAll
    static void records() {
        site = id(WRITER.post(SITES, Map.of("name", "memo site")));
        worn = id(ADMIN.post(
                DEVICES, Map.of("name", "memo device", "state", "worn", "checkedAt", "2026-01-01T00:00:00Z")));
    }

    private static String id(Http.Answer created) {
        return created.good().get("id").asString();
    }

    private static Http.Answer memo(Http who, @Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return who.post(MEMOS, values);
    }

    private static List<String> texts(Http.Answer answer) {
        return answer.good()
                .get("value")
                .valueStream()
                .map(row -> row.get("text").asString())
                .toList();
    }

    private static JsonNode field(Http who, String name) {
        return who.get("/api/objects/plant__Memo")
                .good()
                .get("fields")
                .valueStream()
                .filter(f -> f.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void itIsDescribedWithTheObjectsThatTheReaderMayKnow() {
        JsonNode about = field(WRITER, "about");
        assertThat(about.get("type").asString()).isEqualTo("polymorphicLookup");
        assertThat(about.get("required").asBoolean()).isTrue();
        assertThat(about.get("parts").toString())
                .isEqualTo(
                        "{\"plant__Device\":\"aboutDevice\",\"plant__Site\":\"aboutSite\",\"sys__User\":\"aboutSysUser\"}");
        assertThat(about.get("titles").get("plant__Site").asString()).isEqualTo("name");
        assertThat(about.get("values").get(1).get("label").asString()).isEqualTo("Site");
        assertThat(field(WRITER, "aboutSite").get("part").get("role").asString())
                .isEqualTo("target");
        assertThat(field(READER, "about").get("values").toString()).doesNotContain("plant__Device", "plant__Site");
        assertThat(field(READER, "about").get("parts").has("plant__Site")).isFalse();
        assertThat(READER.get("/api/objects/plant__Memo").body()).doesNotContain("Device", "aboutSite");
        assertThat(READER.get("/odata/$metadata").body())
                .contains("aboutSysUser")
                .doesNotContain("aboutDevice");
        assertThat(READER.get("/api/openapi.json").body()).doesNotContain("plant__Device");
        READER.query(MEMOS, "$filter", "aboutDevice_id ne null").refused(400, "records.unknown-field");

        String metadata = WRITER.get("/odata/$metadata").body();
        assertThat(metadata)
                .contains(
                        "Name=\"about\" Type=\"Edm.String\"",
                        "Name=\"aboutSite_id\" Type=\"Edm.Guid\"",
                        "NavigationProperty Name=\"aboutSite\"",
                        "NavigationProperty Name=\"aboutSysUser\"");
        assertThat(WRITER.get("/api/openapi.json").good().toString()).contains("\"aboutDevice_id\"");
    }

    @Test
    void oneRecordIsReferredToAndReadWithItsTitle() {
        JsonNode created = memo(WRITER, "text", "one", "aboutSite_id", site).good();
        assertThat(created.get("about").asString()).isEqualTo("plant__Site");
        String memo = MEMOS + "(" + created.get("id").asString() + ")";
        JsonNode expanded = WRITER.query(memo, "$expand", "aboutSite($select=name),aboutDevice($select=name)")
                .good();
        assertThat(expanded.get("aboutSite").get("name").asString()).isEqualTo("memo site");
        assertThat(expanded.get("aboutDevice").isNull()).isTrue();
        assertThat(texts(WRITER.query(MEMOS, "$filter", "about eq 'plant__Site' and aboutSite/name eq 'memo site'")))
                .contains("one");
        assertThat(texts(WRITER.query(MEMOS, "$filter", "aboutSite_id eq " + site + " and text eq 'one'")))
                .containsExactly("one");
        assertThat(WRITER.query(MEMOS, "$apply", "filter(text eq 'one')/groupby((about),aggregate($count as n))")
                        .good()
                        .get("value")
                        .toString())
                .contains("\"about\":\"plant__Site\"");

        JsonNode other = WRITER.patch(
                        memo, "*", Map.of("answerMemo_id", created.get("id").asString(), "aboutSysUser_id", me(WRITER)))
                .good();
        assertThat(other.get("about").asString()).isEqualTo("sys__User");
        assertThat(other.get("aboutSite_id").isNull()).isTrue();
        assertThat(WRITER.get("/api/records/plant__Memo/" + created.get("id").asString() + "/history")
                        .good()
                        .toString())
                .contains("memo site", "memo-writer", "About (Site)", "About (User)");
    }

    private static String me(Http who) {
        return who.get("/api/me").good().get("id").asString();
    }

    @Test
    void whatIsWrongIsTold() {
        assertThat(memo(WRITER, "text", "none")
                        .refused(400, "records.field-required")
                        .get("errors")
                        .get(0)
                        .get("pointer")
                        .asString())
                .isEqualTo("/about");
        assertThat(memo(WRITER, "text", "two", "aboutSite_id", site, "aboutSysUser_id", me(WRITER))
                        .refused(400, "records.validation-failed")
                        .get("errors")
                        .get(0)
                        .get("detail")
                        .asString())
                .contains("one record");
        memo(WRITER, "text", "wrong", "aboutDevice_id", site).refused(400, "records.reference-not-found");
        memo(WRITER, "text", "unseen", "aboutDevice_id", worn).refused(400, "records.reference-not-found");
        memo(WRITER, "text", "computed", "about", "plant__Site").refused(400, "records.computed-field");
    }

    @Test
    void whoMayNotSeeTheRecordSeesNoObjectEither() {
        memo(ADMIN_WITH_MEMOS, "text", "secret", "aboutDevice_id", worn).good();
        JsonNode row = WRITER.query(MEMOS, "$filter", "text eq 'secret'", "$expand", "aboutDevice")
                .good()
                .get("value")
                .get(0);
        assertThat(row.get("about").isNull()).isTrue();
        assertThat(row.get("aboutDevice_id").isNull()).isTrue();
        assertThat(row.get("aboutDevice").isNull()).isTrue();
        assertThat(texts(WRITER.query(MEMOS, "$filter", "about eq 'plant__Device'")))
                .doesNotContain("secret");
        assertThat(texts(READER.query(MEMOS, "$filter", "about eq 'plant__Device' or about eq 'plant__Site'")))
                .isEmpty();
        assertThat(READER.get("/api/export/plant__Memo.csv").body()).doesNotContain("memo site", "plant__Site");
    }

    private static final Http ADMIN_WITH_MEMOS =
            Plant.someone("memo-admin", "plant__memoWriter", "plant__operator", "sys__administrator");

    @Test
    void tablesHaveAColumnForEachObject() {
        memo(WRITER, "text", "table", "aboutSite_id", site).good();
        assertThat(WRITER.query("/api/export/plant__Memo.csv", "view", "all").body())
                .contains("Text,About,About (Device),About (Site),About (User),", ",Site,,memo site,");

        JsonNode preview = ADMIN_WITH_MEMOS
                .upload(
                        "/api/imports/preview?object=plant__Memo&options=%7B%7D",
                        "memos.csv", "Text,About (Site)\nimported,memo site\n".getBytes(StandardCharsets.UTF_8))
                .good();
        assertThat(preview.toString()).contains("aboutSite");
    }

    @Test
    void aCustomerAddsATargetOfItsOwn() {
        Http.Answer added = ADMIN.post(
                "/api/admin/metadata/changes",
                Map.of(
                        "changes",
                        List.of(
                                Map.of(
                                        "op",
                                        "add",
                                        "element",
                                        "object:c__Place",
                                        "properties",
                                        Map.of("label", "Place", "baseline", "publicReadWrite")),
                                Map.of(
                                        "op",
                                        "set",
                                        "element",
                                        "field:plant__Memo/answer",
                                        "property",
                                        "targets",
                                        "value",
                                        Map.of("add", List.of("c__Place"))))));
        added.good();
        assertThat(field(ADMIN_WITH_MEMOS, "answer").get("parts").toString()).contains("answerMemo", "answerDevice");
        assertThat(ADMIN.post(
                                "/api/admin/metadata/changes",
                                Map.of(
                                        "changes",
                                        List.of(Map.of(
                                                "op",
                                                "set",
                                                "element",
                                                "field:plant__Memo/answer",
                                                "property",
                                                "targets",
                                                "value",
                                                List.of("c__Place")))))
                        .body())
                .contains("metadata.targets-only-added");
    }
}
