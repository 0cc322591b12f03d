package dev.tenon.records.internal;

import dev.tenon.access.Conditions;
import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.DuplicateRule;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.PossibleDuplicate;
import dev.tenon.records.Query;
import dev.tenon.records.Row;
import dev.tenon.records.internal.ObjectPlan.DuplicatePlan;
import dev.tenon.records.port.MatchKeyStore.MatchKey;
import dev.tenon.records.port.QueryPlan;
import dev.tenon.records.port.RecordStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds stored records that duplicate rules take for the same. Records with a key in common are read, only what is compared
 * of them, and compared by the measure itself.
 */
final class DuplicateSearch {

    /**
     * So many records are compared where values only have to be alike: those with the most keys in common, of each key the
     * newest. Where all values have to be the same the key alone finds them, however many have it.
     */
    private static final int COMPARED = 200;

    /** By one alternative; nobody looks through more. */
    private static final int MATCHED = 50;

    private final Viewpoint viewpoint;
    private final RecordStore store;
    private final QueryRunner queries;

    DuplicateSearch(Viewpoint viewpoint, RecordStore store) {
        this.viewpoint = viewpoint;
        this.store = store;
        this.queries = new QueryRunner(viewpoint, store);
    }

    /** Another record that the viewer would find himself, by the values that he may read. */
    record Found(UUID id, String title, double likeness) {}

    /** The other records that an alternative of a rule finds, whoever may see them where the rule does not ask that. */
    Set<UUID> matched(
            ObjectPlan plan, UUID id, Map<String, @Nullable Object> values, DuplicatePlan rule, MatchKeys alternative) {
        boolean readable = rule.rule().visibility() == DuplicateRule.Visibility.READABLE;
        return matched(plan, id, values, rule, alternative, readable);
    }

    private Set<UUID> matched(
            ObjectPlan plan,
            UUID id,
            Map<String, @Nullable Object> values,
            DuplicatePlan rule,
            MatchKeys alternative,
            boolean readable) {
        List<String> keys = alternative.keys(values).stream().map(MatchKey::key).toList();
        if (keys.isEmpty()) {
            return Set.of();
        }
        MatchKeys.Sought sought = alternative.sought(values);
        Set<UUID> matched = new LinkedHashSet<>();
        QueryPlan candidates = candidates(plan, id, rule, alternative, readable);
        for (Map<String, @Nullable Object> row : store.matchKeys().having(viewpoint.model(), candidates, keys)) {
            if (row.get(SystemField.ID) instanceof UUID other && matched.size() < MATCHED && sought.found(row)) {
                matched.add(other);
            }
        }
        return matched;
    }

    /** The values that are compared of other records that fulfil the rule's condition. */
    private QueryPlan candidates(
            ObjectPlan plan, UUID id, DuplicatePlan rule, MatchKeys alternative, boolean readable) {
        List<QueryPlan.Projection> compared = alternative.fields().stream()
                .sorted()
                .map(field -> new QueryPlan.Projection(
                        field,
                        new Expr.FieldRef(
                                0,
                                plan.name(),
                                List.of(),
                                field,
                                ValueType.of(viewpoint.model(), plan.type().requireField(field)))))
                .toList();
        Expr itself = Expr.equal(idOf(plan), new Expr.Literal(id, ValueType.Simple.ID));
        // Those that may not be read must not take the place of one that may.
        Expr visible = readable ? viewpoint.access(plan.name()).read() : Expr.TRUE;
        return PlanParts.plan(
                viewpoint,
                plan.name(),
                compared,
                Conditions.allOf(List.of(Expr.not(itself), rule.condition(), visible)),
                List.of(),
                alternative.same() ? MATCHED : COMPARED,
                0,
                Optional.empty(),
                false);
    }

    private static Expr.FieldRef idOf(ObjectPlan plan) {
        return new Expr.FieldRef(0, plan.name(), List.of(), SystemField.ID, ValueType.Simple.ID);
    }

    /** Those that the viewer would find himself: by values that he may read in records that he may read. */
    List<Found> shown(ObjectPlan plan, Map<String, @Nullable Object> values, DuplicatePlan rule, Set<UUID> matched) {
        ObjectAccess access = viewpoint.access(plan.name());
        String title = plan.type().titleField();
        Set<String> wanted = new TreeSet<>(Set.of(title));
        rule.match().forEach(alternative -> wanted.addAll(alternative.fields()));
        List<String> readable = wanted.stream()
                .filter(access::mayRead)
                .filter(field -> !field.equals(SystemField.ID))
                .toList();
        // An empty selection would mean everything.
        if (!access.describable() || readable.isEmpty() || matched.isEmpty()) {
            return List.of();
        }
        List<UUID> all = matched.stream().limit(Limits.TOP).toList();
        Query query = new Query(
                plan.name(),
                Query.Selection.of(readable.toArray(String[]::new)),
                Optional.of(PlanParts.among(idOf(plan), all)),
                List.of(),
                all.size(),
                0,
                false);
        List<Found> found = new ArrayList<>();
        for (Row row : queries.page(query).rows()) {
            double likeness = likeness(rule, values, row.values());
            if (likeness > 0) {
                found.add(new Found(row.id(), told(row.values().get(title)), likeness));
            }
        }
        return found;
    }

    private static double likeness(
            DuplicatePlan rule, Map<String, @Nullable Object> values, Map<String, @Nullable Object> other) {
        double most = 0;
        for (MatchKeys alternative : rule.match()) {
            Optional<List<String>> forms = alternative.forms(other);
            if (forms.isPresent()) {
                most = Math.max(most, alternative.sought(values).likeness(forms.get()));
            }
        }
        return most;
    }

    static String told(@Nullable Object title) {
        return title == null ? "–" : title.toString();
    }

    /** What the rules find of a stored record, as the viewer sees it and the others: nothing is told of what he may not read. */
    List<PossibleDuplicate> of(ObjectPlan plan, UUID id) {
        Row row = queries.find(plan.name(), id, Query.Selection.ALL)
                .orElseThrow(() -> SaveOrder.notFound(plan.name(), id));
        Map<UUID, PossibleDuplicate> best = new LinkedHashMap<>();
        for (DuplicatePlan rule : plan.duplicates()) {
            if (queries.matching(plan.name(), rule.condition(), List.of(id)).isEmpty()) {
                continue;
            }
            Set<UUID> matched = new LinkedHashSet<>();
            rule.match()
                    .forEach(alternative -> matched.addAll(matched(plan, id, row.values(), rule, alternative, true)));
            for (Found found : shown(plan, row.values(), rule, matched)) {
                best.merge(
                        found.id(),
                        new PossibleDuplicate(rule.rule().name(), found.id(), found.title(), (int) found.likeness()),
                        (one, other) -> other.likeness() > one.likeness() ? other : one);
            }
        }
        return best.values().stream()
                .sorted(Comparator.comparingInt(PossibleDuplicate::likeness).reversed())
                .toList();
    }
}
