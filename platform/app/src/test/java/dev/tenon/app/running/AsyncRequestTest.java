package dev.tenon.app.running;

import static dev.tenon.app.running.Plant.DEVICES;
import static dev.tenon.app.running.Plant.SITES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.app.running.Http.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Requests that are answered later: as OData's clients ask for them and fetch them. */
class AsyncRequestTest {

    private static final Http ADMIN = Plant.administrator();
    private static final Map<String, String> LATER = Map.of("Prefer", "respond-async");

    private static Answer accepted(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.header("Preference-Applied")).isEqualTo("respond-async");
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.body()).isEmpty();
        return answer;
    }

    private static String monitor(Answer accepted) {
        return accepted(accepted).header("Location").substring(ADMIN.address().length());
    }

    private static Answer ended(Http who, String monitor) {
        Answer answer = who.get(monitor, Map.of("Prefer", "wait=30"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    @Test
    void aListIsFetchedLaterAsItWouldHaveBeenAnswered() {
        ADMIN.post(SITES, Map.of("name", "Later 1")).good();
        String query = "?$filter=name%20eq%20'Later%201'&$select=name";
        String monitor = monitor(ADMIN.get(SITES + query, LATER));
        Answer later = ended(ADMIN, monitor);
        assertThat(later.header("AsyncResult")).isEqualTo("200");
        assertThat(later.json()).isEqualTo(ADMIN.get(SITES + query).json());
        assertThat(later.json().get("@odata.context").asString()).startsWith(ADMIN.address() + "/odata/$metadata");

        Answer http = ADMIN.get(monitor, Map.of("Accept", "application/http"));
        assertThat(http.header("Content-Type")).startsWith("application/http");
        assertThat(http.body()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n" + later.body());
        assertThat(ADMIN.get(monitor, Map.of("OData-MaxVersion", "4.0")).body()).startsWith("HTTP/1.1 200 OK\r\n");

        Plant.watcher().get(monitor).refused(404, "automation.unknown-request");
        Plant.watcher().delete(monitor).refused(404, "automation.unknown-request");
        assertThat(ADMIN.delete(monitor).status()).isEqualTo(204);
        ADMIN.get(monitor).refused(404, "automation.unknown-request");
    }

    @Test
    void whoWaitsGetsTheAnswerItself() {
        Map<String, String> patient = Map.of("Prefer", "respond-async, wait=30");
        Answer made = ADMIN.send("POST", SITES, Map.of("name", "Later 2"), patient);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.header("Preference-Applied")).isEqualTo("respond-async, wait=30");
        assertThat(made.header("Location")).startsWith(ADMIN.address() + SITES + "(");
        JsonNode groups = ADMIN.get(
                        SITES + "?$apply=filter(name%20eq%20'Later%202')/aggregate($count%20as%20n)", patient)
                .good();
        assertThat(groups.get("value").get(0).get("n").asInt()).isEqualTo(1);
        ADMIN.get(SITES, Map.of("Prefer", "respond-async, wait=soon")).refused(400, "web.odata-option-value");
        ADMIN.get(SITES, Map.of("Prefer", "respond-async, callback; url=\"http://a.example\""))
                .refused(501, "web.odata-not-supported");
    }

    @Test
    void faultsAndRightsAreThoseOfTheRequestItself() {
        String missing = monitor(ADMIN.get(SITES + "?$filter=nome%20eq%201", LATER));
        Answer fault = ended(ADMIN, missing);
        assertThat(fault.header("AsyncResult")).isEqualTo("400");
        assertThat(fault.json().get("code").asString()).isEqualTo("records.unknown-field");
        assertThat(fault.json().get("error").get("code").asString()).isEqualTo("records.unknown-field");

        Http watcher = Plant.watcher();
        String hidden = monitor(watcher.get(DEVICES + "?$select=price", LATER));
        assertThat(ended(watcher, hidden).header("AsyncResult")).isEqualTo("400");
        assertThat(new Http(ADMIN.address(), "tpat_wrong").get(hidden).status()).isEqualTo(401);
    }

    @Test
    void aBatchIsDoneOnceAndTellsOfEachPart() {
        Map<String, Object> batch = Map.of(
                "requests",
                List.of(
                        Map.of("id", "a", "method", "post", "url", "plant__Site", "body", Map.of("name", "Later 3")),
                        Map.of("id", "b", "method", "get", "url", "plant__Site?$filter=name eq 'Later 3'"),
                        Map.of("id", "c", "method", "get", "url", "plant__Nothing")));
        String monitor = monitor(ADMIN.send("POST", "/odata/$batch", batch, LATER));
        JsonNode parts = ended(ADMIN, monitor).json().get("responses");
        assertThat(parts.valueStream().map(part -> part.get("status").asInt()).toList())
                .containsExactly(201, 200, 404);
        assertThat(parts.get(1).get("body").get("value").size()).isEqualTo(1);
        ended(ADMIN, monitor);
        assertThat(ADMIN.query(SITES + "/$count", "$filter", "name eq 'Later 3'")
                        .body())
                .isEqualTo("1");
    }
}
