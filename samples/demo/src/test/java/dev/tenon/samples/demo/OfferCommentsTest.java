package dev.tenon.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A later approver sees the comments of earlier ones, an earlier approver never sees the later ones' — for the customer
 * who asked for it, by that customer's own script, through whatever door one looks; and for nobody else.
 */
class OfferCommentsTest {

    private static final String SECRET = "Confidential remark";
    private static final String[] APPROVAL_OBJECTS = {
        "ApprovalComment",
        "ApprovalInstance",
        "ApprovalEvent",
        "ApprovalTask",
        "ApprovalParticipant",
        "ApprovalNodeRun",
        "ApprovalAudience"
    };

    private final DemoServer server = DemoServer.running();

    /** An approval that its first approver has passed on to the HR business partner. */
    private record Case(String instance, String offer, Api first, Api second) {}

    @Test
    void theFirstApproverOfTheChainFindsNoTraceOfTheSecondOnesCommentAnywhere() {
        Case approval = submittedAndPassedOn("market");
        Map<String, Api.Answer> before = walk(approval);

        comment(approval);
        awaitNotification("market", approval);

        Map<String, Api.Answer> after = walk(approval);
        assertThat(before.values()).extracting(Api.Answer::status).contains(200).doesNotContain(500);
        after.forEach(
                (path, answer) -> assertThat(comparable(answer)).as(path).isEqualTo(comparable(before.get(path))));
        assertThat(after.values()).noneMatch(answer -> answer.body().contains(SECRET));
    }

    @Test
    void theSecondApproverSeesWhatTheFirstOneSaid() {
        Case approval = submittedAndPassedOn("market");

        assertThat(approval.second()
                        .get("/api/approvals/instances/" + approval.instance())
                        .body())
                .contains("Passed on by the first approver");
    }

    @Test
    void inTheStandardProductTheFirstApproverFindsTheSecondOnesComment() {
        Case approval = submittedAndPassedOn("standard");

        comment(approval);
        awaitNotification("standard", approval);

        List<String> found = new ArrayList<>();
        walk(approval).forEach((path, answer) -> {
            if (answer.body().contains(SECRET)) {
                found.add(path);
            }
        });
        assertThat(found)
                .anyMatch(path -> path.startsWith("/api/approvals/instances/"))
                .anyMatch(path -> path.contains("/approval"))
                .anyMatch(path -> path.contains("sys__ApprovalComment?$filter"))
                .anyMatch(path -> path.contains("$expand=sys__ApprovalComment_instance"))
                .anyMatch(path -> path.contains("/api/export/sys__ApprovalComment"))
                .anyMatch(path -> path.contains("notifications"));
    }

    private Case submittedAndPassedOn(String tenant) {
        Api recruiter = server.as(tenant, "recruiter");
        String mine = server.user(tenant, "recruiter").toString();
        JsonNode draft = null;
        // An offer that was returned is a draft again but still has its approval: it cannot be submitted anew.
        for (JsonNode candidate : recruiter
                .read("/odata/recruiting__Offer?$top=40&$expand=position&$filter="
                        + Api.encoded("status eq 'draft' and salary lt 29000 and owner_id eq " + mine))
                .get("value")) {
            String path =
                    "/api/records/recruiting__Offer/" + candidate.get("id").asString() + "/approval";
            if (draft == null
                    && recruiter
                            .read(path)
                            .get("submit")
                            .get(0)
                            .get("available")
                            .asBoolean()) {
                draft = candidate;
            }
        }
        java.util.Objects.requireNonNull(draft, "no offer can be submitted");
        String offer = draft.get("id").asString();
        String managerId = draft.get("position").get("hiringManager_id").asString();
        String manager = List.of("manager", "manager2", "manager3").stream()
                .filter(login -> server.user(tenant, login).toString().equals(managerId))
                .findFirst()
                .orElseThrow();
        if (tenant.equals("market")) {
            // Head office: no store manager in between, so that the HR business partner is the second one.
            Api.Answer cleared = recruiter.patch(
                    "/odata/recruiting__Offer(" + offer + ")",
                    "*",
                    java.util.Collections.singletonMap("c__storeManager_id", null));
            assertThat(cleared.status()).as(cleared.body()).isLessThan(300);
        }
        JsonNode submitted = recruiter.command(
                "/api/approvals/submit", Map.of("process", "recruiting__offer_approval", "recordId", offer));
        String instance = submitted.get("id").asString();
        Api first = server.as(tenant, manager);
        JsonNode approve = action(first, instance, "approve");
        first.command(
                "/api/approvals/tasks/" + approve.get("taskId").asString() + "/approve",
                Map.of(
                        "taskVersion",
                        approve.get("taskVersion").asLong(),
                        "comment",
                        "Passed on by the first approver"));
        return new Case(instance, offer, first, server.as(tenant, "hrbp"));
    }

    private static JsonNode action(Api who, String instance, String name) {
        for (JsonNode action : who.read("/api/approvals/instances/" + instance).get("actions")) {
            if (action.get("name").asString().equals(name)
                    && action.get("available").asBoolean()) {
                return action;
            }
        }
        throw new AssertionError(name + " is not offered");
    }

    private static void comment(Case approval) {
        approval.second()
                .command(
                        "/api/approvals/instances/" + approval.instance() + "/comment",
                        Map.of("comment", SECRET + " " + UUID.randomUUID()));
    }

    /** Delivery is done when the submitter, who hears of every comment in the standard product, has been looked at. */
    private void awaitNotification(String tenant, Case approval) {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        boolean expected = tenant.equals("standard");
        while (Instant.now().isBefore(end)) {
            boolean told = approval.first().get("/api/notifications").body().contains(SECRET)
                    || approval.first()
                            .get("/odata/sys__Notification?$orderby=" + Api.encoded("createdAt desc") + "&$top=3")
                            .body()
                            .contains(SECRET);
            if (told || (!expected && Instant.now().isAfter(end.minusSeconds(14)))) {
                return;
            }
            pause();
        }
        assertThat(expected)
                .as("the first approver was not told of the comment")
                .isFalse();
    }

    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything the first approver can ask that has to do with the approval. */
    private static Map<String, Api.Answer> walk(Case approval) {
        List<String> paths = new ArrayList<>(List.of(
                "/odata/recruiting__Offer(" + approval.offer() + ")",
                "/odata/recruiting__Offer?$count=true&$orderby=number",
                "/odata/recruiting__Offer?$search=" + Api.encoded(SECRET),
                "/api/records/recruiting__Offer/" + approval.offer() + "/approval",
                "/api/records/recruiting__Offer/" + approval.offer() + "/history",
                "/api/records/recruiting__Offer/" + approval.offer() + "/attachments",
                "/api/approvals/instances/" + approval.instance(),
                "/api/approvals/todo?limit=50",
                "/api/approvals/done?limit=50",
                "/api/approvals/mine",
                "/api/notifications",
                "/api/notifications?unread=true",
                "/odata/sys__Notification?$count=true",
                "/api/export/recruiting__Offer.csv",
                "/api/openapi.json",
                "/odata/$metadata",
                "/api/search?q=" + Api.encoded(SECRET),
                "/odata/sys__ApprovalComment?$filter=" + Api.encoded("contains(body,'" + SECRET + "')"),
                "/odata/sys__ApprovalComment?$search=" + Api.encoded("\"" + SECRET + "\""),
                "/odata/sys__ApprovalComment?$expand=instance&$orderby=body",
                "/odata/sys__ApprovalComment?$apply=" + Api.encoded("groupby((stepKey),aggregate($count as n))"),
                "/odata/sys__ApprovalInstance(" + approval.instance() + ")?$expand=sys__ApprovalComment_instance,"
                        + "sys__ApprovalTask_instance,sys__ApprovalEvent_instance"));
        for (String object : APPROVAL_OBJECTS) {
            String list = "/odata/sys__" + object;
            paths.add(list + "?$count=true&$top=1000&$orderby=id");
            paths.add(list + "?$apply=" + Api.encoded("aggregate($count as n)"));
            paths.add(list + "?$orderby=" + Api.encoded("updatedAt desc") + "&$top=50");
            paths.add("/api/export/sys__" + object + ".csv");
        }
        Map<String, Api.Answer> answers = new LinkedHashMap<>();
        paths.forEach(path -> answers.put(path, approval.first().get(path)));
        return answers;
    }

    /** Status and text without the number under which the request is logged. */
    private static String comparable(Api.Answer answer) {
        return answer.status() + answer.body().replaceAll("\"traceId\":\"[^\"]*\"", "");
    }
}
