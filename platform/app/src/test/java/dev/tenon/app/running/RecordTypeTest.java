package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Record types over HTTP: values, defaults, rights, layout, processes and the description of each. */
class RecordTypeTest {

    private static final String INQUIRIES = "/odata/plant__Inquiry";
    private static final String OBJECT = "/api/objects/plant__Inquiry";
    private static final Http ADMIN = Plant.administrator();
    private static final Http INSPECTOR = Plant.someone("type-inspector", "plant__inspector");
    private static final Http REPAIRER = Plant.someone("type-repairer", "plant__repairer");
    private static final Http SELLER = Plant.someone("type-seller", "plant__seller");

    private static JsonNode make(Http who, Map<String, Object> values) {
        return who.post(INQUIRIES, values).good();
    }

    private static Http.Answer change(Http who, JsonNode record, Map<String, Object> values) {
        return who.patch(INQUIRIES + "(" + record.get("id").asString() + ")", "*", values);
    }

    private static String typeAndStage(JsonNode record) {
        return record.get("recordType").asString() + " " + record.get("stage").asString();
    }

    @Test
    void aNewRecordHasTheDefaultTypeAndThatTypesDefaults() {
        assertThat(typeAndStage(make(INSPECTOR, Map.of("subject", "a")))).isEqualTo("service open");
        assertThat(typeAndStage(make(INSPECTOR, Map.of("subject", "b", "recordType", "sale"))))
                .isEqualTo("sale quoted");
        assertThat(typeAndStage(make(SELLER, Map.of("subject", "c")))).isEqualTo("sale quoted");
        assertThat(typeAndStage(make(SELLER, Map.of("subject", "d", "recordType", "sale"))))
                .isEqualTo("sale quoted");
    }

    @Test
    void itsTypeDecidesWhichValuesItMayHave() {
        assertThat(INSPECTOR
                        .post(INQUIRIES, Map.of("subject", "x", "stage", "sold"))
                        .refused(400, "records.value-not-allowed-beside")
                        .get("detail")
                        .asString())
                .isEqualTo("Stage cannot be Sold where Record type is Service. Allowed: Open, Repaired.");
        INSPECTOR
                .post(INQUIRIES, Map.of("subject", "x", "wishes", List.of("major")))
                .refused(400, "records.value-not-allowed-beside");
        JsonNode sale = make(
                INSPECTOR,
                Map.of("subject", "y", "recordType", "sale", "stage", "sold", "wishes", List.of("minor", "major")));
        JsonNode refused =
                change(INSPECTOR, sale, Map.of("recordType", "service")).refused(400, "records.several-problems");
        assertThat(refused.get("errors").findValuesAsString("pointer")).containsExactly("/stage", "/wishes");
        assertThat(typeAndStage(change(
                                INSPECTOR,
                                sale,
                                Map.of("recordType", "service", "stage", "repaired", "wishes", List.of("minor")))
                        .good()))
                .isEqualTo("service repaired");
        assertThat(INSPECTOR
                        .get("/api/records/plant__Inquiry/" + sale.get("id").asString() + "/history")
                        .good()
                        .toString())
                .contains("Record type");
    }

    @Test
    void whoeverMayGiveATypeIsSaidByPermissionSets() {
        REPAIRER.post(INQUIRIES, Map.of("subject", "x", "recordType", "sale"))
                .refused(400, "records.record-type-not-yours");
        INSPECTOR
                .post(INQUIRIES, Map.of("subject", "x", "recordType", "former"))
                .refused(400, "records.not-a-picklist-value");
        JsonNode service = make(REPAIRER, Map.of("subject", "mine"));
        change(REPAIRER, service, Map.of("recordType", "sale")).refused(400, "records.record-type-not-yours");
        change(SELLER, service, Map.of("recordType", "sale")).refused(403, "records.not-allowed");

        JsonNode types = REPAIRER.get(OBJECT).good().get("recordTypes");
        assertThat(types.findValuesAsString("key")).containsExactly("sale", "service", "former");
        assertThat(types.findValuesAsString("creatable")).containsExactly("false", "true", "false");
        assertThat(types.get(0).get("sections").toString()).isEqualTo("[\"main\",\"money\"]");
        assertThat(types.get(1).get("related").isNull()).isTrue();
        Http both = Plant.someone("type-both", "plant__seller", "plant__repairer");
        assertThat(both.get(OBJECT).good().get("recordTypes").findValuesAsString("creatable"))
                .containsExactly("true", "true", "false");
        assertThat(both.get(OBJECT).good().get("recordTypes").findValuesAsString("assignable"))
                .containsExactly("false", "true", "false");
    }

    @Test
    void listsFilterSortAndGroupByType() {
        make(INSPECTOR, Map.of("subject", "listed", "recordType", "sale"));
        make(INSPECTOR, Map.of("subject", "listed", "recordType", "service"));
        make(INSPECTOR, Map.of("subject", "listed", "recordType", "service"));
        String listed = "subject eq 'listed'";
        assertThat(INSPECTOR
                        .query(INQUIRIES, "$filter", listed + " and recordType eq 'sale'")
                        .good()
                        .get("value"))
                .hasSize(1);
        assertThat(INSPECTOR
                        .query(INQUIRIES, "$filter", listed, "$orderby", "recordType desc,id")
                        .good()
                        .get("value")
                        .findValuesAsString("recordType"))
                .containsExactly("service", "service", "sale");
        assertThat(INSPECTOR
                        .query(
                                INQUIRIES,
                                "$apply",
                                "filter(" + listed + ")/groupby((recordType),aggregate($count as number))",
                                "$orderby",
                                "recordType")
                        .good()
                        .get("value")
                        .findValuesAsString("number"))
                .containsExactly("1", "2");
    }

    @Test
    void formsAreToldTheTypesDefaultsAndValues() {
        JsonNode states = INSPECTOR
                .post(OBJECT + "/form-state", Map.of("values", Map.of("recordType", "sale")))
                .good();
        assertThat(states.get("stage").get("byDefault").asString()).isEqualTo("quoted");
        JsonNode plain = INSPECTOR
                .post(OBJECT + "/form-state", Map.of("values", Map.of()))
                .good();
        assertThat(plain.get("stage").get("byDefault").asString()).isEqualTo("open");
        assertThat(plain.get("recordType").get("byDefault").asString()).isEqualTo("service");
        JsonNode stage = INSPECTOR
                .get(OBJECT)
                .good()
                .get("fields")
                .valueStream()
                .filter(f -> f.get("name").asString().equals("stage"))
                .findFirst()
                .orElseThrow();
        assertThat(stage.get("ofTypes").get("service").toString()).isEqualTo("[\"open\",\"repaired\"]");
        assertThat(stage.get("ofTypes").get("former")).hasSize(4);
    }

    @Test
    void anApprovalProcessMayBeForSomeTypesOnly() {
        JsonNode service = make(INSPECTOR, Map.of("subject", "to be approved"));
        INSPECTOR.post("/api/approvals/submit", submission(service)).refused(400, "approval.record-type-other");
        JsonNode sale = make(INSPECTOR, Map.of("subject", "to be approved", "recordType", "sale"));
        INSPECTOR.post("/api/approvals/submit", submission(sale)).good();
        assertThat(INSPECTOR
                        .get(OBJECT)
                        .good()
                        .get("approvals")
                        .get(0)
                        .get("recordTypes")
                        .toString())
                .isEqualTo("[\"sale\"]");
    }

    @Test
    void importsNameTypesByTheirLabelsAndKeepToThem() {
        Http importer = Plant.someone("type-importer", "plant__inspector", "sys__administrator");
        byte[] file = "Subject,Record type,Stage\nbrought,Sale,Sold\nbrought,Service,Sold\nbrought,,\n"
                .getBytes(StandardCharsets.UTF_8);
        JsonNode job = importer.upload("/api/imports?object=plant__Inquiry&options=%7B%7D", "inquiries.csv", file)
                .good();
        String address = "/api/imports/" + job.get("id").asString();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (Set.of("QUEUED", "RUNNING").contains(job.get("state").asString())) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            job = importer.get(address).good();
        }
        assertThat(job.get("errors").get(0).get("code").asString()).isEqualTo("records.value-not-allowed-beside");
        assertThat(job.get("errors").get(0).get("line").asInt()).isEqualTo(3);
        assertThat(importer.query(INQUIRIES, "$filter", "subject eq 'brought'", "$orderby", "recordType")
                        .good()
                        .get("value")
                        .valueStream()
                        .map(row -> row.get("recordType").asString()))
                .isSubsetOf("sale", "service")
                .contains("sale");
    }

    @Test
    void recordsFromBeforeGetTheDefaultType() {
        String tickets = "/odata/c__Ticket";
        Map<String, Object> all = Map.of(
                "create", true, "read", true, "edit", true, "scope", "all", "editScope", "all", "fieldDefault", "edit");
        List<Map<String, Object>> types = List.of(
                add("recordType:c__Ticket/plain", Map.of("label", "Plain", "values", Map.of("stage", List.of("b")))),
                add("recordType:c__Ticket/other", Map.of("label", "Other", "label@zh-CN", "其他")));
        publish(List.of(
                add("object:c__Ticket", Map.of("label", "Ticket")),
                add("field:c__Ticket/name", Map.of("type", "text", "label", "Name")),
                add(
                        "field:c__Ticket/stage",
                        Map.of(
                                "type",
                                "picklist",
                                "label",
                                "Stage",
                                "values",
                                Map.of("a", Map.of("label", "A"), "b", Map.of("label", "B")))),
                add("objectPermission:plant__operator/c__Ticket", all)));
        JsonNode first =
                ADMIN.post(tickets, Map.of("name", "first", "stage", "a")).good();
        publish(types);
        String from = tickets + "(" + first.get("id").asString() + ")";
        assertThat(typeAndStage(ADMIN.get(from).good())).isEqualTo("plain a");
        assertThat(typeAndStage(
                        ADMIN.patch(from, "*", Map.of("name", "renamed")).good()))
                .as("what it has stays until it is changed")
                .isEqualTo("plain a");

        publish(List.of(
                Map.of("op", "remove", "element", "recordType:c__Ticket/plain"),
                Map.of("op", "remove", "element", "recordType:c__Ticket/other")));
        JsonNode second =
                ADMIN.post(tickets, Map.of("name", "second", "stage", "a")).good();
        assertThat(second.has("recordType")).isFalse();
        publish(List.of(types.get(1)));
        String later = tickets + "(" + second.get("id").asString() + ")";
        assertThat(typeAndStage(
                        ADMIN.patch(later, "*", Map.of("name", "renamed")).good()))
                .as("the type of before is gone")
                .isEqualTo("other a");
        publish(List.of(types.get(0)));
        ADMIN.patch(later, "*", Map.of("recordType", "plain")).refused(400, "records.value-not-allowed-beside");
    }

    private static Map<String, Object> add(String element, Map<String, Object> properties) {
        return Map.of("op", "add", "element", element, "properties", properties);
    }

    private static void publish(List<Map<String, Object>> changes) {
        ADMIN.post("/api/admin/metadata/changes", Map.of("changes", changes)).good();
    }

    private static Map<String, Object> submission(JsonNode record) {
        return Map.of(
                "process",
                "plant__selling",
                "recordId",
                record.get("id").asString(),
                "commandId",
                UUID.randomUUID().toString());
    }
}
