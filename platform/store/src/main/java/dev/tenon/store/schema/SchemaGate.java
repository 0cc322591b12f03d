package dev.tenon.store.schema;

import dev.tenon.store.Dialect;
import dev.tenon.store.StoreError;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps work on a tenant's records and changes of the tables apart, where the database itself does not do it well: H2
 * copies a table for most changes, and statements that run meanwhile may find no table, or the old one. Work waits for
 * a short change, and a change for work that has begun; while a large table is copied only those wait who write to it.
 * H2 is open in one process only, so locks of this process are enough.
 */
public final class SchemaGate {

    /** Work that comes while a change waits for other work would wait behind it: better give way and come back. */
    private static final long ATTEMPT_MILLIS = 300;

    private static final Duration GIVE_WAY = Duration.ofMillis(50);

    private final boolean needed;
    private final ConcurrentHashMap<String, ReentrantReadWriteLock> tenants = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Target, ReentrantReadWriteLock> objects = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Long> versions = new ConcurrentHashMap<>();

    /** What has to be done to the tables in the moment between two models, while nobody works. */
    private final ConcurrentHashMap<String, Runnable> atSwitch = new ConcurrentHashMap<>();

    /** Objects that the thread's outermost work has written to: nobody copies their tables before it has committed. */
    private final ThreadLocal<@Nullable Set<Target>> written = new ThreadLocal<>();

    private record Target(String tenant, String object) {}

    public SchemaGate(Dialect dialect) {
        this.needed = !dialect.transactionalSchemaChanges();
    }

    /** Work with a tenant's records; may be nested. */
    public <T> T using(String tenant, Supplier<T> work) {
        if (!needed) {
            return work.get();
        }
        return written.get() == null
                ? releasing(() -> holding(gate(tenant).readLock(), work))
                : holding(gate(tenant).readLock(), work);
    }

    private <T> T releasing(Supplier<T> work) {
        Set<Target> targets = new HashSet<>();
        written.set(targets);
        try {
            return work.get();
        } finally {
            written.remove();
            targets.forEach(target -> lock(target).readLock().unlock());
        }
    }

    /**
     * Work that writes to an object or locks its rows. Waits while its table is copied, but not for ever:
     * {@code store.object-being-changed}.
     *
     * @param longest how long it waits
     */
    public <T> T writing(String tenant, String object, Duration longest, Supplier<T> work) {
        if (!needed) {
            return work.get();
        }
        Set<Target> targets = written.get();
        if (targets == null) {
            return using(tenant, () -> writing(tenant, object, longest, work));
        }
        Target target = new Target(tenant, object);
        if (!targets.contains(target)) {
            enter(target, longest);
            targets.add(target);
        }
        return work.get();
    }

    private void enter(Target target, Duration longest) {
        try {
            if (lock(target).readLock().tryLock(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw StoreError.OBJECT_BEING_CHANGED
                .error()
                .with("object", target.object())
                .build();
    }

    /** A long change of an object's table: others read meanwhile. */
    void copying(String tenant, String object, Runnable givenWay, Runnable change) {
        ReentrantReadWriteLock lock = lock(new Target(tenant, object));
        alone(lock, givenWay, change);
    }

    /**
     * A short change of a tenant's tables.
     *
     * @param givenWay told each time that it comes back; may throw to end the waiting
     */
    void changing(String tenant, Runnable givenWay, Runnable change) {
        if (needed) {
            alone(gate(tenant), givenWay, change);
        } else {
            change.run();
        }
    }

    /** A transaction that puts another model in force while nobody works with the tenant's records. */
    public boolean switching(String tenant, long version, BooleanSupplier change) {
        return alone(gate(tenant), () -> {}, () -> {
            boolean switched = change.getAsBoolean();
            if (switched) {
                versions.put(tenant, version);
                Runnable last = atSwitch.remove(tenant);
                if (last != null) {
                    last.run();
                }
            }
            return switched;
        });
    }

    /** Something that {@link #switching} does last, should it succeed; instead of what was noted before. */
    void atSwitch(String tenant, Runnable work) {
        atSwitch.put(tenant, work);
    }

    void forgetAtSwitch(String tenant) {
        atSwitch.remove(tenant);
    }

    /** The version that this process has put in force last; 0 where it has none. */
    public long version(String tenant) {
        return versions.getOrDefault(tenant, 0L);
    }

    private static void alone(ReentrantReadWriteLock lock, Runnable givenWay, Runnable change) {
        alone(lock, givenWay, () -> {
            change.run();
            return true;
        });
    }

    private static <T> T alone(ReentrantReadWriteLock lock, Runnable givenWay, Supplier<T> change) {
        try {
            while (!lock.writeLock().tryLock(ATTEMPT_MILLIS, TimeUnit.MILLISECONDS)) {
                givenWay.run();
                Thread.sleep(GIVE_WAY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StoreError.BUSY
                    .error()
                    .with("state", "interrupted")
                    .causedBy(e)
                    .build();
        }
        try {
            return change.get();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private ReentrantReadWriteLock gate(String tenant) {
        ReentrantReadWriteLock known = tenants.get(tenant);
        return known != null ? known : tenants.computeIfAbsent(tenant, t -> new ReentrantReadWriteLock());
    }

    private ReentrantReadWriteLock lock(Target target) {
        return objects.computeIfAbsent(target, t -> new ReentrantReadWriteLock());
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
