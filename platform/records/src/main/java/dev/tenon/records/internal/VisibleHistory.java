package dev.tenon.records.internal;

import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.Field;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.ValueCodec;
import dev.tenon.records.port.QueryPlan;
import dev.tenon.records.port.RecordStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The history as the record is visible now: what may not be read now may not be read in what it was. */
final class VisibleHistory {

    private final Viewpoint viewpoint;
    private final QueryRunner queries;
    private final RecordStore store;

    VisibleHistory(Viewpoint viewpoint, QueryRunner queries, RecordStore store) {
        this.viewpoint = viewpoint;
        this.queries = queries;
        this.store = store;
    }

    List<HistoryEntry> of(String object, UUID id) {
        ObjectAccess access = viewpoint.requireAccess(object);
        List<HistoryEntry> all = store.history(viewpoint.identity().tenant(), object, id, Limits.HISTORY_ENTRIES);
        if (viewpoint.isSystem()) {
            return shown(object, all);
        }
        if (!queries.matches(object, access.read(), id)) {
            throw SaveOrder.notFound(object, id);
        }
        Set<String> hidden = hiddenCells(object, id, access);
        List<HistoryEntry> visible = all.stream()
                .filter(e -> e.field() == null || (access.mayRead(e.field()) && !hidden.contains(e.field())))
                .toList();
        return shown(object, withoutInvisibleReferences(object, visible));
    }

    /** What is encrypted in its JSON form as the identity is shown it. */
    private List<HistoryEntry> shown(String object, List<HistoryEntry> entries) {
        return entries.stream()
                .map(entry -> {
                    String name = entry.field();
                    return name == null
                            ? entry
                            : viewpoint
                                    .type(object)
                                    .findField(name)
                                    .filter(field -> SealedFields.type(field).isPresent())
                                    .map(field -> entry.with(
                                            shown(field, entry, entry.oldValue()),
                                            shown(field, entry, entry.newValue())))
                                    .orElse(entry);
                })
                .toList();
    }

    private @Nullable String shown(Field field, HistoryEntry entry, @Nullable String json) {
        Object stored = json == null ? null : JsonText.read(json);
        return ValueCodec.toJsonText(viewpoint.shown(
                entry.object(), field, entry.recordId(), stored == null ? null : String.valueOf(stored)));
    }

    /** Fields whose condition does not hold for the record as it is now. */
    private Set<String> hiddenCells(String object, UUID id, ObjectAccess access) {
        if (access.conditions().isEmpty()) {
            return Set.of();
        }
        Map<String, String> names = new HashMap<>();
        List<QueryPlan.Projection> projections = new ArrayList<>();
        access.conditions().forEach((field, condition) -> {
            names.put("v" + projections.size(), field);
            projections.add(new QueryPlan.Projection("v" + projections.size(), condition));
        });
        QueryPlan plan = PlanParts.plan(
                viewpoint, object, projections, QueryRunner.idIs(object, id), List.of(), 1, 0, Optional.empty(), false);
        Set<String> hidden = new HashSet<>(access.conditions().keySet());
        store.query(viewpoint.model(), plan)
                .rows()
                .forEach(row -> names.forEach((name, field) -> {
                    if (Boolean.TRUE.equals(row.get(name))) {
                        hidden.remove(field);
                    }
                }));
        return hidden;
    }

    private List<HistoryEntry> withoutInvisibleReferences(String object, List<HistoryEntry> entries) {
        Map<String, Set<UUID>> referred = new HashMap<>();
        for (HistoryEntry entry : entries) {
            target(object, entry).ifPresent(target -> {
                Set<UUID> ids = referred.computeIfAbsent(target, t -> new HashSet<>());
                ids.addAll(ids(entry.oldValue()));
                ids.addAll(ids(entry.newValue()));
            });
        }
        Map<String, Set<UUID>> visible = new HashMap<>();
        referred.forEach((target, ids) -> {
            Expr read = viewpoint.access(target).read();
            visible.put(target, read.equals(Expr.TRUE) ? ids : queries.matchingAll(target, read, ids));
        });
        return entries.stream()
                .map(entry -> target(object, entry)
                        .map(target -> masked(entry, visible.getOrDefault(target, Set.of())))
                        .orElse(entry))
                // That links came or went of which none is seen would tell that there are some.
                .filter(entry -> entry.oldValue() != null || entry.newValue() != null || !linking(object, entry))
                .toList();
    }

    private boolean linking(String object, HistoryEntry entry) {
        return entry.field() != null
                && viewpoint
                        .type(object)
                        .findField(entry.field())
                        .flatMap(References::links)
                        .isPresent();
    }

    private static HistoryEntry masked(HistoryEntry entry, Set<UUID> visible) {
        return entry.with(seen(entry.oldValue(), visible), seen(entry.newValue(), visible));
    }

    private Optional<String> target(String object, HistoryEntry entry) {
        String name = entry.field();
        Optional<Field> field =
                name == null ? Optional.empty() : viewpoint.type(object).findField(name);
        return field.flatMap(References::chosenFrom);
    }

    /** Of one id or a list of them those that are seen, null where none is. */
    private static @Nullable String seen(@Nullable String json, Set<UUID> visible) {
        List<UUID> ids = ids(json);
        List<UUID> seen = ids.stream().filter(visible::contains).toList();
        return seen.isEmpty() || seen.size() == ids.size() ? seen.isEmpty() ? null : json : ValueCodec.toJsonText(seen);
    }

    private static List<UUID> ids(@Nullable String json) {
        Object value = json == null ? List.of() : JsonText.read(json);
        return (value instanceof List<?> list ? list : List.of(String.valueOf(value)))
                .stream().map(id -> UUID.fromString(String.valueOf(id))).toList();
    }
}
