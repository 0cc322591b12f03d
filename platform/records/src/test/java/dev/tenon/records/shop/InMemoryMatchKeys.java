package dev.tenon.records.shop;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.port.MatchKeyStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Keys of duplicate rules for tests without a database. */
final class InMemoryMatchKeys implements MatchKeyStore {

    private record Entry(UUID record, MatchKey key) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Function<String, Set<UUID>> records;

    InMemoryMatchKeys(Function<String, Set<UUID>> records) {
        this.records = records;
    }

    @Override
    public void lock(String tenant, Collection<String> keys) {}

    @Override
    public List<UUID> having(String tenant, String key, int limit) {
        return entries.stream()
                .filter(e -> e.key().key().equals(key))
                .map(Entry::record)
                .sorted(Comparator.reverseOrder())
                .limit(limit)
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
    public List<UUID> after(Model model, String object, Optional<UUID> last, int limit) {
        return records.apply(object).stream()
                .sorted()
                .filter(id -> last.isEmpty() || id.compareTo(last.get()) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public long count(Model model, String object) {
        return records.apply(object).size();
    }
}
