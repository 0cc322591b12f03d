package dev.tenon.web.data;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import dev.tenon.web.model.VisibleModel;
import dev.tenon.web.model.VisibleObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How records are called, within the caller's rights: one query for many ids. */
public final class Titles {

    /** The object whose records are people. */
    public static final String USER = "sys__User";

    private static final int AT_ONCE = 500;

    private final RecordSession session;
    private final VisibleModel visible;

    public Titles(RecordSession session, VisibleModel visible) {
        this.session = session;
        this.visible = visible;
    }

    /** Titles of the records that may be seen; the others are absent. */
    public Map<UUID, String> of(String object, Collection<UUID> ids) {
        Map<UUID, String> titles = new HashMap<>();
        VisibleObject known = visible.objects().get(object);
        Field title = known == null ? null : known.fields().get(known.type().titleField());
        if (title == null || ids.isEmpty()) {
            return titles;
        }
        List<UUID> all = new ArrayList<>(new LinkedHashSet<>(ids));
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<UUID> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            Query query = new Query(
                    object,
                    Query.Selection.of(title.name()),
                    Optional.of(oneOf(object, some)),
                    List.of(),
                    some.size(),
                    0,
                    false);
            for (Row row : session.query(query).rows()) {
                Object value = row.values().get(title.name());
                if (value != null) {
                    titles.put(row.id(), value.toString());
                }
            }
        }
        return titles;
    }

    /** People as {@code {id, name}}; a name that may not be seen is empty. */
    public Map<UUID, Map<String, Object>> people(Collection<UUID> ids) {
        Map<UUID, String> names = of(USER, ids);
        Map<UUID, Map<String, Object>> people = new HashMap<>();
        for (UUID id : ids) {
            Map<String, Object> person = new LinkedHashMap<>();
            person.put("id", id);
            person.put("name", names.getOrDefault(id, ""));
            people.put(id, person);
        }
        return people;
    }

    private static Expr oneOf(String object, List<UUID> ids) {
        return new Expr.In(
                new Expr.FieldRef(0, object, List.of(), SystemField.ID, ValueType.Simple.ID),
                ids.stream()
                        .map(id -> (Expr) new Expr.Literal(id, ValueType.Simple.ID))
                        .toList());
    }
}
