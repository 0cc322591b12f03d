package dev.tenon.web.odata;

import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.Page;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import dev.tenon.records.ValueCodec;
import dev.tenon.web.model.VisibleModel;
import dev.tenon.web.model.VisibleObject;
import dev.tenon.web.security.RequestCaller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What a form offers for a reference: those records that a save would take, and that the caller may see. */
@RestController
class CandidateController {

    private static final int MOST = 100;
    private static final int USUAL = 20;
    private static final int LONGEST = 100;

    private final RequestCaller caller;
    private final Services services;

    CandidateController(RequestCaller caller, Services services) {
        this.caller = caller;
        this.services = services;
    }

    /**
     * @param id the record that is edited; null for a new one
     * @param values what the form would send; null for nothing
     * @param search words that the title or a field shown beside it contains; null for none
     * @param top how many at most
     */
    record Asked(
            @Nullable UUID id,
            @Nullable Map<String, @Nullable Object> values,
            @Nullable String search,
            @Nullable Integer top) {}

    @PostMapping("/api/objects/{object}/candidates/{reference}")
    Map<String, @Nullable Object> candidates(
            @PathVariable String object, @PathVariable String reference, @RequestBody Asked asked) {
        RecordSession session = caller.records();
        VisibleModel visible = services.of(session).visible();
        VisibleObject known = visible.require(object);
        Field field = known.described(reference)
                .filter(f -> VisibleObject.chosenFrom(f).isPresent())
                .orElseThrow(() -> known.unknown(reference));
        Map<String, @Nullable Object> values =
                asked.values() == null ? Map.of() : BodyReader.values(known, asked.values());
        List<String> shown = shown(visible, field);
        Page page = session.candidates(
                object,
                Optional.ofNullable(asked.id()),
                values,
                reference,
                target -> query(session, visible, target, shown, asked));
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("items", page.rows().stream().map(row -> item(row, shown)).toList());
        answer.put("more", page.more());
        return answer;
    }

    /** The title, then what the reference wants beside it, as far as the caller may read that. */
    static List<String> shown(VisibleModel visible, Field field) {
        VisibleObject target = visible.require(VisibleObject.chosenFrom(field).orElseThrow());
        List<String> shown = new ArrayList<>();
        shown.add(target.type().titleField());
        shown.addAll(VisibleObject.candidates(field).fields());
        return shown.stream().filter(target.fields()::containsKey).distinct().toList();
    }

    private static Query query(
            RecordSession session, VisibleModel visible, String target, List<String> shown, Asked asked) {
        Paths paths = new Paths(visible, target, session::scope);
        String words = asked.search() == null ? "" : asked.search().strip();
        String bounded = words.length() > LONGEST ? words.substring(0, LONGEST) : words;
        Optional<Expr> search = bounded.isEmpty()
                ? Optional.empty()
                : Optional.of(Search.containing(bounded, visible.require(target), shown, paths));
        String first = shown.stream()
                .map(visible.require(target).fields()::get)
                .filter(Objects::nonNull)
                .map(VisibleObject::property)
                .findFirst()
                .orElse(SystemField.ID);
        return new Query(
                target,
                shown.isEmpty() ? Query.Selection.ALL : Query.Selection.of(shown.toArray(String[]::new)),
                search,
                List.of(new Query.SortKey(paths.resolveNames(List.of(first)), false)),
                Math.clamp(asked.top() == null ? USUAL : asked.top(), 1, MOST),
                0,
                false);
    }

    private static Map<String, @Nullable Object> item(Row row, List<String> shown) {
        Map<String, @Nullable Object> item = new LinkedHashMap<>();
        item.put("id", row.id());
        shown.forEach(name -> item.put(name, ValueCodec.toJson(row.values().get(name))));
        return item;
    }
}
