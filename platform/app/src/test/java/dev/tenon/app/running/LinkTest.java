package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Many-to-many fields and addresses of references over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinkTest {

    private static final String WORKERS = "/odata/plant__Worker";
    private static final String SKILLS = "/odata/plant__Skill";
    private static final String INVERSE = "plant__Worker_skills";

    private Http lead;
    private Http member;
    private Http guest;
    private String weld;
    private String paint;
    private String secret;

    @BeforeAll
    void people() {
        lead = Plant.someone("crew-lead", "plant__crewLead");
        member = Plant.someone("crew-member", "plant__crewMember");
        guest = Plant.someone("crew-guest", "plant__crewGuest");
        weld = skill(Map.of("name", "Weld"));
        paint = skill(Map.of("name", "Paint; spray", "level", 2));
        secret = skill(Map.of("name", "Lock picking", "secret", true));
    }

    private String skill(Map<String, ?> values) {
        return id(lead.post(SKILLS, values));
    }

    private static String id(Http.Answer created) {
        return created.good().get("id").asString();
    }

    private String worker(String name, String... skills) {
        return id(lead.post(WORKERS, Map.of("name", name, "skills", List.of(skills))));
    }

    private static String one(String id) {
        return WORKERS + "(" + id + ")";
    }

    private static List<String> names(JsonNode rows) {
        return rows.valueStream().map(row -> row.get("name").asString()).toList();
    }

    private List<String> skills(Http who, String worker) {
        return names(
                who.query(one(worker) + "/skills", "$orderby", "name").good().get("value"));
    }

    private static List<String> found(Http who, String set, String prefix, String filter) {
        return names(who.query(set, "$filter", "startswith(name,'" + prefix + "') and " + filter, "$orderby", "name")
                .good()
                .get("value"));
    }

    @Test
    void aRecordIsSentWithTheIdsOrTheAddressesOfWhatItLinks() {
        String byIds = worker("Sent ids", weld, paint, weld);
        assertThat(skills(lead, byIds)).containsExactly("Paint; spray", "Weld");
        JsonNode made = lead.post(
                        WORKERS,
                        Map.of(
                                "name",
                                "Sent addresses",
                                "skills",
                                List.of(Map.of("@id", "plant__Skill(" + weld + ")"), Map.of("id", paint))))
                .good();
        assertThat(names(made.get("skills"))).containsExactlyInAnyOrder("Weld", "Paint; spray");
        String bound = id(lead.post(
                WORKERS,
                Map.of(
                        "name",
                        "Sent bound",
                        "skills@odata.bind",
                        List.of(Plant.administrator().address() + "/odata/plant__Skill(" + weld + ")"))));
        lead.patch(one(bound), "*", Map.of("skills@odata.bind", List.of("plant__Skill(" + paint + ")")))
                .good();
        assertThat(skills(lead, bound)).as("by its address one is added").containsExactly("Paint; spray", "Weld");
        lead.post(
                        "/odata/$batch",
                        Map.of(
                                "requests",
                                List.of(
                                        Map.of(
                                                "id",
                                                "s",
                                                "method",
                                                "post",
                                                "url",
                                                "plant__Skill",
                                                "body",
                                                Map.of("name", "Sent in a batch")),
                                        Map.of(
                                                "id",
                                                "w",
                                                "method",
                                                "post",
                                                "url",
                                                "plant__Worker",
                                                "dependsOn",
                                                List.of("s"),
                                                "body",
                                                Map.of("name", "Sent batch", "skills@odata.bind", List.of("$s"))))))
                .good();
        assertThat(found(lead, WORKERS, "Sent", "skills/any(s:s/name eq 'Sent in a batch')"))
                .containsExactly("Sent batch");
        lead.patch(one(bound), "*", Map.of("skills", List.of(Map.of("id", weld, "name", "Renamed"))))
                .refused(400, "web.malformed-body");
        JsonNode wrong = lead.patch(one(bound), "*", Map.of("skills", List.of("plant__Worker(" + bound + ")")))
                .refused(400, "records.type-mismatch");
        assertThat(wrong.get("errors").get(0).get("pointer").asString()).isEqualTo("/skills");
        lead.patch(one(bound), "*", Map.of("skills", List.of(bound))).refused(400, "records.reference-not-found");
    }

    @Test
    void aSetNeedsItsVersionAndADeltaSaysWhatIsDifferent() {
        String worker = worker("Versions", weld);
        String etag = lead.get(one(worker)).good().get("@odata.etag").asString();
        JsonNode saved = lead.patch(one(worker), etag, Map.of("skills", List.of(paint), "name", "Versions!"))
                .good();
        assertThat(names(saved.get("skills"))).containsExactly("Paint; spray");
        lead.patch(one(worker), etag, Map.of("skills", List.of(weld))).refused(412, "records.stale-version");
        lead.patch(one(worker), null, Map.of("skills", List.of())).refused(428, "web.precondition-required");
        lead.patch(
                        one(worker),
                        "*",
                        Map.of(
                                "skills@delta",
                                List.of(weld, Map.of("id", paint, "@removed", Map.of("reason", "changed")))))
                .good();
        assertThat(skills(lead, worker)).containsExactly("Weld");
        JsonNode history =
                lead.get("/api/records/plant__Worker/" + worker + "/history").good();
        JsonNode last = history.get(0).get("changes").get(0);
        assertThat(last.get("field").asString()).isEqualTo("skills");
        assertThat(last.get("old").asString()).isEqualTo("Paint; spray");
        assertThat(last.get("new").asString()).isEqualTo("Weld");
        assertThat(history.get(1).get("changes")).as("one save, one entry").hasSize(2);
    }

    @Test
    void linkedRecordsAreExpandedCountedAndAskedForBothWays() {
        worker("Ask Ann", weld, paint);
        worker("Ask Bob", weld);
        worker("Ask Cat");
        JsonNode rows = lead.query(
                        WORKERS,
                        "$filter",
                        "startswith(name,'Ask')",
                        "$orderby",
                        "skills/$count desc,name",
                        "$select",
                        "name",
                        "$expand",
                        "skills($select=name;$orderby=name desc;$top=1;$count=true;$expand=" + INVERSE
                                + "($select=name;$filter=startswith(name,'Ask');$orderby=name))")
                .good()
                .get("value");
        assertThat(names(rows)).containsExactly("Ask Ann", "Ask Bob", "Ask Cat");
        assertThat(rows.get(0).get("skills@odata.count").asInt()).isEqualTo(2);
        assertThat(names(rows.get(0).get("skills"))).containsExactly("Weld");
        assertThat(names(rows.get(0).get("skills").get(0).get(INVERSE))).containsExactly("Ask Ann", "Ask Bob");
        assertThat(rows.get(2).get("skills")).isEmpty();
        assertThat(found(lead, WORKERS, "Ask", "skills/any(s:s/name eq 'Weld')"))
                .containsExactly("Ask Ann", "Ask Bob");
        assertThat(found(lead, WORKERS, "Ask", "skills/all(s:s/level eq 1)")).containsExactly("Ask Bob", "Ask Cat");
        assertThat(found(lead, WORKERS, "Ask", "not skills/any()")).containsExactly("Ask Cat");
        assertThat(found(lead, WORKERS, "Ask", "skills/$count gt 1")).containsExactly("Ask Ann");
        assertThat(found(lead, WORKERS, "Ask", "skills/any(s:s/" + INVERSE + "/any(w:w/name eq 'Ask Bob'))"))
                .containsExactly("Ask Ann", "Ask Bob");
        assertThat(found(lead, SKILLS, "", INVERSE + "/any(w:w/name eq 'Ask Ann')"))
                .containsExactly("Paint; spray", "Weld");
        assertThat(names(lead.query(WORKERS, "view", "skilled", "$filter", "startswith(name,'Ask')")
                        .good()
                        .get("value")))
                .containsExactly("Ask Ann");
        assertThat(lead.query(WORKERS, "$filter", "startswith(name,'Ask')", "$select", "name,skillCount")
                        .good()
                        .get("value")
                        .valueStream()
                        .mapToInt(row -> row.get("skillCount").asInt())
                        .sum())
                .isEqualTo(3);
        lead.query(WORKERS, "$orderby", "skills").refused(400, "web.odata-syntax");
        assertThat(lead.get("/odata/$metadata").body())
                .contains("<NavigationProperty Name=\"skills\" Type=\"Collection(Tenon.plant__Skill)\"")
                .contains("<NavigationProperty Name=\"" + INVERSE + "\"")
                .doesNotContain("EntityType Name=\"" + INVERSE + "\"");
    }

    @Test
    void nobodyLearnsOfWhatHeMayNotSee() {
        String own = id(member.post(WORKERS, Map.of("name", "Hide own", "skills", List.of(weld))));
        lead.post(one(own) + "/skills/$ref", Map.of("@id", "plant__Skill(" + secret + ")"))
                .good();
        assertThat(skills(member, own)).containsExactly("Weld");
        assertThat(member.get(one(own) + "/skills/$count").body()).isEqualTo("1");
        assertThat(found(member, WORKERS, "Hide", "skills/$count eq 2")).isEmpty();
        assertThat(found(lead, WORKERS, "Hide", "skills/$count eq 2")).containsExactly("Hide own");
        assertThat(found(member, WORKERS, "Hide", "skills/any(s:s/name eq 'Lock picking')"))
                .isEmpty();
        assertThat(member.get(one(own) + "/skills/$ref").good().get("value")).hasSize(1);
        member.patch(one(own), "*", Map.of("skills", List.of(secret))).refused(400, "records.reference-not-found");
        member.patch(one(own), "*", Map.of("skills", List.of())).good();
        assertThat(skills(lead, own)).containsExactly("Lock picking");
        assertThat(member.get("/api/records/plant__Worker/" + own + "/history").body())
                .doesNotContain("Lock picking", secret);
        String others = worker("Hide others", weld);
        member.post(one(others) + "/skills/$ref", Map.of("@id", "plant__Skill(" + paint + ")"))
                .refused(403, "records.not-allowed");
        member.post(SKILLS + "(" + weld + ")/" + INVERSE + "/$ref", Map.of("@id", "plant__Worker(" + others + ")"))
                .refused(403, "records.not-allowed");
        assertThat(guest.get("/odata/$metadata").body()).doesNotContain("\"skills\"", INVERSE);
        assertThat(guest.get(one(others) + "/skills").status()).isGreaterThanOrEqualTo(400);
        assertThat(guest.get("/odata/" + INVERSE).status()).isGreaterThanOrEqualTo(400);
        assertThat(lead.get("/odata/" + INVERSE).status())
                .as("links have no page")
                .isGreaterThanOrEqualTo(400);
    }

    @Test
    void linksAreAddedAndTakenAwayOneByOneFromEitherSide() {
        String worker = worker("Ref");
        String skills = one(worker) + "/skills";
        String weldAddress = "plant__Skill(" + weld + ")";
        assertThat(lead.post(skills + "/$ref", Map.of("@odata.id", weldAddress)).status())
                .isEqualTo(204);
        lead.post(skills + "/$ref", Map.of("@odata.id", weldAddress)).good();
        lead.post(SKILLS + "(" + paint + ")/" + INVERSE + "/$ref", Map.of("@id", "plant__Worker(" + worker + ")"))
                .good();
        JsonNode refs = lead.query(skills + "/$ref", "$orderby", "name", "$count", "true")
                .good();
        assertThat(refs.get("@odata.context").asString()).endsWith("$metadata#Collection($ref)");
        assertThat(refs.get("@odata.count").asInt()).isEqualTo(2);
        assertThat(refs.get("value").get(1).get("@odata.id").asString()).endsWith("/odata/" + weldAddress);
        JsonNode page =
                lead.query(skills + "/$ref", "$orderby", "name", "$top", "1").good();
        assertThat(page.get("value")).hasSize(1);
        assertThat(lead.delete(skills + "/$ref?$id=" + URLEncoder.encode("../" + weldAddress, StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(204);
        assertThat(skills(lead, worker)).containsExactly("Paint; spray");
        lead.delete(skills + "(" + paint + ")/$ref").good();
        lead.delete(SKILLS + "(" + paint + ")/" + INVERSE + "(" + worker + ")/$ref")
                .good();
        assertThat(skills(lead, worker)).isEmpty();
        lead.put(skills + "/$ref", Map.of("value", List.of(Map.of("@id", weldAddress))))
                .good();
        assertThat(skills(lead, worker)).containsExactly("Weld");
        String fresh = id(lead.post(skills, Map.of("name", "Ref fresh")));
        assertThat(skills(lead, worker)).containsExactly("Ref fresh", "Weld");
        String etag = lead.get(one(worker)).good().get("@odata.etag").asString();
        lead.send("POST", skills + "/$ref", Map.of("@id", "plant__Skill(" + paint + ")"), Map.of("If-Match", "W/\"1\""))
                .refused(412, "records.stale-version");
        lead.send("POST", skills + "/$ref", Map.of("@id", "plant__Skill(" + paint + ")"), Map.of("If-Match", etag))
                .good();
        lead.post(skills + "/$ref", Map.of("@id", "plant__Worker(" + worker + ")"))
                .refused(400, "records.type-mismatch");
        lead.patch(SKILLS + "(" + fresh + ")", "*", Map.of(INVERSE, List.of(worker)))
                .refused(501, "web.odata-not-supported");
    }

    @Test
    void referencesToOneRecordHaveAddressesToo() {
        String boss = worker("Boss");
        String worker = worker("Bossed");
        assertThat(lead.get(one(worker) + "/lead/$ref").status()).isEqualTo(204);
        lead.put(one(worker) + "/lead/$ref", Map.of("@odata.id", "plant__Worker(" + boss + ")"))
                .good();
        assertThat(lead.get(one(worker) + "/lead/$ref").good().get("@odata.id").asString())
                .endsWith("/odata/plant__Worker(" + boss + ")");
        assertThat(lead.get(one(boss) + "/plant__Worker_lead/$ref").good().get("value"))
                .hasSize(1);
        lead.delete(one(boss) + "/plant__Worker_lead/$ref?$id=plant__Worker(" + boss + ")")
                .refused(404, "records.not-found");
        lead.delete(one(boss) + "/plant__Worker_lead(" + worker + ")/$ref").good();
        lead.post(one(boss) + "/plant__Worker_lead/$ref", Map.of("@id", "plant__Worker(" + worker + ")"))
                .good();
        assertThat(lead.get(one(worker)).good().get("lead_id").asString()).isEqualTo(boss);
        lead.delete(one(worker) + "/lead/$ref").good();
        assertThat(lead.get(one(worker)).good().get("lead_id").isNull()).isTrue();
        lead.post(one(worker) + "/lead/$ref", Map.of("@id", "plant__Worker(" + boss + ")"))
                .refused(405, "web.method-not-allowed");
        lead.put(one(worker) + "/lead/$ref", Map.of("@id", "plant__Skill(" + weld + ")"))
                .refused(400, "records.type-mismatch");
        lead.put(one(worker), Map.of("name", "Put")).refused(405, "web.method-not-allowed");
    }

    @Test
    void thePickerTheFormAndThePageOfTheOtherSideKnowTheField() {
        skill(Map.of("name", "Too high", "level", 9));
        JsonNode offered = lead.post("/api/objects/plant__Worker/candidates/skills", Map.of("top", 100))
                .good();
        assertThat(names(offered.get("items"))).contains("Weld").doesNotContain("Too high");
        JsonNode described = lead.get("/api/objects/plant__Worker").good();
        JsonNode field = described
                .get("fields")
                .valueStream()
                .filter(f -> f.get("name").asString().equals("skills"))
                .findFirst()
                .orElseThrow();
        assertThat(field.get("type").asString()).isEqualTo("manyToMany");
        assertThat(field.get("target").asString()).isEqualTo("plant__Skill");
        assertThat(described.get("layout").get("sections").get(0).get("fields").toString())
                .contains("skills");
        JsonNode related = lead.get("/api/objects/plant__Skill")
                .good()
                .get("layout")
                .get("related")
                .get(0);
        assertThat(related.get("label").asString()).isEqualTo("Skilled workers");
        assertThat(related.get("via").asString()).isEqualTo("skills");
        assertThat(related.get("linked").asBoolean()).isTrue();
        assertThat(lead.get("/api/openapi.json").body()).contains(INVERSE);
    }

    @Test
    void tablesTellAndReadTitles() {
        worker("Table", weld, paint);
        String csv = lead.get("/api/export/plant__Worker.csv?view=all&$filter="
                        + URLEncoder.encode("startswith(name,'Table')", StandardCharsets.UTF_8))
                .body();
        assertThat(csv).contains("\"\"Paint; spray\"\"").contains("Weld");
        Map<String, Object> options = Map.of();
        String file = "name,skills\nTable in,\"\"\"Paint; spray\"\";" + weld + "\"\nTable bad,Nothing\n";
        JsonNode job = lead.upload(
                        "/api/imports?object=plant__Worker&options="
                                + URLEncoder.encode(
                                        JsonMapper.shared().writeValueAsString(options), StandardCharsets.UTF_8),
                        "workers.csv",
                        file.getBytes(StandardCharsets.UTF_8))
                .good();
        JsonNode done = BulkTest.ended(lead, "/api/imports", job);
        assertThat(done.get("created").asInt()).as(done.toString()).isEqualTo(1);
        assertThat(done.get("errors").get(0).get("code").asString()).isEqualTo("automation.reference-not-found");
        String made = lead.query(WORKERS, "$filter", "name eq 'Table in'")
                .good()
                .get("value")
                .get(0)
                .get("id")
                .asString();
        assertThat(skills(lead, made)).containsExactly("Paint; spray", "Weld");
    }

    @Test
    void linksComeBackFromTheRecycleBinWithEitherRecord() {
        String skill = skill(Map.of("name", "Bin skill"));
        String worker = worker("Bin worker", skill);
        lead.delete(SKILLS + "(" + skill + ")").good();
        assertThat(skills(lead, worker)).isEmpty();
        lead.post("/api/recycle-bin/" + skill + "/restore", Map.of()).good();
        assertThat(skills(lead, worker)).containsExactly("Bin skill");
        assertThat(lead.get(SKILLS + "(" + skill + ")").good().get("workers").asInt())
                .isEqualTo(1);
        lead.delete(one(worker)).good();
        assertThat(lead.get(SKILLS + "(" + skill + ")").good().get("workers").asInt())
                .isZero();
        lead.post("/api/recycle-bin/" + worker + "/restore", Map.of()).good();
        assertThat(skills(lead, worker)).containsExactly("Bin skill");
    }
}
