package dev.tenon.web.data;

import dev.tenon.records.RecordSession;
import dev.tenon.records.RecycleBin;
import dev.tenon.records.RecycleBin.Deletion;
import dev.tenon.records.RecycleBin.Place;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.model.VisibleModel;
import dev.tenon.web.model.VisibleModels;
import dev.tenon.web.security.RequestCaller;
import java.time.DateTimeException;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Deleted records that the caller may look at and bring back. An entry has the id of the record that was deleted. */
@RestController
class RecycleBinController {

    private static final int MOST = 100;
    private static final String SEPARATOR = "~";

    private final RequestCaller caller;
    private final VisibleModels models;

    RecycleBinController(RequestCaller caller, VisibleModels models) {
        this.caller = caller;
        this.models = models;
    }

    @GetMapping("/api/recycle-bin")
    Map<String, @Nullable Object> list(
            @RequestParam(required = false) @Nullable String object,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "20") int limit) {
        if (limit < 1 || limit > MOST) {
            throw malformed("limit", limit, "1–" + MOST);
        }
        RecordSession session = caller.records();
        VisibleModel visible = models.of(session);
        Optional<String> asked =
                Optional.ofNullable(object).map(name -> visible.require(name).name());
        // One more than asked for tells whether there is a next page.
        List<Deletion> found = session.recycleBin().list(asked, place(cursor), limit + 1);
        List<Deletion> shown = found.subList(0, Math.min(limit, found.size()));
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("items", new RecycleBinView(session, visible).list(shown));
        answer.put("next", found.size() > limit ? cursor(shown.getLast().place()) : null);
        return answer;
    }

    @GetMapping("/api/recycle-bin/{id}")
    Map<String, @Nullable Object> read(@PathVariable UUID id) {
        RecordSession session = caller.records();
        RecycleBin.DeletedTree tree = session.recycleBin().require(id);
        return new RecycleBinView(session, models.of(session)).tree(tree);
    }

    @PostMapping("/api/recycle-bin/{id}/restore")
    Map<String, @Nullable Object> restore(@PathVariable UUID id) {
        RecordSession session = caller.records();
        RecycleBin.Restored restored = session.recycleBin().restore(id);
        return new RecycleBinView(session, models.of(session)).restored(restored);
    }

    @DeleteMapping("/api/recycle-bin/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable UUID id) {
        caller.records().recycleBin().remove(id);
    }

    private static String cursor(Place place) {
        return place.at() + SEPARATOR + place.id();
    }

    private static Optional<Place> place(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = cursor.split(SEPARATOR, -1);
        try {
            return Optional.of(new Place(Instant.parse(parts[0]), UUID.fromString(parts[parts.length - 1])));
        } catch (DateTimeException | IllegalArgumentException notOurs) {
            throw malformed("cursor", cursor, "next");
        }
    }

    private static RuntimeException malformed(String name, Object value, String expected) {
        return WebError.PARAMETER_MALFORMED
                .error()
                .with("name", name)
                .with("value", value)
                .with("expected", expected)
                .build();
    }
}
