package dev.tenon.web.odata;

import dev.tenon.records.FieldState;
import dev.tenon.records.RecordSession;
import dev.tenon.web.model.VisibleObject;
import dev.tenon.web.security.RequestCaller;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What a form shows, demands and locks while it is being filled; its values are written as in a save. */
@RestController
class FormStateController {

    private final RequestCaller caller;
    private final Services services;

    FormStateController(RequestCaller caller, Services services) {
        this.caller = caller;
        this.services = services;
    }

    /**
     * @param id the record that is edited or looked at; null for a new one
     * @param values what the form would send; null for nothing
     */
    record Form(@Nullable UUID id, @Nullable Map<String, @Nullable Object> values) {}

    @PostMapping("/api/objects/{object}/form-state")
    Map<String, FieldState> state(@PathVariable String object, @RequestBody Form form) {
        RecordSession session = caller.records();
        VisibleObject known = services.of(session).visible().require(object);
        Map<String, @Nullable Object> values =
                form.values() == null ? Map.of() : BodyReader.values(known, form.values());
        return session.formState(object, Optional.ofNullable(form.id()), values);
    }
}
