package dev.tenon.web.odata;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Where callers look for the answers of requests that are answered later: OData's status monitor. */
@RestController
class AsyncController {

    private final AsyncAnswers answers;

    AsyncController(AsyncAnswers answers) {
        this.answers = answers;
    }

    @GetMapping("/odata/$async/{id}")
    void state(@PathVariable UUID id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ODataController.write(answers.state(id, new SingleRequest(request)), response);
    }

    @DeleteMapping("/odata/$async/{id}")
    void cancel(@PathVariable UUID id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ODataController.write(answers.cancel(id, new SingleRequest(request)), response);
    }
}
