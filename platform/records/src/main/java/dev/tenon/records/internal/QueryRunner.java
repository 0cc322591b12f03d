package dev.tenon.records.internal;

import dev.tenon.access.Conditions;
import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.Aggregation;
import dev.tenon.records.Page;
import dev.tenon.records.Query;
import dev.tenon.records.RecordsError;
import dev.tenon.records.Row;
import dev.tenon.records.port.AggregatePlan;
import dev.tenon.records.port.QueryPlan;
import dev.tenon.records.port.RecordStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Answers questions: puts the rights into the plan, lets the store run it, and builds rows from its answer. */
final class QueryRunner {

    private final Viewpoint viewpoint;
    private final Masking masking;
    private final RecordStore store;

    QueryRunner(Viewpoint viewpoint, RecordStore store) {
        this.viewpoint = viewpoint;
        this.masking = new Masking(viewpoint);
        this.store = store;
    }

    Page page(Query query) {
        return page(query, Expr.TRUE);
    }

    /** @param condition the platform's own: it sees what the caller may not read, and its answer tells as much as a save */
    Page page(Query query, Expr condition) {
        ObjectAccess access = viewpoint.requireAccess(query.object());
        Limits.check("top", query.limit(), query.walk().isPresent() ? Limits.WALKED : Limits.TOP);
        Limits.check("skip", query.offset(), Limits.SKIP);
        RowShape shape = shape(query.object(), query.select());
        List<QueryPlan.Order> order = order(query.sort());
        Expr fulfilled = Conditions.allOf(
                List.of(access.read(), query.filter().map(masking::filter).orElse(Expr.TRUE), condition));
        Optional<Query.Place> after = query.walk().flatMap(Query.Walk::after);
        Expr where = after.map(
                        place -> Conditions.allOf(List.of(fulfilled, Places.behind(query.object(), order, place))))
                .orElse(fulfilled);
        List<QueryPlan.Projection> projections = shape.projections();
        List<String> keys = List.of();
        if (query.walk().isPresent()) {
            keys = Places.names(order, projections);
            projections = Places.projections(order, keys, projections);
        }
        QueryPlan plan = PlanParts.plan(
                viewpoint,
                query.object(),
                projections,
                where,
                order,
                // One more row than asked for tells whether there is a next page.
                query.limit() + 1,
                query.offset(),
                Optional.empty(),
                query.count() && after.isEmpty());
        if (fulfilled.equals(Expr.FALSE)) {
            return new Page(
                    List.of(), false, query.count() ? OptionalLong.of(0) : OptionalLong.empty(), Optional.empty());
        }
        RecordStore.QueryAnswer answer = store.query(viewpoint.model(), plan);
        boolean more = answer.rows().size() > query.limit();
        List<Map<String, @Nullable Object>> rows = more ? answer.rows().subList(0, query.limit()) : answer.rows();
        Optional<Query.Place> last = query.walk().isPresent() && !rows.isEmpty()
                ? Optional.of(Places.of(rows.getLast(), keys))
                : Optional.empty();
        // The rows before the place count, too.
        OptionalLong count = query.count() && after.isPresent() ? count(query) : answer.count();
        return new Page(rows(shape, rows), more, count, last);
    }

    private OptionalLong count(Query query) {
        Aggregation all = new Aggregation(
                query.object(),
                query.filter(),
                List.of(),
                List.of(new Aggregation.Measure("n", Aggregation.Function.COUNT, Optional.empty())),
                1);
        return aggregate(all).stream()
                .mapToLong(group -> group.get("n") instanceof Long number ? number : 0)
                .findFirst();
    }

    Optional<Row> find(String object, UUID id, Query.Selection select) {
        Query byId = new Query(object, select, Optional.of(idIs(object, id)), List.of(), 1, 0, false);
        return page(byId).rows().stream().findFirst();
    }

    List<Map<String, @Nullable Object>> aggregate(Aggregation asked) {
        ObjectAccess access = viewpoint.requireAccess(asked.object());
        Limits.check("groups", asked.limit(), Limits.GROUPS);
        DerivedValues derived = viewpoint.compiled().derived();
        Expr where = derived.told(Conditions.allOf(
                List.of(access.read(), asked.filter().map(masking::filter).orElse(Expr.TRUE))));
        List<Aggregation.Key> keys = asked.groupBy().stream()
                .map(k -> new Aggregation.Key(k.name(), derived.told(masking.mask(compared(k.value())))))
                .toList();
        List<Aggregation.Measure> measures = asked.measures().stream()
                .map(m -> new Aggregation.Measure(
                        m.name(),
                        m.function(),
                        m.value().map(this::compared).map(masking::mask).map(derived::told)))
                .toList();
        List<Expr> all = new ArrayList<>();
        all.add(where);
        keys.forEach(k -> all.add(k.value()));
        measures.forEach(m -> m.value().ifPresent(all::add));
        Limits.check("skip", asked.outcome().offset(), Limits.SKIP);
        List<Expr> variables = new ArrayList<>(all);
        asked.outcome().filter().ifPresent(variables::add);
        asked.outcome().computed().forEach(k -> variables.add(k.value()));
        asked.outcome().order().forEach(k -> variables.add(k.value()));
        return store.aggregate(
                viewpoint.model(),
                new AggregatePlan(
                        asked.object(),
                        PlanParts.joins(all),
                        where,
                        keys,
                        measures,
                        asked.outcome(),
                        asked.limit(),
                        viewpoint.variables(variables)));
    }

    /** Those of the ids whose records fulfil the condition. */
    List<UUID> matching(String object, Expr condition, List<UUID> ids) {
        if (ids.isEmpty() || condition.equals(Expr.FALSE)) {
            return List.of();
        }
        return store.matching(viewpoint.model(), PlanParts.condition(viewpoint, object, condition), ids);
    }

    /** The same for any number of ids. */
    Set<UUID> matchingAll(String object, Expr condition, Collection<UUID> ids) {
        return inBatches(List.copyOf(ids), some -> matching(object, condition, some));
    }

    /** The same, and they stay until the transaction ends. For records that something is going to refer to. */
    Set<UUID> keeping(String object, Expr condition, Collection<UUID> ids) {
        if (ids.isEmpty() || condition.equals(Expr.FALSE)) {
            return Set.of();
        }
        QueryPlan plan = PlanParts.condition(viewpoint, object, condition);
        // As text: the order of UUIDs in Java is signed and differs from the databases'.
        List<UUID> sorted =
                ids.stream().sorted(Comparator.comparing(UUID::toString)).toList();
        return inBatches(sorted, some -> store.keeping(viewpoint.model(), plan, some));
    }

    private static Set<UUID> inBatches(List<UUID> ids, UnaryOperator<List<UUID>> asked) {
        Set<UUID> found = new HashSet<>();
        for (int from = 0; from < ids.size(); from += Limits.BATCH) {
            found.addAll(asked.apply(ids.subList(from, Math.min(from + Limits.BATCH, ids.size()))));
        }
        return found;
    }

    /** Whether the record exists and fulfils the condition. */
    boolean matches(String object, Expr condition, UUID id) {
        return !matching(object, condition, List.of(id)).isEmpty();
    }

    static Expr idIs(String object, UUID id) {
        return Expr.equal(
                new Expr.FieldRef(0, object, List.of(), SystemField.ID, ValueType.Simple.ID),
                new Expr.Literal(id, ValueType.Simple.ID));
    }

    private RowShape shape(String object, Query.Selection selection) {
        return viewpoint.compiled().shapes().of(viewpoint, masking, object, selection);
    }

    private List<QueryPlan.Order> order(List<Query.SortKey> keys) {
        return keys.stream()
                .map(k -> new QueryPlan.Order(masking.mask(compared(k.value())), k.descending()))
                .toList();
    }

    /** Equal texts are sealed differently, so neither their order nor their number would mean anything. */
    private Expr compared(Expr value) {
        if (value.type() == ValueType.Simple.ENCRYPTED_TEXT) {
            throw RecordsError.FIELD_ENCRYPTED
                    .error()
                    .with("field", value instanceof Expr.FieldRef field ? field.path() : "–")
                    .build();
        }
        return value;
    }

    private List<Row> rows(RowShape shape, List<Map<String, @Nullable Object>> answer) {
        List<RowDraft> drafts =
                answer.stream().map(row -> shape.draft(viewpoint, row)).toList();
        expand(drafts, 1);
        return drafts.stream().map(RowDraft::finish).toList();
    }

    /** Reads the children of all drafts of a level, one query for each name. */
    private void expand(List<RowDraft> drafts, int depth) {
        Map<Query.Selection, Map<String, List<RowDraft>>> bySelection = new java.util.IdentityHashMap<>();
        drafts.forEach(draft -> draft.collect(bySelection));
        bySelection.forEach((selection, byObject) -> {
            Limits.check("expand-depth", depth, Limits.EXPAND_DEPTH);
            selection
                    .children()
                    .forEach((name, asked) ->
                            byObject.values().forEach(parents -> children(name, asked, parents, depth)));
        });
    }

    private void children(String name, Query.Children asked, List<RowDraft> parents, int depth) {
        Field via = requireVia(asked, parents.getFirst().object());
        ObjectAccess access = viewpoint.requireAccess(asked.object());
        Limits.check("top", asked.limit(), Limits.TOP);
        Optional<Expr.Hop> through = asked.through().map(end -> hop(asked.object(), end));
        RowShape shape = shape(asked.object(), shown(asked));
        ValueType type = ValueType.of(viewpoint.model(), via);
        Expr.FieldRef reference = new Expr.FieldRef(0, asked.object(), List.of(), via.name(), type);
        Map<UUID, List<RowDraft>> found = new LinkedHashMap<>();
        parents.forEach(p -> found.put(p.id(), new ArrayList<>()));

        List<Expr> conditions = new ArrayList<>();
        conditions.add(access.read());
        conditions.add(access.conditions().getOrDefault(via.name(), Expr.TRUE));
        conditions.add(PlanParts.among(reference, List.copyOf(found.keySet())));
        asked.filter()
                .map(filter -> over(filter, asked.object(), through))
                .map(masking::filter)
                .ifPresent(conditions::add);
        List<Query.SortKey> sort = asked.sort().stream()
                .map(key -> new Query.SortKey(over(key.value(), asked.object(), through), key.descending()))
                .toList();
        Expr where = Conditions.allOf(conditions);
        List<QueryPlan.Projection> projections = new ArrayList<>(shape.projections());
        projections.add(new QueryPlan.Projection("via", reference));
        List<RowDraft> all = new ArrayList<>();
        if (!where.equals(Expr.FALSE)) {
            QueryPlan plan = PlanParts.plan(
                    viewpoint,
                    asked.object(),
                    projections,
                    where,
                    order(sort),
                    Limits.EXPAND_ROWS + 1,
                    0,
                    Optional.of(new QueryPlan.PerParent(via.name(), asked.limit())),
                    false);
            List<Map<String, @Nullable Object>> rows =
                    store.query(viewpoint.model(), plan).rows();
            Limits.check("expand-rows", rows.size(), Limits.EXPAND_ROWS);
            for (Map<String, @Nullable Object> row : rows) {
                RowDraft draft = shape.draft(viewpoint, row).behind(asked.through());
                List<RowDraft> siblings = row.get("via") instanceof UUID parent ? found.get(parent) : null;
                if (siblings != null) {
                    siblings.add(draft);
                    all.add(draft);
                }
            }
        }
        expand(all, depth + 1);
        parents.forEach(p -> p.children(name, found.getOrDefault(p.id(), List.of())));
    }

    /** Of a link the record behind it. */
    private static Query.Selection shown(Query.Children asked) {
        return asked.through()
                .map(end -> new Query.Selection(List.of(end), Map.of(end, asked.select()), Map.of()))
                .orElse(asked.select());
    }

    private Expr.Hop hop(String object, String reference) {
        Field field = viewpoint.requireReadable(object, reference);
        return new Expr.Hop(
                reference, References.target(field).orElseThrow(() -> viewpoint.unknownField(object, reference)));
    }

    private static Expr over(Expr expr, String object, Optional<Expr.Hop> through) {
        return through.map(hop -> Conditions.overHops(expr, object, List.of(hop)))
                .orElse(expr);
    }

    private Field requireVia(Query.Children asked, String parent) {
        viewpoint.requireAccess(asked.object());
        Field via = viewpoint.requireReadable(asked.object(), asked.via());
        if (!References.target(via).filter(parent::equals).isPresent()) {
            throw viewpoint.unknownField(asked.object(), asked.via());
        }
        return via;
    }

    /** Fields of an object that a selection without names means: all that may be read, in display order. */
    static List<String> readableFields(ObjectType type, ObjectAccess access) {
        return type.fields().keySet().stream()
                .filter(f -> !f.equals(SystemField.ID) && !f.equals(SystemField.VERSION))
                .filter(access::mayRead)
                // They cost a question of their own.
                .filter(f -> References.links(type.requireField(f)).isEmpty())
                .toList();
    }
}
