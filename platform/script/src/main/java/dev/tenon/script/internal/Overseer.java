package dev.tenon.script.internal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Kills workers that do not answer in time. One thread looks at all waiting calls now and then and counts its looks, not
 * the clock: time in which the whole machine stood still is nobody's fault.
 */
final class Overseer implements AutoCloseable {

    private static final long LOOK_MILLIS = 100;

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("script-overseer").start(this::look);

    Watch watch(Worker worker, Object call, Duration patience) {
        Watch watch = new Watch(worker, call, patience.toMillis() / LOOK_MILLIS + 1);
        watches.add(watch);
        return watch;
    }

    private void look() {
        try {
            while (true) {
                Thread.sleep(LOOK_MILLIS);
                watches.forEach(Watch::look);
            }
        } catch (InterruptedException closed) {
            // The engine is closed.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    /** One wait for a worker's answer. */
    final class Watch {
        private final Worker worker;
        private final Object call;
        private long looksLeft;
        private volatile boolean killed;

        Watch(Worker worker, Object call, long looks) {
            this.worker = worker;
            this.call = call;
            this.looksLeft = looks;
        }

        void look() {
            if (--looksLeft < 0 && !killed) {
                killed = true;
                worker.kill(call);
            }
        }

        /** Whether this wait was the reason to kill the worker. */
        boolean end() {
            watches.remove(this);
            return killed;
        }
    }
}
