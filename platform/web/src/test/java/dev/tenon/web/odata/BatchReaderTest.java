package dev.tenon.web.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.web.errors.WebError;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BatchReaderTest {

    private static List<BatchRequest> read(String requests) {
        byte[] json = ("{\"requests\": " + requests + "}").getBytes(StandardCharsets.UTF_8);
        return BatchReader.read(BodyReader.members(new ByteArrayInputStream(json)));
    }

    private static PlatformException refused(String requests, WebError code) {
        PlatformException[] refused = new PlatformException[1];
        assertThatThrownBy(() -> read(requests)).isInstanceOfSatisfying(PlatformException.class, why -> {
            assertThat(why.code()).isEqualTo(code);
            refused[0] = why;
        });
        return refused[0];
    }

    private static String request(String id, String more) {
        return "{\"id\": \"" + id + "\", \"method\": \"get\", \"url\": \"x\"" + more + "}";
    }

    @Test
    void requestsAreReadWithAllTheirMembers() {
        List<BatchRequest> requests = read("""
                [{"id": "1", "method": "post", "url": "shop__Customer", "atomicityGroup": "g",
                  "headers": {"Content-Type": "application/json"}, "body": {"name": "Ada"}, "@note": 1},
                 {"id": "2", "method": "GET", "url": "", "dependsOn": ["g"], "if": "not $g/$succeeded", "body": null}]""");
        assertThat(requests).hasSize(2);
        assertThat(requests.getFirst().method()).isEqualTo("POST");
        assertThat(requests.getFirst().group()).contains("g");
        assertThat(requests.getFirst().headers()).containsEntry("content-type", "application/json");
        assertThat(requests.getFirst().body()).isEqualTo(Map.of("name", "Ada"));
        assertThat(requests.getLast().dependsOn()).containsExactly("g");
        assertThat(requests.getLast().condition()).contains("not $g/$succeeded");
        assertThat(requests.getLast().body()).isNull();
    }

    @Test
    void theRequestsOfAGroupAreOneUnit() {
        String g = ", \"atomicityGroup\": \"g\"";
        String h = ", \"atomicityGroup\": \"h\"";
        List<List<BatchRequest>> units = BatchRequest.units(read("[" + request("1", "") + "," + request("2", g) + ","
                + request("3", g) + "," + request("4", h) + "," + request("5", "") + "," + request("6", "") + "]"));
        assertThat(units.stream()
                        .map(unit -> unit.stream().map(BatchRequest::id).collect(Collectors.joining()))
                        .toList())
                .containsExactly("1", "23", "4", "5", "6");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                             | /requests
            [7]                                                            | /requests/0
            [{"method": "get", "url": "x"}]                                | /requests/0/id
            [{"id": 1, "method": "get", "url": "x"}]                       | /requests/0/id
            [{"id": "", "method": "get", "url": "x"}]                      | /requests/0/id
            [{"id": "1", "url": "x"}]                                      | /requests/0/method
            [{"id": "1", "method": "get"}]                                 | /requests/0/url
            [{"id": "1", "method": "get", "url": "x", "dependson": []}]    | /requests/0/dependson
            [{"id": "1", "method": "get", "url": "x", "dependsOn": "2"}]   | /requests/0/dependsOn
            [{"id": "1", "method": "get", "url": "x", "dependsOn": [2]}]   | /requests/0/dependsOn/0
            [{"id": "1", "method": "get", "url": "x", "headers": []}]      | /requests/0/headers
            [{"id": "1", "method": "get", "url": "x", "headers": {"a": 1}}] | /requests/0/headers/a
            [{"id": "1", "method": "get", "url": "x", "if": true}]         | /requests/0/if
            """)
    void whatHasAnotherFormIsNamed(String requests, String pointer) {
        assertThat(refused(requests, WebError.ODATA_BATCH_MALFORMED).details())
                .extracting(ErrorDetail::pointer)
                .containsExactly(pointer);
    }

    @Test
    void aBatchThatContradictsItselfIsRefused() {
        String g = ", \"atomicityGroup\": \"g\"";
        refused("[" + request("1", "") + "," + request("1", "") + "]", WebError.ODATA_BATCH_ID_TWICE);
        refused("[" + request("g", "") + "," + request("1", g) + "]", WebError.ODATA_BATCH_ID_TWICE);
        refused("[" + request("1", g) + "," + request("g", "") + "]", WebError.ODATA_BATCH_ID_TWICE);
        refused("[" + request("g", g) + "]", WebError.ODATA_BATCH_ID_TWICE);
        refused(
                "[" + request("1", g) + "," + request("2", "") + "," + request("3", g) + "]",
                WebError.ODATA_BATCH_GROUP_SPLIT);
        refused(
                "[" + request("1", ", \"dependsOn\": [\"2\"]") + "," + request("2", "") + "]",
                WebError.ODATA_BATCH_ORDER);
        refused("[" + request("1", ", \"dependsOn\": [\"1\"]") + "]", WebError.ODATA_BATCH_ORDER);
        refused("[" + request("1", g + ", \"dependsOn\": [\"g\"]") + "]", WebError.ODATA_BATCH_ORDER);
        String many = IntStream.rangeClosed(0, Limits.BATCH)
                .mapToObj(i -> request("r" + i, ""))
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(refused(many, WebError.ODATA_BATCH_TOO_MANY).args()).containsEntry("maximum", Limits.BATCH);
    }
}
