package dev.tenon.web.odata;

import dev.tenon.records.RecordSession;
import dev.tenon.web.Json;
import dev.tenon.web.security.RequestCaller;
import dev.tenon.web.security.RequestLocale;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/** Answers batches: several requests in one, each answered exactly as it would be by itself. */
@Component
class Batches {

    private final RequestCaller caller;
    private final DataRequests requests;

    Batches(RequestCaller caller, DataRequests requests) {
        this.caller = caller;
        this.requests = requests;
    }

    ODataAnswer answer(RecordSession session, SingleRequest batch) {
        Saves.requireJson(batch);
        List<BatchRequest> parts = BatchReader.read(batch.members());
        Format format = Format.of(batch, null);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("OData-Version", format.version());
        headers.put("Cache-Control", "no-store");
        headers.put("Content-Type", "application/json");
        BatchRun run = new BatchRun(session, requests, batch, RequestLocale.of(batch.request()), caller.customizes());
        return ODataAnswer.of(200, headers, out -> {
            try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
                json.writeStartObject();
                json.writeName("responses");
                json.writeStartArray();
                run.run(parts, answer -> answer.write(json));
                json.writeEndArray();
                json.writeEndObject();
            }
        });
    }
}
