package dev.tenon.web.odata;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import dev.tenon.web.model.VisibleModel;
import dev.tenon.web.model.VisibleObject;
import dev.tenon.web.security.RequestCaller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One word looked for in all objects of the caller's apps; the same condition as {@code $search} of each of them. */
@RestController
class SearchController {

    private static final int HITS_OF_AN_OBJECT = 5;
    /** Each object is a query of its own. */
    private static final int MOST_OBJECTS = 20;

    private static final int LONGEST = 100;

    private final RequestCaller caller;
    private final Services services;

    SearchController(RequestCaller caller, Services services) {
        this.caller = caller;
        this.services = services;
    }

    @GetMapping("/api/search")
    Map<String, @Nullable Object> search(@RequestParam("q") String text) {
        RecordSession session = caller.records();
        VisibleModel visible = services.of(session).visible();
        List<Map<String, @Nullable Object>> hits = new ArrayList<>();
        String word = text.strip();
        if (!word.isEmpty()) {
            String bounded = word.length() > LONGEST ? word.substring(0, LONGEST) : word;
            objects(session, visible).forEach(object -> hits.addAll(hits(session, visible, object, bounded)));
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("items", hits);
        return answer;
    }

    private static List<VisibleObject> objects(RecordSession session, VisibleModel visible) {
        Set<String> names = new LinkedHashSet<>();
        session.model().apps().forEach(app -> names.addAll(app.objects()));
        return names.stream()
                .map(visible.objects()::get)
                .filter(object -> object != null)
                .limit(MOST_OBJECTS)
                .toList();
    }

    private static List<Map<String, @Nullable Object>> hits(
            RecordSession session, VisibleModel visible, VisibleObject object, String word) {
        Field title = object.fields().get(object.type().titleField());
        if (title == null) {
            return List.of();
        }
        Paths paths = new Paths(visible, object.name(), session::scope);
        Query query = new Query(
                object.name(),
                Query.Selection.of(title.name()),
                java.util.Optional.of(Search.containing(word, object, paths)),
                List.of(new Query.SortKey(paths.resolveNames(List.of(SystemField.ID)), true)),
                HITS_OF_AN_OBJECT,
                0,
                false);
        return session.query(query).rows().stream()
                .map(row -> hit(session, object, title, row))
                .toList();
    }

    private static Map<String, @Nullable Object> hit(
            RecordSession session, VisibleObject object, Field title, Row row) {
        Map<String, @Nullable Object> hit = new LinkedHashMap<>();
        hit.put("object", object.name());
        hit.put(
                "objectLabel",
                object.type().label().in(session.identity().user().locale()));
        hit.put("id", row.id());
        hit.put("title", row.values().get(title.name()));
        return hit;
    }
}
