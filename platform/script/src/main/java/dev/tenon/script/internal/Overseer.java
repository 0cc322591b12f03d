package dev.tenon.script.internal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Kills workers that do not answer in time. One thread looks at all waiting calls now and then. */
final class Overseer implements AutoCloseable {

    private static final long LOOK_MILLIS = 100;

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final Thread thread = Thread.ofPlatform().daemon().name("script-overseer").start(this::look);

    Watch watch(Worker worker, Object call, Duration patience) {
        Watch watch = new Watch(worker, call, System.nanoTime() + patience.toNanos());
        watches.add(watch);
        return watch;
    }

    private void look() {
        try {
            while (true) {
                Thread.sleep(LOOK_MILLIS);
                long now = System.nanoTime();
                watches.forEach(watch -> watch.killWhenOverdue(now));
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
        private final long end;
        private volatile boolean killed;

        Watch(Worker worker, Object call, long end) {
            this.worker = worker;
            this.call = call;
            this.end = end;
        }

        void killWhenOverdue(long now) {
            if (now - end > 0 && !killed) {
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
