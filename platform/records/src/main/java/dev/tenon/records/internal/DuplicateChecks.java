package dev.tenon.records.internal;

import dev.tenon.access.Conditions;
import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.Evaluator;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.DuplicateRule;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RecordsError;
import dev.tenon.records.TriedRows.Tried;
import dev.tenon.records.internal.ObjectPlan.DuplicatePlan;
import dev.tenon.records.port.MatchKeyStore.MatchKey;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.PlatformException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks an object's duplicate rules about a record that is to be saved. Records with a key in common are looked at, the
 * newest few hundred for each key, and compared exactly. Who may not read a record, or what makes it a duplicate, learns
 * only that there is one.
 */
final class DuplicateChecks {

    /** So many records with one key are compared: the newest. */
    static final int COMPARED = 200;

    /** By one alternative; nobody looks through more. */
    private static final int MATCHED = 50;

    /** Told at most; more do not help to decide. */
    private static final int TOLD = 10;

    private final SaveContext context;
    /** Records of the same chunk, which the database does not have yet, by key. */
    private final Map<String, List<WorkingRecord>> accepted = new HashMap<>();

    DuplicateChecks(SaveContext context) {
        this.context = context;
    }

    /** @param hidden whether there are others that the saver must not know of */
    private record Found(DuplicateRule rule, Map<UUID, String> shown, boolean hidden) {}

    /** Throws where a rule forbids the record, or asks whether it is meant. */
    void check(WorkingRecord record) {
        List<DuplicatePlan> rules = concerned(record);
        if (rules.isEmpty()) {
            return;
        }
        lock(List.of(record));
        List<Found> found = new ArrayList<>();
        for (DuplicatePlan rule : rules) {
            find(record, rule).ifPresent(found::add);
        }
        decide(record, found);
        if (context.chunk()) {
            for (MatchKey key : MatchKeyWriting.of(record.plan(), record.values())) {
                accepted.computeIfAbsent(key.key(), k -> new ArrayList<>()).add(record);
            }
        }
    }

    /** Two who make the same at once come one after the other, so that the second one sees the first one's. */
    void lock(Collection<WorkingRecord> records) {
        Set<String> keys = new TreeSet<>();
        for (WorkingRecord record : records) {
            concerned(record).stream()
                    .filter(rule -> rule.rule().action() == DuplicateRule.Action.BLOCK)
                    .flatMap(rule -> rule.match().stream())
                    .forEach(alternative -> alternative.keys(record.values()).forEach(key -> keys.add(key.key())));
        }
        if (!keys.isEmpty()) {
            context.ports().store().matchKeys().lock(tenant(), keys);
        }
    }

    /** Rules about what this save changes; the platform's own engines are not asked. */
    private List<DuplicatePlan> concerned(WorkingRecord record) {
        List<DuplicatePlan> rules = record.plan().duplicates();
        if (rules.isEmpty() || context.viewpoint().isSystem()) {
            return List.of();
        }
        Set<String> changed = record.changed();
        return rules.stream()
                .filter(rule -> record.isNew()
                        || rule.match().stream()
                                .anyMatch(a -> a.fields().stream().anyMatch(changed::contains))
                        || reads(rule.condition(), changed))
                .filter(rule -> Evaluator.holds(rule.condition(), record))
                .toList();
    }

    private static boolean reads(Expr condition, Set<String> changed) {
        return Conditions.references(condition).stream()
                .map(r -> r.hops().isEmpty() ? r.field() : r.hops().getFirst().lookup())
                .anyMatch(changed::contains);
    }

    private Optional<Found> find(WorkingRecord record, DuplicatePlan rule) {
        boolean readable = rule.rule().visibility() == DuplicateRule.Visibility.READABLE;
        // Those that may not be read must not take the place of one that may.
        int most = readable ? Limits.TOP : MATCHED;
        Set<UUID> matched = new LinkedHashSet<>();
        for (MatchKeys alternative : rule.match()) {
            Set<MatchKey> keys = alternative.keys(record.values());
            List<String> forms = alternative.forms(record.values()).orElse(List.of());
            others(record, keys).stream()
                    .filter(other ->
                            alternative.match(forms, other.values()) && Evaluator.holds(rule.condition(), other))
                    .limit(most)
                    .forEach(other -> matched.add(other.id()));
        }
        List<Tried> before = new TriedKeys(context).alike(record, rule);
        before.forEach(row -> matched.add(row.record()));
        if (matched.isEmpty()) {
            return Optional.empty();
        }
        Map<UUID, String> shown = shown(record, rule, matched);
        boolean told = context.viewpoint()
                .access(record.plan().name())
                .mayRead(record.plan().type().titleField());
        // As those of the same chunk: the file is the importer's own.
        before.forEach(row -> shown.put(row.record(), told ? row.title() : "–"));
        boolean hidden = shown.size() < matched.size();
        if (readable) {
            return shown.isEmpty() ? Optional.empty() : Optional.of(new Found(rule.rule(), shown, false));
        }
        return Optional.of(new Found(rule.rule(), shown, hidden));
    }

    /** Records with one of the keys, each once. */
    private List<WorkingRecord> others(WorkingRecord record, Set<MatchKey> keys) {
        String object = record.plan().name();
        Set<UUID> ids = new LinkedHashSet<>();
        Set<WorkingRecord> others = new LinkedHashSet<>();
        for (MatchKey key : keys) {
            ids.addAll(context.ports().store().matchKeys().having(tenant(), key.key(), COMPARED));
            others.addAll(accepted.getOrDefault(key.key(), List.of()));
        }
        ids.remove(record.id());
        context.reader().prefetch(object, ids);
        for (UUID id : ids) {
            Map<String, @Nullable Object> values = context.reader().row(object, id);
            if (!values.isEmpty()) {
                others.add(WorkingRecord.existing(record.plan(), id, 0, values, context.reader(), context.viewpoint()));
            }
        }
        return List.copyOf(others);
    }

    /** Those that the saver would find himself: by values that he may read in records that he may read. */
    private Map<UUID, String> shown(WorkingRecord record, DuplicatePlan rule, Set<UUID> matched) {
        String object = record.plan().name();
        ObjectAccess access = context.viewpoint().access(object);
        Map<UUID, String> shown = new LinkedHashMap<>();
        String title = record.plan().type().titleField();
        Set<String> wanted = new TreeSet<>(Set.of(title));
        rule.match().forEach(alternative -> wanted.addAll(alternative.fields()));
        List<String> readable = wanted.stream()
                .filter(access::mayRead)
                .filter(field -> !field.equals(SystemField.ID))
                .toList();
        // An empty selection would mean everything.
        if (access.describable() && !readable.isEmpty()) {
            Expr.FieldRef id = new Expr.FieldRef(0, object, List.of(), SystemField.ID, ValueType.Simple.ID);
            List<UUID> all = matched.stream().limit(Limits.TOP).toList();
            Query query = new Query(
                    object,
                    Query.Selection.of(readable.toArray(String[]::new)),
                    Optional.of(PlanParts.among(id, all)),
                    List.of(),
                    all.size(),
                    0,
                    false);
            context.queries().page(query).rows().forEach(row -> {
                if (matches(rule, record, row.values())) {
                    shown.put(row.id(), told(row.values().get(title)));
                }
            });
        }
        accepted.values().stream()
                .flatMap(List::stream)
                .filter(other -> matched.contains(other.id()))
                .forEach(other -> shown.put(other.id(), access.mayRead(title) ? told(other.value(title)) : "–"));
        return shown;
    }

    private static String told(@Nullable Object title) {
        return title == null ? "–" : title.toString();
    }

    private static boolean matches(DuplicatePlan rule, WorkingRecord record, Map<String, @Nullable Object> values) {
        return rule.match().stream()
                .anyMatch(alternative -> alternative
                        .forms(record.values())
                        .filter(forms -> alternative.match(forms, values))
                        .isPresent());
    }

    private void decide(WorkingRecord record, List<Found> found) {
        List<Found> blocking = found.stream()
                .filter(f -> f.rule().action() == DuplicateRule.Action.BLOCK)
                .toList();
        if (!blocking.isEmpty()) {
            throw refusal(RecordsError.DUPLICATES_BLOCKED, record, blocking);
        }
        Set<String> allowed = context.allowedDuplicates();
        List<Found> open = found.stream()
                .filter(f -> !allowed.contains(f.rule().name()) && !allowed.contains(RecordSession.ALL_DUPLICATES))
                .toList();
        if (!open.isEmpty()) {
            throw refusal(RecordsError.DUPLICATES_TO_CONFIRM, record, open);
        }
        found.forEach(f -> record.confirm(f.rule().name()));
    }

    private PlatformException refusal(RecordsError code, WorkingRecord record, List<Found> found) {
        PlatformException.Builder error = code.error()
                .with("object", record.plan().name())
                .with("rules", found.stream().map(f -> f.rule().name()).collect(Collectors.joining(", ")))
                .with("message", found.stream().map(f -> message(f.rule())).collect(Collectors.joining(" ")));
        for (Found one : found) {
            one.shown().entrySet().stream()
                    .limit(TOLD)
                    .forEach(entry -> error.detail(new ErrorDetail(
                            RecordsError.DUPLICATE_FOUND,
                            "",
                            Map.of(
                                    "rule",
                                    one.rule().name(),
                                    "object",
                                    record.plan().name(),
                                    "id",
                                    entry.getKey().toString(),
                                    "title",
                                    entry.getValue()))));
            if (one.hidden()) {
                error.detail(new ErrorDetail(
                        RecordsError.DUPLICATE_HIDDEN,
                        "",
                        Map.of("rule", one.rule().name())));
            }
        }
        return error.build();
    }

    private String message(DuplicateRule rule) {
        return rule.message().in(context.viewpoint().identity().user().locale());
    }

    private String tenant() {
        return context.viewpoint().identity().tenant();
    }
}
