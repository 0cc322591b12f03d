package dev.tenon.web.odata;

import dev.tenon.records.RecordSession;
import dev.tenon.web.model.VisibleModels;
import org.springframework.stereotype.Component;

/** The service for a session's rights, made once for each combination of model and permission sets. */
@Component
class Services {

    private final VisibleModels models;

    Services(VisibleModels models) {
        this.models = models;
    }

    Service of(RecordSession session) {
        return models.derived(session, Service.class, Service::new);
    }
}
