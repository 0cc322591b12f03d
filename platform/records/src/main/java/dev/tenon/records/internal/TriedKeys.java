package dev.tenon.records.internal;

import dev.tenon.expression.Evaluator;
import dev.tenon.expression.Operations;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.records.TriedRows.Tried;
import dev.tenon.records.internal.ObjectPlan.DuplicatePlan;
import dev.tenon.records.port.MatchKeyStore.MatchKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds among the rows that a dry run has tried and rolled back those that a row would be a duplicate of. */
final class TriedKeys {

    private static final int DIGITS = 32;

    private final SaveContext context;

    TriedKeys(SaveContext context) {
        this.context = context;
    }

    /** A record's values of a unique key, equal where the database takes them for equal; absent where one is empty. */
    static Optional<List<Object>> values(ObjectType type, @Nullable WorkingRecord record, ObjectType.UniqueKey key) {
        List<Object> values = new ArrayList<>();
        for (String field : key.fields()) {
            Object value = record == null ? null : record.value(field);
            if (value == null) {
                return Optional.empty();
            }
            values.add(
                    value instanceof String text && type.folded(key, field)
                            ? Operations.fold(text)
                            : comparable(value));
        }
        return Optional.of(values);
    }

    static Object comparable(Object value) {
        return value instanceof BigDecimal number ? number.stripTrailingZeros() : value;
    }

    /** The values of these records that rows before them have for a unique key. */
    Set<List<Object>> taken(ObjectType.UniqueKey key, Collection<WorkingRecord> records) {
        if (context.tried().isEmpty()) {
            return Set.of();
        }
        Map<String, List<Object>> asked = new HashMap<>();
        for (WorkingRecord record : records) {
            values(record.plan().type(), record, key).ifPresent(values -> asked.put(hash(key, values), values));
        }
        Set<List<Object>> taken = new HashSet<>();
        if (!asked.isEmpty()) {
            context.tried()
                    .get()
                    .under(asked.keySet())
                    .forEach(row -> taken.add(asked.getOrDefault(row.key(), List.of())));
        }
        return taken;
    }

    /** Rows before this one that a duplicate rule takes for the same. */
    List<Tried> alike(WorkingRecord record, DuplicatePlan rule) {
        if (context.tried().isEmpty()) {
            return List.of();
        }
        Set<Tried> found = new LinkedHashSet<>();
        for (int i = 0; i < rule.match().size(); i++) {
            int place = i;
            MatchKeys alternative = rule.match().get(i);
            Set<String> keys = alternative.keys(record.values()).stream()
                    .map(key -> hash(rule, place, key))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (!keys.isEmpty()) {
                MatchKeys.Sought sought = alternative.sought(record.values());
                context.tried().get().under(keys).stream()
                        .filter(row -> sought.alike(row.forms()))
                        .forEach(found::add);
            }
        }
        return List.copyOf(found);
    }

    /** A row was saved, all of it. */
    void note(WorkingRecord record) {
        context.tried().ifPresent(rows -> {
            ObjectType type = record.plan().type();
            String title = String.valueOf(
                    Optional.ofNullable(record.value(type.titleField())).orElse("–"));
            List<Tried> found = new ArrayList<>();
            for (ObjectType.UniqueKey key : type.allKeys()) {
                values(type, record, key)
                        .ifPresent(values -> found.add(new Tried(hash(key, values), record.id(), title, List.of())));
            }
            for (DuplicatePlan rule : record.plan().duplicates()) {
                for (int i = 0;
                        Evaluator.holds(rule.condition(), record)
                                && i < rule.match().size();
                        i++) {
                    MatchKeys alternative = rule.match().get(i);
                    List<String> forms = alternative.forms(record.values()).orElse(List.of());
                    for (MatchKey key : alternative.keys(record.values())) {
                        found.add(new Tried(hash(rule, i, key), record.id(), title, forms));
                    }
                }
            }
            rows.saved(record.id(), found);
        });
    }

    private static String hash(ObjectType.UniqueKey key, List<Object> values) {
        return hash("unique " + key.fields() + values);
    }

    private static String hash(DuplicatePlan rule, int alternative, MatchKey key) {
        return hash("rule " + rule.rule().name() + " " + alternative + " " + key.key());
    }

    private static String hash(String text) {
        return MatchKeys.hash(text).substring(0, DIGITS);
    }
}
