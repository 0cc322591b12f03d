package dev.tenon.automation.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Calls some work for a tenant whenever there may be something to do: at once when woken, and now and then for every
 * tenant, for what other nodes have left. One call at a time for each tenant.
 */
public final class Worker implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Worker.class.getName());

    private enum State {
        RUNNING,
        RUNNING_WOKEN
    }

    private final String name;
    private final Supplier<List<String>> tenants;
    private final Consumer<String> work;
    private final Duration sweep;
    private final Semaphore slots;
    private final Map<String, State> busy = new HashMap<>();
    private volatile boolean closed;
    private final Thread clock;

    /** @param slots tenants worked for at once */
    public Worker(String name, Supplier<List<String>> tenants, Consumer<String> work, Duration sweep, int slots) {
        this.name = name;
        this.tenants = tenants;
        this.work = work;
        this.sweep = sweep;
        this.slots = new Semaphore(slots);
        this.clock = Thread.ofVirtual().name("tenon-" + name).unstarted(this::sweepForEver);
    }

    public void start() {
        clock.start();
    }

    /** There may be something to do for the tenant. */
    public void wake(String tenant) {
        synchronized (busy) {
            if (closed) {
                return;
            }
            if (busy.containsKey(tenant)) {
                busy.put(tenant, State.RUNNING_WOKEN);
                return;
            }
            busy.put(tenant, State.RUNNING);
        }
        Thread.ofVirtual().name("tenon-" + name + "-" + tenant).start(() -> run(tenant));
    }

    private void run(String tenant) {
        boolean again = true;
        while (again) {
            try {
                slots.acquire();
                try {
                    if (!closed) {
                        work.accept(tenant);
                    }
                } finally {
                    slots.release();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException fault) {
                if (!closed) {
                    LOG.log(Level.WARNING, name + " for tenant " + tenant + " failed; tried again later", fault);
                }
            }
            synchronized (busy) {
                again = !closed && busy.get(tenant) == State.RUNNING_WOKEN;
                if (again) {
                    busy.put(tenant, State.RUNNING);
                } else {
                    busy.remove(tenant);
                    busy.notifyAll();
                }
            }
        }
    }

    private void sweepForEver() {
        while (!closed) {
            try {
                tenants.get().forEach(this::wake);
            } catch (RuntimeException fault) {
                LOG.log(Level.WARNING, name + " could not ask for tenants; asking again", fault);
            }
            try {
                Thread.sleep(sweep);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Lets running work come to the end of its step, then returns. */
    @Override
    public void close() {
        clock.interrupt();
        synchronized (busy) {
            closed = true;
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (!busy.isEmpty() && System.nanoTime() < deadline) {
                try {
                    busy.wait(200);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }
}
