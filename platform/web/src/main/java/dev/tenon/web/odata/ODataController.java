package dev.tenon.web.odata;

import dev.tenon.web.security.RequestCaller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The data API's door for requests: one by one, or several in a batch. */
@RestController
class ODataController {

    private final RequestCaller caller;
    private final DataRequests requests;
    private final Batches batches;

    ODataController(RequestCaller caller, DataRequests requests, Batches batches) {
        this.caller = caller;
        this.requests = requests;
        this.batches = batches;
    }

    @GetMapping({"/odata", "/odata/**"})
    void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        single(request, response);
    }

    @PostMapping({"/odata", "/odata/**"})
    void create(HttpServletRequest request, HttpServletResponse response) throws IOException {
        single(request, response);
    }

    @PatchMapping("/odata/**")
    void update(HttpServletRequest request, HttpServletResponse response) throws IOException {
        single(request, response);
    }

    @DeleteMapping("/odata/**")
    void delete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        single(request, response);
    }

    @PostMapping("/odata/$batch")
    void batch(HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(batches.answer(caller.records(), new SingleRequest(request)), response);
    }

    private void single(HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(requests.answer(caller.records(), new SingleRequest(request)), response);
    }

    private static void write(ODataAnswer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (answer.content().isPresent()) {
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            answer.content().get().writeTo(response.getOutputStream());
        }
    }
}
