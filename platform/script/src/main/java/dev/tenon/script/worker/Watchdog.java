package dev.tenon.script.worker;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends executions that use up their time. Computing time counts, because a loaded machine must not fail an innocent
 * script; waiting is bounded by a multiple of it. Time in which the server works for the script does not count.
 *
 * <p>When memory stays scarce after a collection, it ends the execution that allocated most. That is no wall (the
 * process is), but it mostly hits the right one before the process ends and takes its neighbours with it.
 */
final class Watchdog {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The pool of objects that survived; absent with a collector that has no such pool. */
    private static final Optional<MemoryPoolMXBean> SURVIVED = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
            .findFirst();

    private static final double SCARCE = 0.7;

    /** Who allocated less in its call is not the cause. */
    private static final long SUSPECT_BYTES = 24L * 1024 * 1024;

    private static final Watchdog ONLY = new Watchdog();

    private final Set<Execution> running = ConcurrentHashMap.newKeySet();

    private Watchdog() {
        Thread.ofPlatform()
                .daemon()
                .name("watchdog")
                .priority(Thread.MAX_PRIORITY)
                .start(this::watch);
    }

    static void watch(Execution execution) {
        ONLY.running.add(execution);
    }

    static void forget(Execution execution) {
        ONLY.running.remove(execution);
    }

    /** Processor time of a thread in nanoseconds; -1 when it has ended. */
    static long computingTime(Thread thread) {
        return THREADS.getThreadCpuTime(thread.threadId());
    }

    /** Bytes that a thread has allocated since it began. */
    static long allocated(Thread thread) {
        return THREADS.getThreadAllocatedBytes(thread.threadId());
    }

    private static boolean memoryIsScarce() {
        if (SURVIVED.isEmpty()) {
            return false;
        }
        MemoryUsage afterCollection = SURVIVED.get().getCollectionUsage();
        return afterCollection != null
                && afterCollection.getMax() > 0
                && afterCollection.getUsed() > afterCollection.getMax() * SCARCE;
    }

    private void endTheGreediest() {
        running.stream()
                .filter(execution -> execution.allocated() > SUSPECT_BYTES)
                .max(Comparator.comparingLong(Execution::allocated))
                .ifPresent(execution -> {
                    execution.end(Execution.Reason.MEMORY);
                    // The figures are those of the last collection: without a new one the next would be ended too.
                    System.gc();
                });
    }

    private static void look(Execution execution) {
        try {
            execution.endWhenOverdue();
        } catch (RuntimeException unexpected) {
            // Whatever happens with one call, the others must still be watched.
            unexpected.printStackTrace();
        }
    }

    private void watch() {
        while (true) {
            try {
                Thread.sleep(10);
                running.forEach(Watchdog::look);
                if (memoryIsScarce()) {
                    endTheGreediest();
                }
            } catch (InterruptedException nobodyAsks) {
                return;
            }
        }
    }
}
