package dev.tenon.web.data;

import dev.tenon.records.RecordSession;
import dev.tenon.web.model.VisibleModels;
import dev.tenon.web.security.RequestCaller;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The caller's data API for tools that read OpenAPI. */
@RestController
class OpenApiController {

    private final RequestCaller caller;
    private final VisibleModels models;

    OpenApiController(RequestCaller caller, VisibleModels models) {
        this.caller = caller;
        this.models = models;
    }

    @GetMapping("/api/openapi.json")
    Map<String, Object> document() {
        RecordSession session = caller.records();
        return new OpenApi(models.of(session), session.identity().user().locale())
                .write(ServletUriComponentsBuilder.fromCurrentContextPath()
                        .build()
                        .toUriString());
    }
}
