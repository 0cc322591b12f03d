package dev.tenon.web.odata;

import dev.tenon.web.security.RequestCaller;
import dev.tenon.web.security.RequestLocale;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** The data API's door for requests: one by one, or several in a batch. */
@RestController
class ODataController {

    private final RequestCaller caller;
    private final DataRequests requests;
    private final Batches batches;
    private final AsyncAnswers async;

    ODataController(RequestCaller caller, DataRequests requests, Batches batches, AsyncAnswers async) {
        this.caller = caller;
        this.requests = requests;
        this.batches = batches;
        this.async = async;
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

    @PutMapping("/odata/**")
    void replace(HttpServletRequest request, HttpServletResponse response) throws IOException {
        single(request, response);
    }

    @DeleteMapping("/odata/**")
    void delete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        single(request, response);
    }

    @PostMapping("/odata/$batch")
    void batch(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(
                new SingleRequest(request),
                response,
                batch -> batches.answer(caller.records(), batch, RequestLocale.of(request), caller.customizes()));
    }

    private void single(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(new SingleRequest(request), response, asked -> requests.answer(caller.records(), asked));
    }

    private void answer(SingleRequest request, HttpServletResponse response, Function<ODataRequest, ODataAnswer> now)
            throws IOException {
        Preferences preferences = Preferences.of(request);
        write(preferences.async() ? async.later(request, preferences) : now.apply(request), response);
    }

    static void write(ODataAnswer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (answer.content().isPresent()) {
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            answer.content().get().writeTo(response.getOutputStream());
        }
    }
}
