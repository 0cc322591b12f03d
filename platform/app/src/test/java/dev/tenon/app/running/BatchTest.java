package dev.tenon.app.running;

import static dev.tenon.app.running.Plant.DEVICES;
import static dev.tenon.app.running.Plant.SITES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Several requests in one: each answered as by itself, groups done as a whole or not at all. */
class BatchTest {

    private static final String BATCH = "/odata/$batch";
    private static final Http ADMIN = Plant.administrator();
    private static final Http WATCHER = Plant.watcher();

    private static Map<String, Object> request(String id, String method, String url, Object... more) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("id", id);
        request.put("method", method);
        request.put("url", url);
        for (int i = 0; i < more.length; i += 2) {
            request.put(String.valueOf(more[i]), more[i + 1]);
        }
        return request;
    }

    private static Map<String, Object> device(String id, String name, Object... more) {
        return request(id, "post", "plant__Device", joined(new Object[] {"body", Map.of("name", name)}, more));
    }

    private static Object[] joined(Object[] first, Object[] second) {
        List<Object> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(second));
        return all.toArray();
    }

    @SafeVarargs
    private static List<JsonNode> batch(Http who, Map<String, String> headers, Map<String, Object>... requests) {
        return who.post(BATCH, Map.of("requests", List.of(requests)), headers)
                .good()
                .get("responses")
                .valueStream()
                .toList();
    }

    @SafeVarargs
    private static List<JsonNode> batch(Map<String, Object>... requests) {
        return batch(ADMIN, Map.of(), requests);
    }

    /** Id and status of each answer, and the code of its problem. */
    private static List<String> told(List<JsonNode> answers) {
        return answers.stream()
                .map(answer -> answer.get("id").asString() + " " + answer.get("status")
                        + (answer.get("status").asInt() < 400
                                ? ""
                                : " " + answer.get("body").get("code").asString()))
                .toList();
    }

    private static long devices(String name) {
        return ADMIN.query(DEVICES, "$count", "true", "$top", "0", "$filter", "name eq '" + name + "'")
                .good()
                .get("@odata.count")
                .asLong();
    }

    @Test
    void eachIsAnsweredAsByItself() {
        String site =
                ADMIN.post(SITES, Map.of("name", "Batch own")).good().get("id").asString();
        List<JsonNode> answers = batch(
                request("list", "get", "plant__Site?$select=name&$filter=name eq 'Batch own'"),
                request("one", "get", "/odata/plant__Site(" + site + ")"),
                request("number", "GET", "plant__Site/$count?$filter=name%20eq%20'Batch%20own'"),
                request(
                        "changed",
                        "patch",
                        "plant__Site(" + site + ")",
                        "headers",
                        Map.of("If-Match", "W/\"1\"", "prefer", "return=minimal"),
                        "body",
                        Map.of("name", "Batch new")),
                request(
                        "stale",
                        "patch",
                        "plant__Site(" + site + ")",
                        "headers",
                        Map.of("if-match", "W/\"1\""),
                        "body",
                        Map.of("name", "x")),
                request("unnamed", "delete", "plant__Site(" + site + ")"),
                request("made", "post", "plant__Site", "body", Map.of("name", "Batch made")),
                request("faulty", "post", "plant__Device", "body", Map.of("name", "x", "prise", 1)),
                request("away", "delete", "plant__Site(" + site + ")", "headers", Map.of("if-match", "*")),
                request("gone", "get", "plant__Site(" + site + ")"),
                request("put", "put", "plant__Site(" + site + ")", "body", Map.of()),
                request("metadata", "get", "$metadata", "headers", Map.of("accept", "application/json")));

        assertThat(told(answers))
                .containsExactly(
                        "list 200",
                        "one 200",
                        "number 200",
                        "changed 204",
                        "stale 412 records.stale-version",
                        "unnamed 428 web.precondition-required",
                        "made 201",
                        "faulty 400 records.unknown-field",
                        "away 204",
                        "gone 404 records.not-found",
                        "put 405 web.method-not-allowed",
                        "metadata 200");
        assertThat(answers.get(0).get("body").get("value").get(0).get("name").asString())
                .isEqualTo("Batch own");
        assertThat(answers.get(1).get("headers").get("etag").asString()).isEqualTo("W/\"1\"");
        assertThat(answers.get(1).get("headers").get("content-type").asString()).startsWith("application/json");
        assertThat(answers.get(2).get("body").asString()).isEqualTo("1");
        assertThat(answers.get(3).has("body")).isFalse();
        JsonNode made = answers.get(6);
        assertThat(made.get("headers").get("location").asString())
                .endsWith(SITES + "(" + made.get("body").get("id").asString() + ")");
        assertThat(answers.get(7).get("headers").get("content-type").asString()).isEqualTo("application/problem+json");
        assertThat(answers.get(7)
                        .get("body")
                        .get("errors")
                        .get(0)
                        .get("pointer")
                        .asString())
                .isEqualTo("/prise");
        assertThat(answers.get(11).get("body").has("$Version")).isTrue();
    }

    @Test
    void aGroupIsDoneAsAWhole() {
        List<JsonNode> answers = batch(
                request("site", "post", "plant__Site", "atomicityGroup", "g", "body", Map.of("name", "Batch group")),
                device("a", "Batch whole", "atomicityGroup", "g"),
                request(
                        "b",
                        "patch",
                        "$a",
                        "atomicityGroup",
                        "g",
                        "dependsOn",
                        List.of("a", "site"),
                        "headers",
                        Map.of("if-match", "$a"),
                        "body",
                        Map.of("site@odata.bind", "$site", "pieces", 3)),
                request("read", "get", "$a?$expand=site($select=name)&$select=pieces", "dependsOn", List.of("g")));

        assertThat(told(answers)).containsExactly("site 201", "a 201", "b 200", "read 200");
        assertThat(answers.get(1).get("atomicityGroup").asString()).isEqualTo("g");
        JsonNode row = answers.get(3).get("body");
        assertThat(row.get("pieces").asInt()).isEqualTo(3);
        assertThat(row.get("site").get("name").asString()).isEqualTo("Batch group");
    }

    @Test
    void aGroupOfWhichOneFailsLeavesNothingBehind() {
        String code = UUID.randomUUID().toString().substring(0, 18);
        List<JsonNode> answers = batch(
                device("before", "Batch alone"),
                request(
                        "a",
                        "post",
                        "plant__Device",
                        "atomicityGroup",
                        "g",
                        "body",
                        Map.of("name", "Batch undone", "code", code)),
                request(
                        "b",
                        "post",
                        "plant__Device",
                        "atomicityGroup",
                        "g",
                        "body",
                        Map.of("name", "Batch undone", "code", code)),
                device("c", "Batch undone", "atomicityGroup", "g"),
                device("after", "Batch alone"),
                request("child", "get", "$a", "dependsOn", List.of("g")),
                request("grandchild", "get", "plant__Site", "dependsOn", List.of("child")));

        assertThat(told(answers))
                .containsExactly(
                        "before 201",
                        "a 424 web.odata-batch-rolled-back",
                        "b 409 records.duplicate",
                        "c 424 web.odata-batch-rolled-back",
                        "after 201",
                        "child 424 web.odata-batch-dependency",
                        "grandchild 424 web.odata-batch-dependency");
        assertThat(answers.get(1).get("body").get("detail").asString()).contains("\"b\"");
        assertThat(devices("Batch undone")).isZero();
        assertThat(devices("Batch alone")).isEqualTo(2);
    }

    @Test
    void aRuleAScriptAndAMissingDependencyUndoAGroupToo() {
        assertThat(told(batch(
                        request(
                                "site",
                                "post",
                                "plant__Site",
                                "atomicityGroup",
                                "g",
                                "body",
                                Map.of("name", "Batch scripted")),
                        device("a", "script throw", "atomicityGroup", "g"))))
                .containsExactly("site 424 web.odata-batch-rolled-back", "a 422 script.failed");
        assertThat(told(batch(
                        device("a", "Batch ruled", "atomicityGroup", "g"),
                        request(
                                "b",
                                "post",
                                "plant__Device",
                                "atomicityGroup",
                                "g",
                                "body",
                                Map.of("name", "Batch ruled", "state", "worn")))))
                .containsExactly("a 424 web.odata-batch-rolled-back", "b 400 records.validation-failed");
        assertThat(told(batch(
                        request("gone", "get", "plant__Site(0190a000-0000-7000-8000-00000000000a)"),
                        device("a", "Batch ruled", "atomicityGroup", "g"),
                        device("b", "Batch ruled", "atomicityGroup", "g", "dependsOn", List.of("gone")))))
                .containsExactly(
                        "gone 404 records.not-found",
                        "a 424 web.odata-batch-rolled-back",
                        "b 424 web.odata-batch-dependency");
        assertThat(devices("Batch ruled")).isZero();
        assertThat(ADMIN.query(SITES, "$filter", "name eq 'Batch scripted'")
                        .good()
                        .get("value"))
                .isEmpty();
    }

    @Test
    void aRecordInApprovalIsAsLockedAsByItself() {
        String site = ADMIN.post(SITES, Map.of("name", "Batch locked"))
                .good()
                .get("id")
                .asString();
        JsonNode instance = ADMIN.post(
                        "/api/approvals/submit",
                        Map.of("process", "plant__closing", "recordId", site, "commandId", UUID.randomUUID()))
                .good();
        int status =
                ADMIN.patch(SITES + "(" + site + ")", "*", Map.of("name", "x")).status();
        String code = ADMIN.patch(SITES + "(" + site + ")", "*", Map.of("name", "x"))
                .json()
                .get("code")
                .asString();
        assertThat(code).startsWith("approval.");
        assertThat(told(batch(
                        device("a", "Batch lock", "atomicityGroup", "g"),
                        request(
                                "b",
                                "patch",
                                "plant__Site(" + site + ")",
                                "atomicityGroup",
                                "g",
                                "headers",
                                Map.of("if-match", "*"),
                                "body",
                                Map.of("name", "x")))))
                .containsExactly("a 424 web.odata-batch-rolled-back", "b " + status + " " + code);
        assertThat(devices("Batch lock")).isZero();
        ADMIN.post(
                        "/api/approvals/instances/" + instance.get("id").asString() + "/withdraw",
                        Map.of("commandId", UUID.randomUUID()))
                .good();
        assertThat(told(batch(
                        device("a", "Batch lock", "atomicityGroup", "g"),
                        request(
                                "b",
                                "patch",
                                "plant__Site(" + site + ")",
                                "atomicityGroup",
                                "g",
                                "headers",
                                Map.of("if-match", "*"),
                                "body",
                                Map.of("name", "Batch free")))))
                .containsExactly("a 201", "b 200");
    }

    @Test
    void rightsAreThoseOfTheCaller() {
        assertThat(told(batch(
                        WATCHER,
                        Map.of(),
                        request("hidden", "get", "plant__Device?$filter=price gt 1"),
                        device("made", "Batch watcher"),
                        request("seen", "get", "plant__Device?$top=1"))))
                .containsExactly("hidden 400 records.unknown-field", "made 403 records.not-allowed", "seen 200");
        assertThat(devices("Batch watcher")).isZero();
    }

    @Test
    void aConditionStandsInForSuccess() {
        Map<String, Object> gone = request("gone", "get", "plant__Site(0190a000-0000-7000-8000-00000000000a)");
        assertThat(told(batch(
                        gone,
                        request("there", "get", "plant__Site?$top=1"),
                        request(
                                "else",
                                "get",
                                "plant__Site?$top=1",
                                "dependsOn",
                                List.of("gone"),
                                "if",
                                "not $gone/$succeeded"),
                        request(
                                "both",
                                "get",
                                "plant__Site?$top=1",
                                "dependsOn",
                                List.of("gone", "there"),
                                "if",
                                "not $gone/$succeeded and $there/$succeeded"),
                        request(
                                "then",
                                "get",
                                "plant__Site?$top=1",
                                "dependsOn",
                                List.of("gone"),
                                "if",
                                "$gone/$succeeded"),
                        request(
                                "what",
                                "get",
                                "plant__Site?$top=1",
                                "dependsOn",
                                List.of("there"),
                                "if",
                                "$there/id eq 1"))))
                .containsExactly(
                        "gone 404 records.not-found",
                        "there 200",
                        "else 200",
                        "both 200",
                        "then 424 web.odata-batch-condition",
                        "what 424 web.odata-batch-condition-unclear");
        assertThat(told(batch(
                        ADMIN,
                        Map.of("Prefer", "continue-on-error=false"),
                        request("there", "get", "plant__Site?$top=1"),
                        gone,
                        device("a", "Batch stopped"))))
                .containsExactly("there 200", "gone 404 records.not-found", "a 424 web.odata-batch-stopped");
        assertThat(told(batch(
                        ADMIN,
                        Map.of("Prefer", "continue-on-error"),
                        gone,
                        request("there", "get", "plant__Site?$top=1"))))
                .containsExactly("gone 404 records.not-found", "there 200");
    }

    @Test
    void addressesAndReferencesThatLeadNowhereAreNamed() {
        assertThat(told(batch(
                        request("list", "get", "plant__Site?$top=1"),
                        request("outside", "get", "/api/me"),
                        request("elsewhere", "get", "https://example.com/odata/plant__Site"),
                        request("nested", "post", "$batch", "body", Map.of("requests", List.of())),
                        request("undeclared", "get", "$list"),
                        request("nothing", "get", "$list", "dependsOn", List.of("list")),
                        request(
                                "unbound",
                                "post",
                                "plant__Device",
                                "body",
                                Map.of("name", "x", "site@odata.bind", "$nobody")),
                        request(
                                "untagged",
                                "patch",
                                "plant__Site(0190a000-0000-7000-8000-00000000000a)",
                                "dependsOn",
                                List.of("list"),
                                "headers",
                                Map.of("if-match", "$list"),
                                "body",
                                Map.of()))))
                .containsExactly(
                        "list 200",
                        "outside 400 web.odata-batch-url",
                        "elsewhere 400 web.odata-batch-url",
                        "nested 400 web.odata-batch-nested",
                        "undeclared 400 web.odata-batch-reference",
                        "nothing 400 web.odata-batch-reference",
                        "unbound 400 web.odata-batch-reference",
                        "untagged 400 web.odata-batch-reference");
    }

    @Test
    void aBatchThatCannotBeReadIsRefusedAsAWhole() {
        Map<String, Object> made = device("a", "Batch refused");
        ADMIN.post(BATCH, Map.of("requests", List.of(made, device("a", "Batch refused"))))
                .refused(400, "web.odata-batch-id-twice");
        ADMIN.post(BATCH, Map.of("requests", List.of(made, Map.of("id", "b"))))
                .refused(400, "web.odata-batch-malformed");
        ADMIN.post(BATCH, Map.of("request", List.of())).refused(400, "web.odata-batch-malformed");
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            many.add(device("r" + i, "Batch refused"));
        }
        ADMIN.post(BATCH, Map.of("requests", many)).refused(400, "web.odata-batch-too-many");
        ADMIN.postText(BATCH, "{\"requests\": [{\"id\": \"" + "x".repeat(5_000_000) + "\"}]}")
                .refused(413, "web.too-large");
        ADMIN.postText(BATCH, "{").refused(400, "web.malformed-json");
        ADMIN.get(BATCH).refused(405, "web.method-not-allowed");
        String mime = "--b\r\nContent-Type: application/http\r\n\r\nGET plant__Site HTTP/1.1\r\n\r\n--b--\r\n";
        assertThat(ADMIN.post(BATCH, "multipart/mixed; boundary=b", mime)
                        .refused(415, "web.unsupported-media-type")
                        .get("detail")
                        .asString())
                .contains("multipart/mixed", "Send application/json");
        assertThat(devices("Batch refused")).isZero();
        assertThat(batch()).isEmpty();
    }
}
