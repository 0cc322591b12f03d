package dev.tenon.web.errors;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Errors that happened outside of any controller: in a filter, or in the server itself. */
@RestController
class FallbackErrors implements ErrorController {

    private final ProblemWriter problems;

    FallbackErrors(ProblemWriter problems) {
        this.problems = problems;
    }

    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        Throwable told = switch (status) {
            case Integer code
            when code == 404 -> WebError.NOT_FOUND.error().with("path", path).build();
            case Integer code when code == 403 -> WebError.FORBIDDEN.error().build();
            case Integer code
            when code == 401 -> WebError.UNAUTHENTICATED.error().build();
            case Integer code
            when code == 413 -> WebError.TOO_LARGE.error().with("limit", "-").build();
            case Integer code
            when code >= 400 && code < 500 ->
                WebError.MALFORMED_REQUEST.error().with("reason", code).build();
            case null, default ->
                failure instanceof Throwable thrown
                        ? thrown
                        : new IllegalStateException("error " + status + " at " + path);
        };
        problems.write(told, request, response);
    }
}
