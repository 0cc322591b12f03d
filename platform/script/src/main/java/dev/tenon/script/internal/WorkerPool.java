package dev.tenon.script.internal;

import dev.tenon.script.ScriptSettings;
import dev.tenon.script.wire.FrameChannel;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The workers that take calls, one warm spare beside them, and whose turn it is. A worker that dies is replaced by the
 * spare at once, and the spare by a new process in the background.
 */
final class WorkerPool implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(WorkerPool.class.getName());
    private static final long START_MILLIS = 120_000;
    private static final long MAX_PAUSE_MILLIS = 10_000;

    /** Who has just started, a server or a worker, is not to share the processor with one more starting JVM. */
    private static final long QUIET_MILLIS = 3_000;

    private final ScriptSettings settings;
    private final WorkerProcesses processes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Worker> active = new ArrayList<>();
    private final ArrayDeque<Worker> spares = new ArrayDeque<>();
    private final List<Worker> others = new ArrayList<>();
    private final long made = System.nanoTime();
    private final Map<String, Integer> callsByTenant = new HashMap<>();
    private int starting;
    private int failedStarts;
    private String lastFailure = "no worker has started yet";
    private boolean closed;

    WorkerPool(ScriptSettings settings) {
        this.settings = settings;
        this.processes = new WorkerProcesses(settings);
        underLock(this::fill);
    }

    /** A place in a worker for one call. */
    record Slot(Worker worker, FrameChannel lane, String tenant, Object call, boolean alone) {}

    /** No lane became free; the text says why. */
    static final class NoLane extends Exception {
        private static final long serialVersionUID = 1L;

        NoLane(String reason) {
            super(reason);
        }
    }

    /**
     * @param nested made while another call of this thread waits for the server: it must not wait for that call's lane
     * @param alone no other call may share the worker, so that its death has one cause
     */
    Slot acquire(String tenant, Object call, boolean nested, boolean alone) throws NoLane, InterruptedException {
        long end = System.nanoTime() + settings.pool().queueTimeout().toNanos();
        while (true) {
            Worker worker = await(tenant, call, nested, alone, end);
            try {
                FrameChannel lane = locked(worker::pollIdle);
                return new Slot(worker, lane == null ? worker.connect() : lane, tenant, call, alone);
            } catch (IOException dying) {
                leave(worker, tenant, call);
                died(worker);
                if (System.nanoTime() > end) {
                    throw new NoLane(lastFailure);
                }
            }
        }
    }

    private Worker await(String tenant, Object call, boolean nested, boolean alone, long end)
            throws NoLane, InterruptedException {
        lock.lock();
        try {
            while (true) {
                if (closed) {
                    throw new NoLane("the server is stopping");
                }
                boolean tenantHasRoom = nested
                        || callsByTenant.getOrDefault(tenant, 0)
                                < settings.pool().callsPerTenant();
                Worker worker = !tenantHasRoom ? null : alone ? takeSpare() : choose(nested);
                if (worker != null) {
                    worker.begin(call);
                    callsByTenant.merge(tenant, 1, Integer::sum);
                    return worker;
                }
                boolean comingUp = active.isEmpty() && spares.isEmpty() && starting > 0 && failedStarts == 0;
                long left = (comingUp ? end + TimeUnit.MILLISECONDS.toNanos(START_MILLIS) : end) - System.nanoTime();
                if (left <= 0) {
                    throw new NoLane(
                            !tenantHasRoom
                                    ? "too many scripts of this tenant run at the same time"
                                    : active.isEmpty() ? lastFailure : "too many scripts run at the same time");
                }
                changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Worker choose(boolean nested) {
        Worker best = null;
        for (Worker worker : active) {
            if (worker.takesCalls() && (best == null || worker.busy() < best.busy())) {
                best = worker;
            }
        }
        boolean full = best == null || best.busy() >= settings.pool().lanesPerWorker();
        if (full && active.size() < settings.pool().maxWorkers() && !spares.isEmpty()) {
            best = spares.poll();
            active.add(best);
            fill();
            full = false;
        }
        return full && !nested ? null : best;
    }

    private @Nullable Worker takeSpare() {
        Worker worker = spares.poll();
        if (worker != null) {
            worker.reserve(true);
            others.add(worker);
            fill();
        }
        return worker;
    }

    /** Gives a lane back after a call that ended properly. */
    void release(Slot slot) {
        underLock(() -> {
            leave(slot.worker(), slot.tenant(), slot.call());
            if (slot.worker().takesCalls() || slot.alone()) {
                slot.worker().keepIdle(slot.lane());
            } else {
                slot.lane().close();
            }
            if (slot.alone()) {
                others.remove(slot.worker());
                slot.worker().reserve(false);
                if (!slot.worker().retiring()) {
                    spares.add(slot.worker());
                }
            }
            if (slot.worker().calls() >= settings.pool().callsPerWorker()) {
                slot.worker().retire();
            }
            endRetired(slot.worker());
            changed.signalAll();
        });
    }

    /** Gives a lane back that broke. The worker counts as dead, for half a conversation cannot be continued. */
    Worker.Death abandon(Slot slot, @Nullable Object culprit) {
        slot.worker().kill(culprit);
        slot.lane().close();
        int exitCode = slot.worker().awaitExit();
        return locked(() -> {
            Worker.Death death = slot.worker().recordDeath(exitCode);
            leave(slot.worker(), slot.tenant(), slot.call());
            remove(slot.worker());
            return death;
        });
    }

    /** No new calls for a worker whose engine reported a fault of its own; running ones may end. */
    void retire(Worker worker) {
        underLock(() -> {
            worker.retire();
            endRetired(worker);
        });
    }

    private void endRetired(Worker worker) {
        if (worker.retiring()) {
            active.remove(worker);
            spares.remove(worker);
            if (worker.busy() == 0) {
                others.remove(worker);
                worker.closeIdle();
                worker.kill(null);
            } else if (!others.contains(worker)) {
                others.add(worker);
            }
            fill();
        }
    }

    private void leave(Worker worker, String tenant, Object call) {
        underLock(() -> {
            worker.end(call);
            callsByTenant.computeIfPresent(tenant, (t, n) -> n > 1 ? n - 1 : null);
            changed.signalAll();
        });
    }

    private void died(Worker worker) {
        worker.kill(null);
        int exitCode = worker.awaitExit();
        underLock(() -> {
            worker.recordDeath(exitCode);
            remove(worker);
        });
    }

    private void remove(Worker worker) {
        active.remove(worker);
        spares.remove(worker);
        others.remove(worker);
        worker.closeIdle();
        fill();
        changed.signalAll();
    }

    /** Brings the number of workers up to what it should be. */
    private void fill() {
        while (active.size() < settings.pool().minWorkers() && !spares.isEmpty()) {
            active.add(spares.poll());
        }
        int missing = Math.max(0, settings.pool().minWorkers() - active.size()) + 1 - spares.size();
        // One after the other: two that start at once are both ready later than one alone.
        if (missing > 0 && starting == 0 && !closed) {
            starting++;
            Thread.ofPlatform().daemon().name("script-worker-start").start(this::startOne);
        }
    }

    private void startOne() {
        Worker worker = null;
        try {
            pauseBeforeStart();
            worker = processes.start();
            if (worker.awaitReady(START_MILLIS)) {
                Worker started = worker;
                underLock(() -> ready(started));
                return;
            }
            failed(worker, "a script worker did not start: " + worker.said());
        } catch (IOException notStarted) {
            failed(worker, "a script worker could not be started: " + notStarted.getMessage());
        } catch (InterruptedException stopping) {
            failed(worker, "the server is stopping");
        }
    }

    private void pauseBeforeStart() throws InterruptedException {
        int failures = locked(() -> failedStarts);
        if (failures > 0) {
            Thread.sleep(Math.min(MAX_PAUSE_MILLIS, 200L << Math.min(failures, 10)));
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS);
        while (System.nanoTime() < end && !locked(this::inNeed)) {
            Thread.sleep(50);
        }
    }

    private boolean inNeed() {
        boolean quiet = System.nanoTime() - made < TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS);
        return closed
                || lock.hasWaiters(changed)
                || (!quiet && active.size() < settings.pool().minWorkers());
    }

    private void ready(Worker worker) {
        starting--;
        failedStarts = 0;
        if (closed) {
            worker.kill(null);
            return;
        }
        spares.add(worker);
        worker.process().onExit().thenRun(() -> died(worker));
        fill();
        changed.signalAll();
    }

    private void failed(@Nullable Worker worker, String reason) {
        if (worker != null) {
            worker.kill(null);
        }
        if (!locked(() -> closed)) {
            LOG.log(System.Logger.Level.WARNING, reason);
        }
        underLock(() -> {
            starting--;
            failedStarts++;
            lastFailure = reason;
            fill();
            changed.signalAll();
        });
    }

    /** Ids of the worker processes that take calls now, spares first; for health reports and tests. */
    List<Long> pids() {
        return locked(() -> {
            List<Long> ids = new ArrayList<>();
            spares.forEach(worker -> ids.add(worker.pid()));
            active.forEach(worker -> ids.add(worker.pid()));
            return ids;
        });
    }

    private void underLock(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private <T extends @Nullable Object> T locked(java.util.function.Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        List<Worker> all = new ArrayList<>();
        underLock(() -> {
            closed = true;
            all.addAll(active);
            all.addAll(spares);
            all.addAll(others);
            changed.signalAll();
        });
        all.forEach(worker -> worker.kill(null));
        all.forEach(worker -> {
            try {
                if (!worker.process().waitFor(2, TimeUnit.SECONDS)) {
                    LOG.log(System.Logger.Level.WARNING, "script worker {0} does not end", worker.pid());
                }
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        });
        processes.close();
    }
}
