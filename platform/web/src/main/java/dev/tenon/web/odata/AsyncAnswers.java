package dev.tenon.web.odata;

import dev.tenon.access.Identity;
import dev.tenon.automation.AsyncRequests;
import dev.tenon.automation.AsyncRequests.Answer;
import dev.tenon.automation.AsyncRequests.Request;
import dev.tenon.automation.AsyncRequests.State;
import dev.tenon.automation.AsyncRequests.Status;
import dev.tenon.automation.AutomationError;
import dev.tenon.web.security.RequestCaller;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Takes requests that are answered later, and tells how they stand. */
@Component
class AsyncAnswers {

    /** Behind the service's address. */
    static final String MONITOR = "$async/";

    /** What an answer depends on, beside the address. Who asks is kept by itself. */
    private static final List<String> HEADERS = List.of(
            "Accept", "Content-Type", "If-Match", "If-None-Match", "OData-MaxVersion", "OData-Version", "Prefer");

    /** What a caller who was told nothing does: often enough for people, seldom enough for the server. */
    private static final String RETRY_SECONDS = "2";

    private final RequestCaller caller;
    private final AsyncRequests requests;

    AsyncAnswers(RequestCaller caller, AsyncRequests requests) {
        this.caller = caller;
        this.requests = requests;
    }

    /** The answer itself where it is there in the time that the caller would wait. */
    ODataAnswer later(SingleRequest request, Preferences preferences) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : HEADERS) {
            String value = request.header(name);
            if (value != null) {
                headers.put(name.toLowerCase(Locale.ROOT), value);
            }
        }
        Identity identity = caller.identity();
        byte[] body;
        try (InputStream sent = request.request().getInputStream()) {
            body = sent.readAllBytes();
        }
        UUID id = requests.start(
                identity,
                new Request(
                        request.method(), request.path(), request.query(), headers, request.root(), caller.channel()),
                body);
        Status status = requests.await(identity, id, preferences.patience());
        if (status.state() == State.DONE) {
            Answer answer = require(status);
            Map<String, String> told = new LinkedHashMap<>(answer.headers());
            told.put("Preference-Applied", preferences.applied());
            return new KeptAnswer(answer.status(), told, requests.answer(identity, id))
                    .thenForgotten(() -> requests.cancel(identity, id))
                    .plain();
        }
        Map<String, String> told = pending(id, request);
        told.put("Preference-Applied", preferences.applied());
        return ODataAnswer.withoutBody(HttpStatus.ACCEPTED.value(), told);
    }

    private static Map<String, String> pending(UUID id, ODataRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("OData-Version", Format.version(request));
        headers.put("Cache-Control", "no-store");
        headers.put("Location", request.root() + MONITOR + id);
        headers.put("Retry-After", RETRY_SECONDS);
        return headers;
    }

    private static Answer require(Status status) {
        Answer answer = status.answer();
        if (answer == null || status.state() != State.DONE) {
            throw AutomationError.UNKNOWN_REQUEST
                    .error()
                    .with("id", status.id())
                    .build();
        }
        return answer;
    }

    /** @param request to the status monitor */
    ODataAnswer state(UUID id, ODataRequest request) {
        Identity identity = caller.identity();
        Status status = requests.await(identity, id, Preferences.of(request).patience());
        if (!status.state().ended()) {
            return ODataAnswer.withoutBody(HttpStatus.ACCEPTED.value(), pending(id, request));
        }
        Answer answer = require(status);
        KeptAnswer kept = new KeptAnswer(answer.status(), answer.headers(), requests.answer(identity, id));
        return wantsHttp(request) ? kept.asHttp(Format.version(request)) : kept.asResult();
    }

    /** Clients of version 4.0 know no other form. */
    private static boolean wantsHttp(ODataRequest request) {
        String accept = request.header("Accept");
        return Format.version(request).equals("4.0")
                || accept != null && accept.toLowerCase(Locale.ROOT).contains("application/http");
    }

    ODataAnswer cancel(UUID id, ODataRequest request) {
        if (requests.cancel(caller.identity(), id)) {
            return ODataAnswer.withoutBody(
                    HttpStatus.NO_CONTENT.value(), Map.of("OData-Version", Format.version(request)));
        }
        return ODataAnswer.withoutBody(HttpStatus.ACCEPTED.value(), pending(id, request));
    }

    /** An answer that lies in the store. */
    private record KeptAnswer(int status, Map<String, String> headers, InputStream body, Runnable read) {

        KeptAnswer(int status, Map<String, String> headers, InputStream body) {
            this(status, headers, body, () -> {});
        }

        /** Nobody has its address. */
        KeptAnswer thenForgotten(Runnable forget) {
            return new KeptAnswer(status, headers, body, forget);
        }

        ODataAnswer plain() {
            return answer(status, headers, "");
        }

        ODataAnswer asResult() {
            Map<String, String> told = new LinkedHashMap<>(headers);
            told.put("AsyncResult", String.valueOf(status));
            return answer(HttpStatus.OK.value(), told, "");
        }

        ODataAnswer asHttp(String version) {
            StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status);
            HttpStatus known = HttpStatus.resolve(status);
            head.append(' ')
                    .append(known == null ? "" : known.getReasonPhrase())
                    .append("\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            Map<String, String> told = new LinkedHashMap<>();
            told.put("OData-Version", version);
            told.put("Cache-Control", "no-store");
            told.put("Content-Type", "application/http");
            told.put("Content-Transfer-Encoding", "binary");
            return answer(HttpStatus.OK.value(), told, head.append("\r\n").toString());
        }

        private ODataAnswer answer(int as, Map<String, String> told, String before) {
            return ODataAnswer.of(as, told, out -> {
                out.write(before.getBytes(StandardCharsets.UTF_8));
                try (body) {
                    body.transferTo(out);
                }
                read.run();
            });
        }
    }
}
