package dev.tenon.web.data;

import dev.tenon.records.LockState;
import dev.tenon.records.RecordSession;
import dev.tenon.web.model.VisibleModel;
import dev.tenon.web.model.VisibleModels;
import dev.tenon.web.security.RequestCaller;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The lock that somebody may set on a record. */
@RestController
class LockController {

    private static final String PATH = "/api/records/{object}/{id}/lock";

    private final RequestCaller caller;
    private final VisibleModels models;

    LockController(RequestCaller caller, VisibleModels models) {
        this.caller = caller;
        this.models = models;
    }

    /** @param reason left out or empty: none */
    record Wanted(@Nullable String reason) {}

    @GetMapping(PATH)
    Map<String, @Nullable Object> state(@PathVariable String object, @PathVariable UUID id) {
        RecordSession session = caller.records();
        VisibleModel visible = models.of(session);
        visible.require(object);
        return describe(session.lockState(object, id), new Titles(session, visible));
    }

    @PutMapping(PATH)
    Map<String, @Nullable Object> lock(
            @PathVariable String object,
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable Wanted wanted) {
        RecordSession session = caller.records();
        models.of(session).require(object);
        session.lock(object, id, Optional.ofNullable(wanted).flatMap(w -> Optional.ofNullable(w.reason())));
        return state(object, id);
    }

    /** @param at when the lock was set that the caller has seen; left out: whichever there is */
    @DeleteMapping(PATH)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unlock(
            @PathVariable String object, @PathVariable UUID id, @RequestParam(required = false) @Nullable Instant at) {
        RecordSession session = caller.records();
        models.of(session).require(object);
        session.unlock(object, id, Optional.ofNullable(at));
    }

    private static Map<String, @Nullable Object> describe(LockState state, Titles titles) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("lock", state.lock().isPresent() ? describe(state.lock().get(), titles) : null);
        answer.put("whole", state.whole().isPresent() ? whole(state.whole().get(), titles) : null);
        answer.put("mayLock", state.mayLock());
        answer.put("mayEdit", state.mayEdit());
        return answer;
    }

    private static Map<String, @Nullable Object> whole(LockState.Seen lock, Titles titles) {
        UUID id = lock.record().id();
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("object", lock.record().object());
        entry.put("id", id);
        entry.put("title", titles.of(lock.record().object(), List.of(id)).getOrDefault(id, ""));
        entry.putAll(describe(lock, titles));
        return entry;
    }

    private static Map<String, @Nullable Object> describe(LockState.Seen lock, Titles titles) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("by", lock.by().isPresent() ? person(lock.by().get(), titles) : null);
        entry.put("at", lock.at());
        entry.put("reason", lock.reason().orElse(null));
        return entry;
    }

    private static @Nullable Object person(UUID id, Titles titles) {
        return titles.people(List.of(id)).get(id);
    }
}
