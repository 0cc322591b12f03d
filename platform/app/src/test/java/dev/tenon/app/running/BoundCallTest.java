package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Actions and functions with declared parameters, as programs and the console meet them. */
class BoundCallTest {

    private static final String PUMPS = "/odata/plant__Pump";
    private static final Http PUMPER = Plant.someone("pumper", "plant__pumper");

    private static String pump() {
        String id = PUMPER.post(PUMPS, Map.of("name", "P1")).good().get("id").asString();
        return PUMPS + "(" + id + ")";
    }

    @Test
    void parametersOfAnActionAreChecked() {
        String pump = pump();
        JsonNode started = PUMPER.post(
                        pump + "/Tenon.start",
                        Map.of("flow", 12.5, "on", "2026-12-01", "note", "slowly", "why", "minor"))
                .good();
        assertThat(started.get("message").asString()).isEqualTo("Started");
        assertThat(started.get("values").get("on").asString()).isEqualTo("2026-12-01");
        assertThat(started.get("values").get("why").asString()).isEqualTo("minor");
        assertThat(PUMPER.get(pump).good().get("flow").asDouble()).isEqualTo(12.5);

        JsonNode problem = PUMPER.post(
                        pump + "/Tenon.start",
                        Map.of("on", "soon", "note", "far too long", "flou", 1, "why", "obsolete"))
                .refused(400, "records.several-problems");
        assertThat(problem.get("errors")
                        .valueStream()
                        .map(e -> e.get("pointer").asString() + " "
                                + e.get("code").asString())
                        .toList())
                .containsExactly(
                        "/flou records.unknown-parameter",
                        "/flow records.field-required",
                        "/on records.type-mismatch",
                        "/note records.value-too-long",
                        "/why records.not-a-picklist-value");
        PUMPER.post(pump + "/Tenon.start", Map.of("flow", 1.234)).refused(400, "records.too-many-digits");
    }

    @Test
    void aFunctionIsAskedWithParametersAndAliases() {
        String pump = pump();
        JsonNode answer =
                PUMPER.get(pump + "/Tenon.lasts(amount=100.5,unit='m%C2%B3')").good();
        assertThat(answer.get("value").asDouble()).isEqualTo(250.5);
        assertThat(answer.get("@odata.context").asString()).endsWith("$metadata#Edm.Decimal");
        assertThat(PUMPER.get(pump + "/Tenon.lasts(amount=@a,unit=@u)?@a=2&@u='m%C2%B3'")
                        .good()
                        .get("value")
                        .asDouble())
                .isEqualTo(250.5);
        assertThat(PUMPER.get(pump + "/Tenon.lasts(amount=1,unit=null)")
                        .good()
                        .get("value")
                        .asDouble())
                .isEqualTo(0.25);
        assertThat(PUMPER.get(pump + "/Tenon.lasts(amount=0,unit=null)").status())
                .isEqualTo(204);
        PUMPER.get(pump + "/Tenon.lasts(amount=null,unit=null)").refused(400, "web.odata-syntax");
        PUMPER.get(pump + "/Tenon.lasts(amount='much',unit=null)").refused(400, "web.odata-syntax");
        PUMPER.post(pump + "/Tenon.lasts(amount=1,unit=null)", Map.of()).refused(405, "web.method-not-allowed");
        // Offered only where its condition holds.
        PUMPER.get(pump + "/Tenon.due()").refused(409, "records.action-not-available");
        PUMPER.post(pump + "/Tenon.start", Map.of("flow", 1)).good();
        assertThat(PUMPER.get(pump + "/Tenon.due()").good().get("value").asString())
                .isEqualTo("2026-12-24");
        assertThat(Plant.administrator().get(pump + "/Tenon.due()").status()).isEqualTo(404);
    }

    @Test
    void aFunctionChangesNothingAndAnswersWhatItDeclares() {
        String pump = pump();
        PUMPER.get(pump + "/Tenon.meddle()").refused(422, "records.function-writes");
        assertThat(PUMPER.query(PUMPS + "/$count", "$filter", "name eq 'made by a function'")
                        .body())
                .isEqualTo("0");
        PUMPER.get(pump + "/Tenon.babble()").refused(422, "records.function-answer");
    }

    @Test
    void theyAreDescribed() {
        String xml = PUMPER.get("/odata/$metadata").body();
        assertThat(xml)
                .contains("<Function Name=\"lasts\" IsBound=\"true\">", "<Action Name=\"start\" IsBound=\"true\">")
                .contains(
                        "<Parameter Name=\"flow\" Type=\"Edm.Decimal\" Nullable=\"false\" Precision=\"6\" Scale=\"2\"");
        JsonNode json = PUMPER.get("/odata/$metadata?$format=json").good().get("Tenon");
        assertThat(json.get("lasts").get(0).get("$Kind").asString()).isEqualTo("Function");
        assertThat(json.get("lasts").get(0).get("$ReturnType").get("$Type").asString())
                .isEqualTo("Edm.Decimal");
        assertThat(Plant.watcher().get("/odata/$metadata").body()).doesNotContain("lasts");

        JsonNode paths = PUMPER.get("/api/openapi.json").good().get("paths");
        JsonNode call = paths.get("/odata/plant__Pump({id})/Tenon.lasts(amount={amount},unit={unit})");
        assertThat(call.get("get").get("operationId").asString()).isEqualTo("call_lasts_plant__Pump");
        JsonNode sent = paths.get("/odata/plant__Pump({id})/Tenon.start")
                .get("post")
                .get("requestBody")
                .get("content")
                .get("application/json")
                .get("schema");
        assertThat(sent.get("required").get(0).asString()).isEqualTo("flow");

        JsonNode actions = PUMPER.get("/api/objects/plant__Pump").good().get("actions");
        assertThat(actions).hasSize(1);
        JsonNode flow = actions.get(0).get("parameters").get(0);
        assertThat(flow.get("label").asString()).isEqualTo("Flow");
        assertThat(flow.get("required").asBoolean()).isTrue();
        assertThat(flow.get("type").asString()).isEqualTo("decimal");
    }
}
