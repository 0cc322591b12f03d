package dev.tenon.plugin.internal;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts who is inside, keeps out who comes after the closing, and tells when the last one has left. */
final class Gate {

    /** What happened to somebody who wanted to enter. */
    enum Entry {
        INSIDE,
        FULL,
        CLOSED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private final int capacity;
    private int inside;
    private boolean closed;

    Gate(int capacity) {
        this.capacity = capacity;
    }

    Entry enter() {
        lock.lock();
        try {
            if (closed) {
                return Entry.CLOSED;
            }
            if (inside >= capacity) {
                return Entry.FULL;
            }
            inside++;
            return Entry.INSIDE;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            if (--inside == 0) {
                empty.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    int inside() {
        lock.lock();
        try {
            return inside;
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody in any more and waits for those inside; false when some are still there. */
    boolean closeAndDrain(Duration patience) {
        boolean interrupted = false;
        lock.lock();
        try {
            closed = true;
            long left = patience.toNanos();
            while (inside > 0 && left > 0) {
                try {
                    left = empty.awaitNanos(left);
                } catch (InterruptedException hurry) {
                    interrupted = true;
                    break;
                }
            }
            return inside == 0;
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
