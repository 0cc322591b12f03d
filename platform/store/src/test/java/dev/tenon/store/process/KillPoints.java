package dev.tenon.store.process;

import dev.tenon.store.schema.SchemaStep;
import dev.tenon.store.schema.StepListener;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stops changes of several tenants, each at a point of its own, and kills the process when all of them have come there: one
 * process dies in the middle of many steps at once. Points are counted from 0 as the listener is told of them.
 */
public final class KillPoints implements StepListener {

    public static final int KILLED = 137;

    private final Map<String, Integer> points;
    private final Map<String, AtomicInteger> passed = new ConcurrentHashMap<>();
    private final Map<String, Integer> switched = new ConcurrentHashMap<>();
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private final Map<String, CountDownLatch> stopped = new ConcurrentHashMap<>();
    private final Runnable beforeStop;

    /** @param points by tenant; those of a tenant that is not there are only counted */
    public KillPoints(Map<String, Integer> points) {
        this(points, () -> {});
    }

    /** @param beforeStop what a change does for the last time */
    KillPoints(Map<String, Integer> points, Runnable beforeStop) {
        this.points = Map.copyOf(points);
        this.beforeStop = beforeStop;
        points.keySet().forEach(tenant -> stopped.put(tenant, new CountDownLatch(1)));
    }

    /** At which point a version came in force; -1 where it did not. */
    public int switchedAt(String tenant, long version) {
        return switched.getOrDefault(tenant + "@" + version, -1);
    }

    public int passed(String tenant) {
        return passed.getOrDefault(tenant, new AtomicInteger()).get();
    }

    /** Waits until a tenant's change stands still. One that comes to its end before its point never does. */
    public void await(String tenant) throws InterruptedException {
        stopped.get(tenant).await();
    }

    public static void die() {
        Runtime.getRuntime().halt(KILLED);
    }

    @Override
    public void progressed(String tenant, int ordinal, SchemaStep step, long done) {
        // The next batches are no other than the first.
        if (begun.add(tenant + " " + step)) {
            pass(tenant);
        }
    }

    @Override
    public void applied(String tenant, int ordinal, SchemaStep step) {
        pass(tenant);
    }

    @Override
    public void marked(String tenant, int ordinal, SchemaStep step) {
        pass(tenant);
    }

    @Override
    public void switched(String tenant, long version) {
        switched.putIfAbsent(tenant + "@" + version, passed(tenant));
        pass(tenant);
    }

    @Override
    public void computed(String tenant, String object, long done) {
        pass(tenant);
    }

    private void pass(String tenant) {
        int point = passed.computeIfAbsent(tenant, t -> new AtomicInteger()).getAndIncrement();
        if (point == points.getOrDefault(tenant, -1)) {
            beforeStop.run();
            stopped.get(tenant).countDown();
            stop();
        }
    }

    private static void stop() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
