package dev.tenon.web.data;

import dev.tenon.access.Explanation;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Action;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.Query;
import dev.tenon.records.RecordRights;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RecordsError;
import dev.tenon.records.port.ModelSource;
import dev.tenon.web.model.VisibleModel;
import dev.tenon.web.model.VisibleModels;
import dev.tenon.web.model.VisibleObject;
import dev.tenon.web.security.RequestCaller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What belongs to one record beside its fields: its history, what can be done with it, why it may be seen. */
@RestController
class RecordController {

    private final RequestCaller caller;
    private final VisibleModels models;
    private final ModelSource source;

    RecordController(RequestCaller caller, VisibleModels models, ModelSource source) {
        this.caller = caller;
        this.models = models;
        this.source = source;
    }

    @GetMapping("/api/records/{object}/{id}/history")
    List<Map<String, @Nullable Object>> history(@PathVariable String object, @PathVariable UUID id) {
        RecordSession session = caller.records();
        VisibleModel visible = models.of(session);
        VisibleObject known = visible.require(object);
        List<HistoryEntry> entries = session.history(object, id);
        return new HistoryView(session, visible, known).write(entries);
    }

    /** What the object's duplicate rules take for the same, the most alike first. */
    @GetMapping("/api/records/{object}/{id}/duplicates")
    List<Map<String, @Nullable Object>> duplicates(@PathVariable String object, @PathVariable UUID id) {
        RecordSession session = caller.records();
        VisibleObject known = models.of(session).require(object);
        return session.duplicates(object, id).stream()
                .map(found -> {
                    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
                    entry.put("id", found.id());
                    entry.put("title", found.title());
                    entry.put("likeness", found.likeness());
                    entry.put("rule", found.rule());
                    entry.put("message", message(known, found.rule(), session));
                    return entry;
                })
                .toList();
    }

    private static @Nullable String message(VisibleObject object, String rule, RecordSession session) {
        return object.type().duplicateRules().stream()
                .filter(r -> r.name().equals(rule))
                .map(r -> r.message().in(session.identity().user().locale()))
                .findFirst()
                .orElse(null);
    }

    @GetMapping("/api/records/{object}/{id}/actions")
    List<Map<String, @Nullable Object>> actions(@PathVariable String object, @PathVariable UUID id) {
        RecordSession session = caller.records();
        VisibleObject known = models.of(session).require(object);
        requireRecord(session, object, id);
        return known.type().actions().stream()
                .filter(a -> known.access().actions().contains(a.name()) && !a.function())
                .map(action -> {
                    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
                    entry.put("name", action.name());
                    entry.put(
                            "label", action.label().in(session.identity().user().locale()));
                    entry.put("available", available(session, object, id, action));
                    return entry;
                })
                .toList();
    }

    private static boolean available(RecordSession session, String object, UUID id, Action action) {
        if (action.condition().isEmpty()) {
            return true;
        }
        Expr condition = session.expression(object, action.condition().get());
        Query query = Query.of(object, 1).where(Expr.and(idIs(object, id), condition));
        return !session.query(query).rows().isEmpty();
    }

    /** What the caller may do with the record, and on what grounds. Conditions quote fields, so only administrators are shown them. */
    @GetMapping("/api/records/{object}/{id}/access")
    Map<String, @Nullable Object> access(@PathVariable String object, @PathVariable UUID id) {
        RecordSession session = caller.records();
        VisibleObject known = models.of(session).require(object);
        RecordRights rights = session.rights(object, id);
        Explanation explanation =
                source.current(session.identity().tenant()).access().explain(session.identity(), object);
        boolean whole = caller.holds(SystemPermission.MANAGE_USERS) || caller.holds(SystemPermission.CUSTOMIZE);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("object", object);
        answer.put("can", rights);
        answer.put(
                "grants",
                explanation.grants().stream().map(g -> grant(g, whole)).toList());
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        Stream.concat(known.fields().keySet().stream(), known.links().keySet().stream())
                .forEach(field -> {
                    List<Explanation.Grant> grants = explanation.fields().get(field);
                    if (grants != null) {
                        fields.put(
                                field, grants.stream().map(g -> grant(g, true)).toList());
                    }
                });
        answer.put("fields", fields);
        return answer;
    }

    private static Map<String, @Nullable Object> grant(Explanation.Grant grant, boolean whole) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("source", grant.source());
        entry.put("right", grant.right());
        if (whole) {
            entry.put("extent", grant.extent());
        }
        return entry;
    }

    static void requireRecord(RecordSession session, String object, UUID id) {
        Query query = Query.of(object, 1).where(idIs(object, id));
        if (session.query(query).rows().isEmpty()) {
            throw RecordsError.NOT_FOUND
                    .error()
                    .with("object", object)
                    .with("id", id)
                    .build();
        }
    }

    private static Expr idIs(String object, UUID id) {
        return Expr.equal(
                new Expr.FieldRef(0, object, List.of(), SystemField.ID, ValueType.Simple.ID),
                new Expr.Literal(id, ValueType.Simple.ID));
    }
}
