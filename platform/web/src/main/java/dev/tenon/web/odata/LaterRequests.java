package dev.tenon.web.odata;

import dev.tenon.access.Identity;
import dev.tenon.automation.AsyncRequests.Answer;
import dev.tenon.automation.AsyncRequests.Request;
import dev.tenon.automation.port.RequestRunner;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import dev.tenon.records.port.ModelSource;
import dev.tenon.web.Json;
import dev.tenon.web.errors.Problem;
import dev.tenon.web.errors.Problems;
import dev.tenon.web.errors.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Does requests that are answered later, the same way as any other. */
@Component
class LaterRequests implements RequestRunner {

    private static final String BATCH = "/$batch";

    private final Records records;
    private final ModelSource models;
    private final DataRequests requests;
    private final Batches batches;

    LaterRequests(Records records, ModelSource models, DataRequests requests, Batches batches) {
        this.records = records;
        this.models = models;
        this.requests = requests;
        this.batches = batches;
    }

    @Override
    public Answer run(Identity identity, Request request, InputStream body, OutputStream to) throws IOException {
        KeptRequest kept = new KeptRequest(request, body.readAllBytes());
        RecordSession session = records.open(identity, request.through());
        ODataAnswer answer = kept.path().equals(BATCH) && kept.method().equals("POST")
                ? batches.answer(session, kept, identity.user().locale(), customizes(identity))
                : requests.answer(session, kept);
        if (answer.content().isPresent()) {
            answer.content().get().writeTo(to);
        }
        return new Answer(answer.status(), answer.headers());
    }

    private boolean customizes(Identity identity) {
        return models.current(identity.tenant()).access().holds(identity, SystemPermission.CUSTOMIZE);
    }

    @Override
    public Answer refuse(Identity identity, RuntimeException why, OutputStream to) throws IOException {
        Trace.begin();
        try {
            Problem problem = Problems.of(why, identity.user().locale(), customizes(identity), true);
            to.write(Json.MAPPER.writeValueAsBytes(problem.body()));
            return new Answer(
                    problem.status(), Map.of("Content-Type", Problem.MEDIA_TYPE, "Cache-Control", "no-store"));
        } finally {
            Trace.end();
        }
    }
}
