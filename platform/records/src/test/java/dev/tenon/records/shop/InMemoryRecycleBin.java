package dev.tenon.records.shop;

import dev.tenon.records.RecycleBin;
import dev.tenon.records.port.RecycleBinStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A fake recycle bin beside {@link InMemoryRecordStore}, for one thread and one tenant. */
public final class InMemoryRecycleBin implements RecycleBinStore {

    public static final Duration KEPT = Duration.ofDays(30);

    private record Content(Entry entry, List<KeptRecord> tree, List<Release> released) {}

    private final Map<UUID, Content> contents = new LinkedHashMap<>();

    /** The entries, in the order they came. */
    public List<UUID> ids() {
        return List.copyOf(contents.keySet());
    }

    @Override
    public boolean keeps() {
        return true;
    }

    @Override
    public void keep(String tenant, Entry entry, List<KeptRecord> tree, List<Release> released) {
        contents.put(entry.id(), new Content(entry, List.copyOf(tree), List.copyOf(released)));
    }

    @Override
    public List<Entry> list(
            String tenant, Set<String> objects, Optional<UUID> deletedBy, Optional<RecycleBin.Place> after, int limit) {
        Comparator<Entry> byPlace = Comparator.comparing(Entry::at).thenComparing(e -> e.id().toString());
        return contents.values().stream()
                .map(Content::entry)
                .filter(e -> objects.contains(e.object()))
                .filter(e ->
                        deletedBy.isEmpty() || e.ownRight() && e.deletedBy().equals(deletedBy.get()))
                .sorted(byPlace.reversed())
                .filter(e -> after.isEmpty() || before(e, after.get()))
                .limit(limit)
                .toList();
    }

    private static boolean before(Entry entry, RecycleBin.Place place) {
        int byTime = entry.at().compareTo(place.at());
        return byTime < 0
                || byTime == 0 && entry.id().toString().compareTo(place.id().toString()) < 0;
    }

    @Override
    public Optional<Entry> find(String tenant, UUID id) {
        return Optional.ofNullable(contents.get(id)).map(Content::entry);
    }

    @Override
    public Optional<Entry> lock(String tenant, UUID id) {
        return find(tenant, id);
    }

    @Override
    public List<KeptRecord> tree(String tenant, UUID id, int limit) {
        List<KeptRecord> all = Objects.requireNonNull(contents.get(id)).tree();
        return all.subList(0, Math.min(limit, all.size()));
    }

    @Override
    public Map<UUID, KeptRecord> roots(String tenant, Collection<UUID> ids) {
        Map<UUID, KeptRecord> roots = new HashMap<>();
        ids.forEach(id -> roots.put(id, tree(tenant, id, 1).getFirst()));
        return roots;
    }

    @Override
    public List<Release> released(String tenant, UUID id) {
        return Objects.requireNonNull(contents.get(id)).released();
    }

    @Override
    public void remove(String tenant, UUID id) {
        contents.remove(id);
    }

    @Override
    public int removeExpired(String tenant, Instant now, int limit) {
        List<UUID> due = contents.values().stream()
                .map(Content::entry)
                .filter(entry -> !entry.at().isAfter(now.minus(KEPT)))
                .map(Entry::id)
                .limit(limit)
                .toList();
        due.forEach(contents::remove);
        return due.size();
    }
}
