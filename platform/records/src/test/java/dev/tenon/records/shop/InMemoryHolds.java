package dev.tenon.records.shop;

import dev.tenon.records.Hold;
import dev.tenon.records.RecordKey;
import dev.tenon.records.SetLock;
import dev.tenon.records.port.HoldStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Locks in memory. */
public final class InMemoryHolds implements HoldStore {

    private record Key(String tenant, UUID record) {}

    private final Map<Key, SetLock> locks = new HashMap<>();

    @Override
    public List<Hold> on(String tenant, List<RecordKey> records) {
        List<Hold> holds = new ArrayList<>();
        for (RecordKey record : records) {
            SetLock lock = locks.get(new Key(tenant, record.id()));
            if (lock != null) {
                holds.add(lock);
            }
        }
        return holds;
    }

    @Override
    public void set(String tenant, SetLock lock) {
        if (locks.putIfAbsent(new Key(tenant, lock.record()), lock) != null) {
            throw new IllegalStateException("locked already");
        }
    }

    @Override
    public void remove(String tenant, Collection<UUID> records) {
        records.forEach(record -> locks.remove(new Key(tenant, record)));
    }

    /** How many records are locked. */
    public int size() {
        return locks.size();
    }
}
