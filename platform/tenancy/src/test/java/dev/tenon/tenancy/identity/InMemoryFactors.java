package dev.tenon.tenancy.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** Links, second factors and events in maps; the part of {@link InMemoryIdentityStore} that stands beside accounts. */
abstract class InMemoryFactors implements LinkStore, SecondFactorStore, EventStore {

    record Key(String tenant, UUID user) {}

    private final Map<String, Link> links = new HashMap<>();
    private final Map<Key, Factor> factors = new HashMap<>();
    private final Map<Key, Set<String>> recovery = new HashMap<>();
    private final List<Entry> events = new ArrayList<>();

    final synchronized void removeBeside(String tenant) {
        links.values().removeIf(l -> l.tenant().equals(tenant));
        factors.keySet().removeIf(k -> k.tenant().equals(tenant));
        recovery.keySet().removeIf(k -> k.tenant().equals(tenant));
        events.removeIf(e -> e.event().tenant().equals(tenant));
    }

    final synchronized int eventCount() {
        return events.size();
    }

    final synchronized void forgetEvents(int from) {
        events.subList(from, events.size()).clear();
    }

    @Override
    public synchronized void insert(Link link, String hash) {
        links.put(hash, link);
    }

    @Override
    public synchronized Optional<Link> find(String hash) {
        return Optional.ofNullable(links.get(hash));
    }

    @Override
    public synchronized boolean take(String hash) {
        return links.remove(hash) != null;
    }

    @Override
    public synchronized void deleteLinks(String tenant, UUID user, LinkStore.Kind kind) {
        links.values().removeIf(l -> l.tenant().equals(tenant) && l.user().equals(user) && l.kind() == kind);
    }

    @Override
    public synchronized void removeExpiredLinks(Instant now) {
        links.values().removeIf(l -> l.expiresAt().isBefore(now));
    }

    @Override
    public synchronized Optional<Factor> findFactor(String tenant, UUID user) {
        return Optional.ofNullable(factors.get(new Key(tenant, user)));
    }

    @Override
    public synchronized void saveFactor(Factor factor) {
        Key key = new Key(factor.tenant(), factor.user());
        recovery.remove(key);
        factors.put(key, factor);
    }

    @Override
    public synchronized boolean confirm(String tenant, UUID user) {
        Factor factor = factors.get(new Key(tenant, user));
        if (factor == null || factor.confirmed()) {
            return false;
        }
        factors.put(
                new Key(tenant, user),
                new Factor(tenant, user, factor.secret(), true, factor.lastStep(), factor.createdAt()));
        return true;
    }

    @Override
    public synchronized boolean advance(String tenant, UUID user, long step) {
        Factor factor = factors.get(new Key(tenant, user));
        if (factor == null || factor.lastStep() >= step) {
            return false;
        }
        factors.put(
                new Key(tenant, user),
                new Factor(tenant, user, factor.secret(), factor.confirmed(), step, factor.createdAt()));
        return true;
    }

    @Override
    public synchronized boolean removeFactor(String tenant, UUID user) {
        recovery.remove(new Key(tenant, user));
        return factors.remove(new Key(tenant, user)) != null;
    }

    @Override
    public synchronized void replaceRecoveryCodes(String tenant, UUID user, Set<String> hashes) {
        recovery.put(new Key(tenant, user), new TreeSet<>(hashes));
    }

    @Override
    public synchronized boolean takeRecoveryCode(String tenant, UUID user, String hash) {
        return recovery.getOrDefault(new Key(tenant, user), new TreeSet<>()).remove(hash);
    }

    @Override
    public synchronized int recoveryCodes(String tenant, UUID user) {
        return recovery.getOrDefault(new Key(tenant, user), Set.of()).size();
    }

    @Override
    public synchronized Set<UUID> users(String tenant) {
        return factors.values().stream()
                .filter(f -> f.tenant().equals(tenant) && f.confirmed())
                .map(Factor::user)
                .collect(Collectors.toSet());
    }

    @Override
    public synchronized List<Factor> factors() {
        return List.copyOf(factors.values());
    }

    @Override
    public synchronized void replaceSecret(Factor before, String sealed) {
        factors.replaceAll((key, f) -> f.equals(before)
                ? new Factor(f.tenant(), f.user(), sealed, f.confirmed(), f.lastStep(), f.createdAt())
                : f);
    }

    @Override
    public synchronized void append(Event event) {
        events.add(new Entry(events.isEmpty() ? 1 : events.getLast().seq() + 1, event));
    }

    @Override
    public synchronized List<Entry> events(String tenant, Optional<UUID> user, long before, int limit) {
        return events.reversed().stream()
                .filter(e -> e.event().tenant().equals(tenant) && e.seq() < before)
                .filter(e -> user.isEmpty() || user.get().equals(e.event().user()))
                .limit(limit)
                .toList();
    }
}
