package dev.tenon.web.odata;

import dev.tenon.records.RecordSession;
import dev.tenon.web.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/** Answers batches: several requests in one, each answered exactly as it would be by itself. */
@Component
class Batches {

    private final DataRequests requests;

    Batches(DataRequests requests) {
        this.requests = requests;
    }

    /**
     * @param locale of the texts of errors
     * @param showSource whether the caller may see the files behind errors
     */
    ODataAnswer answer(RecordSession session, ODataRequest batch, Locale locale, boolean showSource) {
        Saves.requireJson(batch);
        List<BatchRequest> parts = BatchReader.read(batch.members());
        Format format = Format.of(batch, null);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("OData-Version", format.version());
        headers.put("Cache-Control", "no-store");
        headers.put("Content-Type", "application/json");
        BatchRun run = new BatchRun(session, requests, batch, locale, showSource);
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
