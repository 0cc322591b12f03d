package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Locks on records over HTTP: who sets and sees them, and what they keep out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LockedRecordTest {

    private static final String DEEDS = "/odata/plant__Deed";
    private static final String CLAUSES = "/odata/plant__Clause";
    private static final byte[] CONTENT = "a scan".getBytes(StandardCharsets.UTF_8);

    private Http notary;
    private Http registrar;
    private Http scribe;
    private Http stranger;

    @BeforeAll
    void people() {
        notary = Plant.someone("notary", "plant__notary");
        registrar = Plant.someone("registrar", "plant__registrar");
        scribe = Plant.someone("scribe", "plant__scribe");
        stranger = Plant.someone("stranger", "plant__ownDeeds");
    }

    private static String one(String set, String id) {
        return set + "(" + id + ")";
    }

    private static String lock(String object, String id) {
        return "/api/records/plant__" + object + "/" + id + "/lock";
    }

    private static String id(Http.Answer answer) {
        return answer.good().get("id").asString();
    }

    private String deed(String title) {
        return id(scribe.post(DEEDS, Map.of("title", title)));
    }

    private String clause(String deed, String title) {
        return id(scribe.post(CLAUSES, Map.of("deed_id", deed, "title", title, "amount", 5)));
    }

    private void lock(String deed) {
        notary.put(lock("Deed", deed), Map.of("reason", "signed")).good();
    }

    private String title(String deed) {
        return scribe.get(one(DEEDS, deed)).good().get("title").asString();
    }

    @Test
    void aLockIsSetSeenAndRemoved() {
        String deed = deed("Locked once");
        JsonNode open = notary.get(lock("Deed", deed)).good();
        assertThat(open.get("lock").isNull()).isTrue();
        assertThat(open.get("mayLock").asBoolean()).isTrue();
        assertThat(open.get("mayEdit").asBoolean()).isTrue();

        JsonNode set =
                notary.put(lock("Deed", deed), Map.of("reason", "signed")).good();
        assertThat(set.at("/lock/by/name").asString()).isEqualTo("notary");
        assertThat(set.at("/lock/reason").asString()).isEqualTo("signed");
        assertThat(set.get("mayEdit").asBoolean()).isFalse();
        assertThat(notary.put(lock("Deed", deed), Map.of("reason", "signed")).good())
                .isEqualTo(set);
        notary.put(lock("Deed", deed), Map.of()).refused(409, "records.already-locked");

        JsonNode seen = scribe.get(lock("Deed", deed)).good();
        assertThat(seen.get("lock")).isEqualTo(set.get("lock"));
        assertThat(seen.get("mayLock").asBoolean()).isFalse();
        assertThat(registrar.get(lock("Deed", deed)).good().get("mayEdit").asBoolean())
                .isTrue();
        scribe.put(lock("Deed", deed), Map.of()).refused(403, "records.not-allowed");
        scribe.delete(lock("Deed", deed)).refused(403, "records.not-allowed");

        String at = set.at("/lock/at").asString();
        notary.delete(lock("Deed", deed) + "?at=2020-01-01T00:00:00Z").refused(409, "records.stale-lock");
        notary.delete(lock("Deed", deed) + "?at=yesterday").refused(400, "web.parameter-malformed");
        notary.delete(lock("Deed", deed) + "?at=" + at).good();
        notary.delete(lock("Deed", deed)).refused(409, "records.not-locked");
        assertThat(scribe.get("/api/objects/plant__Deed").good().at("/can/lock").asBoolean())
                .isFalse();
        assertThat(notary.get("/api/objects/plant__Deed").good().at("/can/lock").asBoolean())
                .isTrue();
    }

    @Test
    void aHiddenRecordAnswersAsAnUnknownOne() {
        String hidden = deed("Not for strangers");
        lock(hidden);
        String unknown = UUID.randomUUID().toString();
        for (String id : List.of(hidden, unknown)) {
            for (Http.Answer answer : List.of(
                    stranger.get(lock("Deed", id)),
                    stranger.put(lock("Deed", id), Map.of("reason", "x".repeat(10))),
                    stranger.delete(lock("Deed", id)))) {
                assertThat(told(answer, id)).isEqualTo(told(stranger.get(lock("Deed", unknown)), unknown));
            }
        }
        stranger.get(lock("Clause", unknown)).refused(404, "records.unknown-object");
        stranger.get(lock("Nothing", unknown)).refused(404, "records.unknown-object");
    }

    /** All of a refusal but the trace that finds it in the log. */
    private static String told(Http.Answer answer, String id) {
        ObjectNode problem = (ObjectNode) answer.refused(404, "records.not-found");
        problem.remove("traceId");
        return problem.toString().replace(id, "ID");
    }

    @Test
    void noDoorLeadsToALockedRecord() {
        String deed = deed("Shut");
        String code = "shut-1";
        scribe.patch(one(DEEDS, deed), "*", Map.of("code", code)).good();
        String witness = deed("Witness");
        String clause = clause(deed, "First");
        lock(deed);

        JsonNode told =
                scribe.patch(one(DEEDS, deed), "*", Map.of("title", "Changed")).refused(409, "records.locked");
        assertThat(told.get("detail").asString()).contains("by notary", ": signed");
        scribe.send("PATCH", DEEDS + "(code='" + code + "')", Map.of("title", "Changed"), Map.of())
                .refused(409, "records.locked");
        scribe.patch(one(DEEDS, deed), "*", Map.of("owner_id", id(scribe.get("/api/me"))))
                .refused(409, "records.locked");
        scribe.delete(one(DEEDS, deed)).refused(409, "records.locked");
        scribe.post(one(DEEDS, deed) + "/witnesses/$ref", Map.of("@odata.id", "plant__Deed(" + witness + ")"))
                .refused(409, "records.locked");
        scribe.patch(one(DEEDS, deed), "*", Map.of("witnesses", List.of(witness)))
                .refused(409, "records.locked");
        scribe.upload("/api/records/plant__Deed/" + deed + "/attachments", "a.txt", CONTENT)
                .refused(409, "records.locked");
        String file = id(scribe.upload("/api/files/plant__Deed/scan", "a.txt", CONTENT));
        scribe.patch(one(DEEDS, deed), "*", Map.of("scan", file)).refused(409, "records.locked");
        // Deep, from above: the same record with its parts.
        scribe.patch(
                        one(DEEDS, deed),
                        "*",
                        Map.of("plant__Clause_deed", List.of(Map.of("id", clause, "title", "Changed"))))
                .refused(409, "records.locked");
        assertThat(title(deed)).isEqualTo("Shut");
        assertThat(scribe.get("/api/records/plant__Deed/" + deed + "/attachments")
                        .good())
                .isEmpty();
    }

    @Test
    void noDoorLeadsToAPartOfALockedRecord() {
        String deed = deed("Shut with its clauses");
        String clause = clause(deed, "First");
        String open = deed("Open");
        String elsewhere = clause(open, "Elsewhere");
        String note = id(scribe.post("/odata/plant__Footnote", Map.of("clause_id", clause, "title", "Note")));
        lock(deed);

        JsonNode told = scribe.patch(one(CLAUSES, clause), "*", Map.of("title", "Changed"))
                .refused(409, "records.locked-with-whole");
        assertThat(told.get("detail").asString()).contains("(Deed)", "by notary", ": signed");
        scribe.patch(one("/odata/plant__Footnote", note), "*", Map.of("title", "Changed"))
                .refused(409, "records.locked-with-whole");
        scribe.delete(one("/odata/plant__Footnote", note)).refused(409, "records.locked-with-whole");
        scribe.post("/odata/plant__Footnote", Map.of("clause_id", clause, "title", "New"))
                .refused(409, "records.locked-with-whole");
        scribe.delete(one(CLAUSES, clause)).refused(409, "records.locked-with-whole");
        scribe.post(CLAUSES, Map.of("deed_id", deed, "title", "New")).refused(409, "records.locked");
        scribe.patch(one(CLAUSES, clause), "*", Map.of("deed_id", open)).refused(409, "records.locked-with-whole");
        scribe.patch(one(CLAUSES, elsewhere), "*", Map.of("deed_id", deed)).refused(409, "records.locked");
        scribe.upload("/api/records/plant__Clause/" + clause + "/attachments", "a.txt", CONTENT)
                .refused(409, "records.locked-with-whole");

        JsonNode state = scribe.get(lock("Clause", clause)).good();
        assertThat(state.get("lock").isNull()).isTrue();
        assertThat(state.at("/whole/id").asString()).isEqualTo(deed);
        assertThat(state.at("/whole/title").asString()).isEqualTo("Shut with its clauses");
        assertThat(state.at("/whole/by/name").asString()).isEqualTo("notary");
        assertThat(state.get("mayEdit").asBoolean()).isFalse();

        registrar.patch(one(CLAUSES, clause), "*", Map.of("amount", 7)).good();
        assertThat(scribe.get(one(DEEDS, deed)).good().get("total").decimalValue())
                .isEqualByComparingTo("7");
    }

    @Test
    void aBatchIsRefusedAsAWholeWhereOneOfItsRecordsIsLocked() {
        String deed = deed("In a batch");
        String free = deed("Free in a batch");
        lock(deed);
        JsonNode answers = scribe.post(
                        "/odata/$batch",
                        Map.of("requests", List.of(part("a", free, "Changed"), part("b", deed, "Changed"))))
                .good()
                .get("responses");
        assertThat(answers.valueStream()
                        .map(answer -> answer.at("/body/code").asString(""))
                        .toList())
                .contains("records.locked");
        assertThat(title(free)).isEqualTo("Free in a batch");
        assertThat(title(deed)).isEqualTo("In a batch");
    }

    private static Map<String, Object> part(String id, String deed, String title) {
        return Map.of(
                "id",
                id,
                "atomicityGroup",
                "g",
                "method",
                "patch",
                "url",
                "plant__Deed(" + deed + ")",
                "headers",
                Map.of("If-Match", "*"),
                "body",
                Map.of("title", title));
    }

    @Test
    void anImportLeavesLockedRecordsAlone() {
        String locked = deed("Before");
        scribe.patch(one(DEEDS, locked), "*", Map.of("code", "import-1")).good();
        String free = deed("Before");
        scribe.patch(one(DEEDS, free), "*", Map.of("code", "import-2")).good();
        lock(locked);
        String options = JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "mode", "UPDATE", "keyField", "code", "mapping", Map.of("code", "code", "title", "title")));
        JsonNode job = BulkTest.ended(
                scribe,
                "/api/imports",
                scribe.upload(
                                "/api/imports?object=plant__Deed&options="
                                        + URLEncoder.encode(options, StandardCharsets.UTF_8),
                                "deeds.csv",
                                "code,title\nimport-1,After\nimport-2,After\n".getBytes(StandardCharsets.UTF_8))
                        .good());
        assertThat(job.get("state").asString()).as(job.toString()).isNotEqualTo("FAILED");
        assertThat(title(locked)).isEqualTo("Before");
        assertThat(title(free)).isEqualTo("After");
        assertThat(job.toString()).contains("records.locked");
    }

    @Test
    void aScriptLocksAndIsHeldWithTheRightsOfThePerson() {
        String deed = deed("By script");
        scribe.post("/odata/plant__Deed(" + deed + ")/Tenon.seal", Map.of("reason", "by script"))
                .refused(403, "records.not-allowed");
        JsonNode sealed = notary.post("/odata/plant__Deed(" + deed + ")/Tenon.seal", Map.of("reason", "by script"))
                .good();
        assertThat(sealed.toString()).contains("true by script");
        scribe.post("/odata/plant__Deed(" + deed + ")/Tenon.touch", Map.of()).refused(409, "records.locked");
        assertThat(title(deed)).isEqualTo("By script");
        assertThat(notary.post("/odata/plant__Deed(" + deed + ")/Tenon.open", Map.of())
                        .good()
                        .toString())
                .contains("false");
        scribe.post("/odata/plant__Deed(" + deed + ")/Tenon.touch", Map.of()).good();
        assertThat(title(deed)).isEqualTo("touched");

        JsonNode history =
                scribe.get("/api/records/plant__Deed/" + deed + "/history").good();
        Map<String, JsonNode> byKind = new HashMap<>();
        history.forEach(save -> byKind.put(save.get("kind").asString(), save));
        assertThat(byKind.get("LOCKED").get("reason").asString()).isEqualTo("by script");
        assertThat(byKind.get("LOCKED").get("through").asString()).isEqualTo("SCRIPT");
        assertThat(byKind.get("LOCKED").at("/by/name").asString()).isEqualTo("notary");
        assertThat(byKind.get("UNLOCKED").get("through").asString()).isEqualTo("SCRIPT");
    }

    @Test
    void whatIsComputedGoesOn() {
        String deed = deed("Paid for");
        lock(deed);
        notary.post("/odata/plant__Fee", Map.of("title", "Fee", "deed_id", deed, "amount", 3))
                .good();
        assertThat(scribe.get(one(DEEDS, deed)).good().get("paid").decimalValue())
                .isEqualByComparingTo("3");
    }

    @Test
    void anApprovalHoldsBesideALockAndIsNotPassedByTheRightToEditLockedRecords() {
        String deed = deed("Under approval");
        String approval = id(scribe.post(
                "/api/approvals/submit",
                Map.of("process", "plant__sealing", "recordId", deed, "commandId", UUID.randomUUID())));
        lock(deed);
        registrar.patch(one(DEEDS, deed), "*", Map.of("title", "Changed")).refused(409, "approval.record-locked");
        scribe.post("/api/approvals/instances/" + approval + "/withdraw", Map.of("commandId", UUID.randomUUID()))
                .good();
        scribe.patch(one(DEEDS, deed), "*", Map.of("title", "Changed")).refused(409, "records.locked");
        registrar.patch(one(DEEDS, deed), "*", Map.of("title", "Changed")).good();
    }

    @Test
    void aLockedRecordThatWasDeletedComesBackLocked() {
        String deed = deed("Deleted while locked");
        lock(deed);
        registrar.delete(one(DEEDS, deed)).good();
        registrar.post("/api/recycle-bin/" + deed + "/restore", Map.of()).good();
        scribe.patch(one(DEEDS, deed), "*", Map.of("title", "Changed")).refused(409, "records.locked");
    }

    @Test
    void theReasonIsBounded() {
        String deed = deed("Reasons");
        notary.put(lock("Deed", deed), Map.of("reason", "r".repeat(501))).refused(400, "records.lock-reason-too-long");
        notary.put(lock("Deed", deed), Map.of("reason", "a\0b")).refused(400, "records.character-not-allowed");
        notary.put(lock("Deed", deed), Map.of("why", "x")).refused(400, "web.malformed-body");
        notary.put(lock("Deed", deed), Map.of()).good();
    }
}
