package dev.tenon.records.internal;

import dev.tenon.access.Conditions;
import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.Evaluator;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.DuplicateRule;
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

/**
 * Asks an object's duplicate rules about a record that is to be saved. Who may not read a record, or what makes it a duplicate, learns
 * only that there is one.
 */
final class DuplicateChecks {

    /** Told at most; more do not help to decide. */
    private static final int TOLD = 10;

    private final SaveContext context;
    private final DuplicateSearch search;
    /** Records of the same chunk, which the database does not have yet, by key. */
    private final Map<String, List<WorkingRecord>> accepted = new HashMap<>();

    DuplicateChecks(SaveContext context) {
        this.context = context;
        this.search = new DuplicateSearch(context.viewpoint(), context.ports().store());
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
        Set<UUID> matched = new LinkedHashSet<>();
        for (MatchKeys alternative : rule.match()) {
            matched.addAll(matched(record, rule, alternative));
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

    /** The records that one alternative finds. */
    private Set<UUID> matched(WorkingRecord record, DuplicatePlan rule, MatchKeys alternative) {
        Set<UUID> matched =
                new LinkedHashSet<>(search.matched(record.plan(), record.id(), record.values(), rule, alternative));
        Set<MatchKey> keys = accepted.isEmpty() ? Set.of() : alternative.keys(record.values());
        if (!keys.isEmpty()) {
            MatchKeys.Sought sought = alternative.sought(record.values());
            keys.stream()
                    .flatMap(key -> accepted.getOrDefault(key.key(), List.of()).stream())
                    .filter(other -> sought.found(other.values()) && Evaluator.holds(rule.condition(), other))
                    .forEach(other -> matched.add(other.id()));
        }
        return matched;
    }

    /** Those that the saver would find himself, and those of his own file. */
    private Map<UUID, String> shown(WorkingRecord record, DuplicatePlan rule, Set<UUID> matched) {
        String title = record.plan().type().titleField();
        ObjectAccess access = context.viewpoint().access(record.plan().name());
        Map<UUID, String> shown = new LinkedHashMap<>();
        search.shown(record.plan(), record.values(), rule, matched)
                .forEach(found -> shown.put(found.id(), found.title()));
        accepted.values().stream()
                .flatMap(List::stream)
                .filter(other -> matched.contains(other.id()))
                .forEach(other ->
                        shown.put(other.id(), access.mayRead(title) ? DuplicateSearch.told(other.value(title)) : "–"));
        return shown;
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
