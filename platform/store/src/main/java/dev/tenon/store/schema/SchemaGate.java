package dev.tenon.store.schema;

import dev.tenon.store.Dialect;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Keeps work on a tenant's records and changes of the tables apart, where the database itself does not do it well: H2
 * copies a table for most changes, and statements that run meanwhile may find no table, or the old one. Work waits for
 * a change, and a change for work that has begun. H2 is open in one process only, so locks of this process are enough.
 */
public final class SchemaGate {

    private final boolean needed;
    private final ConcurrentHashMap<String, ReentrantReadWriteLock> tenants = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Long> versions = new ConcurrentHashMap<>();

    public SchemaGate(Dialect dialect) {
        this.needed = !dialect.transactionalSchemaChanges();
    }

    /** Work with a tenant's records; may be nested. */
    public <T> T using(String tenant, Supplier<T> work) {
        return needed ? holding(gate(tenant).readLock(), work) : work.get();
    }

    /** A change of a tenant's tables. */
    void changing(String tenant, Runnable change) {
        if (needed) {
            holding(gate(tenant).writeLock(), () -> {
                change.run();
                return true;
            });
        } else {
            change.run();
        }
    }

    /** A transaction that puts another model in force while nobody works with the tenant's records. */
    public boolean switching(String tenant, long version, BooleanSupplier change) {
        return holding(gate(tenant).writeLock(), () -> {
            boolean switched = change.getAsBoolean();
            if (switched) {
                versions.put(tenant, version);
            }
            return switched;
        });
    }

    /** The version that this process has put in force last; 0 where it has none. */
    public long version(String tenant) {
        return versions.getOrDefault(tenant, 0L);
    }

    private ReentrantReadWriteLock gate(String tenant) {
        ReentrantReadWriteLock known = tenants.get(tenant);
        return known != null ? known : tenants.computeIfAbsent(tenant, t -> new ReentrantReadWriteLock());
    }

    private static <T> T holding(Lock lock, Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
