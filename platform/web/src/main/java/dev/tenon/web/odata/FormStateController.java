package dev.tenon.web.odata;

import dev.tenon.records.FieldState;
import dev.tenon.records.RecordSession;
import dev.tenon.records.ValueCodec;
import dev.tenon.web.model.VisibleObject;
import dev.tenon.web.security.RequestCaller;
import java.util.LinkedHashMap;
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
    Map<String, Map<String, @Nullable Object>> state(@PathVariable String object, @RequestBody Form form) {
        RecordSession session = caller.records();
        VisibleObject known = services.of(session).visible().require(object);
        Map<String, @Nullable Object> values =
                form.values() == null ? Map.of() : BodyReader.values(known, form.values());
        Map<String, Map<String, @Nullable Object>> states = new LinkedHashMap<>();
        session.formState(object, Optional.ofNullable(form.id()), values)
                .forEach((field, state) -> states.put(field, written(state)));
        return states;
    }

    private static Map<String, @Nullable Object> written(FieldState state) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("visible", state.visible());
        all.put("required", state.required());
        all.put("readOnly", state.readOnly());
        if (state.byDefault() != null) {
            all.put("byDefault", ValueCodec.toJson(state.byDefault()));
        }
        return all;
    }
}
