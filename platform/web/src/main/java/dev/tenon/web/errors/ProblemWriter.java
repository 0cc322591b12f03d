package dev.tenon.web.errors;

import dev.tenon.web.Json;
import dev.tenon.web.security.RequestCaller;
import dev.tenon.web.security.RequestLocale;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/**
 * Answers every failure of a request. Writes the answer itself instead of returning it, since a caller who asked for CSV
 * still gets problem details.
 */
@Component
@ControllerAdvice
public class ProblemWriter {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemWriter.class);

    /** Who gave way to a lock, a full pool or a table that is being copied comes back soon. */
    private static final String RETRY_SECONDS = "5";

    private final RequestCaller caller;

    public ProblemWriter(RequestCaller caller) {
        this.caller = caller;
    }

    @ExceptionHandler(Throwable.class)
    public void handle(Throwable failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(failure, request, response);
    }

    /** Writes the failure as the answer, unless a part of another one is on its way already. */
    public void write(Throwable failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (failure instanceof AsyncRequestNotUsableException || isGone(failure)) {
            LOG.debug("the caller has gone", failure);
            return;
        }
        boolean odata = request.getRequestURI().startsWith(request.getContextPath() + "/odata");
        Problem problem = Problems.of(failure, RequestLocale.of(request), caller.customizes(), odata);
        if (response.isCommitted()) {
            LOG.warn("answer was cut off by {}", problem.body().get("code"));
            // The connection must not end as if the answer were complete.
            throw new IOException("answer cut off by an error; see trace " + Trace.current());
        }
        String challenge = response.getHeader("WWW-Authenticate");
        response.resetBuffer();
        response.setStatus(problem.status());
        if (challenge != null) {
            response.setHeader("WWW-Authenticate", challenge);
        }
        if (problem.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", RETRY_SECONDS);
        }
        if (problem.status() == HttpServletResponse.SC_METHOD_NOT_ALLOWED
                && problem.body().get("args") instanceof Map<?, ?> args) {
            response.setHeader("Allow", String.valueOf(args.get("allowed")));
        }
        response.setHeader("Content-Disposition", null);
        response.setContentType(odata && readsPlainJsonOnly(request) ? "application/json" : Problem.MEDIA_TYPE);
        response.setHeader("Content-Language", RequestLocale.of(request).toLanguageTag());
        response.setHeader("Cache-Control", "no-store");
        byte[] body = Json.MAPPER.writeValueAsString(problem.body()).getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    /** OData has errors in JSON, and its clients ask for nothing else. */
    private static boolean readsPlainJsonOnly(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("application/json") && !accept.contains(Problem.MEDIA_TYPE);
    }

    private static boolean isGone(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getSimpleName().equals("ClientAbortException")) {
                return true;
            }
        }
        return false;
    }
}
