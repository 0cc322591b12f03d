package dev.tenon.records.shop;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.port.MatchKeyStore;
import dev.tenon.records.port.QueryPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keys of duplicate rules for tests without a database. */
final class InMemoryMatchKeys implements MatchKeyStore {

    private record Entry(UUID record, MatchKey key) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Function<String, Set<UUID>> records;
    private final Function<QueryPlan, List<Map<String, @Nullable Object>>> query;

    InMemoryMatchKeys(
            Function<String, Set<UUID>> records, Function<QueryPlan, List<Map<String, @Nullable Object>>> query) {
        this.query = query;
        this.records = records;
    }

    @Override
    public void lock(String tenant, Collection<String> keys) {}

    @Override
    public List<Map<String, @Nullable Object>> having(Model model, QueryPlan plan, List<String> keys) {
        Map<Object, Long> shared = entries.stream()
                .filter(e -> keys.contains(e.key().key()))
                .collect(Collectors.groupingBy(Entry::record, Collectors.counting()));
        return query.apply(plan).stream()
                .filter(row -> shared.containsKey(row.get("id")))
                .sorted(Comparator.comparing(row -> -shared.getOrDefault(row.get("id"), 0L)))
                .limit(plan.limit())
                .toList();
    }

    @Override
    public void add(String tenant, Map<UUID, List<MatchKey>> keys) {
        keys.forEach((record, own) -> own.forEach(key -> entries.add(new Entry(record, key))));
    }

    @Override
    public void remove(String tenant, Collection<UUID> gone) {
        entries.removeIf(e -> gone.contains(e.record()));
    }

    @Override
    public void forget(String tenant, String definition) {
        entries.removeIf(e -> e.key().key().startsWith(definition));
    }

    @Override
    public long count(Model model, String object) {
        return records.apply(object).size();
    }
}
