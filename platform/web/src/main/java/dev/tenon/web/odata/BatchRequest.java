package dev.tenon.web.odata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request of a batch, as it was sent.
 *
 * @param group its atomicity group: requests that are done together or not at all
 * @param dependsOn ids and groups of earlier requests that have to succeed first
 * @param condition asked instead of that success
 * @param headers by their names in lower case
 * @param body null for none
 */
record BatchRequest(
        String id,
        String method,
        String url,
        Optional<String> group,
        List<String> dependsOn,
        Optional<String> condition,
        Map<String, String> headers,
        @Nullable Object body) {

    BatchRequest {
        dependsOn = List.copyOf(dependsOn);
        headers = Map.copyOf(headers);
    }

    /** What is done at once: each request by itself, those of a group together. */
    static List<List<BatchRequest>> units(List<BatchRequest> all) {
        List<List<BatchRequest>> units = new ArrayList<>();
        Optional<String> before = Optional.empty();
        for (BatchRequest request : all) {
            if (request.group().isEmpty() || !request.group().equals(before)) {
                units.add(new ArrayList<>());
            }
            units.getLast().add(request);
            before = request.group();
        }
        return units;
    }
}
