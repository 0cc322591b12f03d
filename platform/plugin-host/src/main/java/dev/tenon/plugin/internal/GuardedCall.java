package dev.tenon.plugin.internal;

import dev.tenon.plugin.PluginError;
import dev.tenon.sdk.ActingUser;
import dev.tenon.sdk.plugin.CallContext;
import dev.tenon.sdk.record.RecordClient;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call into a plugin, on the thread that makes it. Knows at every moment whether the thread is in the plugin's code
 * or, through the context, back in the platform: only in the plugin may it be interrupted when time is up, for an
 * interrupt in the middle of a database's file access would close the file under everybody.
 */
final class GuardedCall {

    private final LoadedPlugin plugin;
    private final String name;
    private final Thread thread = Thread.currentThread();
    private final @Nullable ClassLoader outside = thread.getContextClassLoader();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean inPlugin;
    private boolean expired;
    private boolean interrupted;
    private boolean ended;
    private long platformNanos;

    GuardedCall(LoadedPlugin plugin, String name) {
        this.plugin = plugin;
        this.name = name;
    }

    void begin() {
        inPlugin = true;
        thread.setContextClassLoader(plugin.classLoader());
    }

    void end() {
        lock.lock();
        try {
            ended = true;
            inPlugin = false;
            if (interrupted) {
                // Ours; whoever called the plugin did not ask for it.
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
        thread.setContextClassLoader(outside);
    }

    /** Called by the clock. */
    void expire() {
        lock.lock();
        try {
            if (!ended) {
                expired = true;
                interruptPlugin();
            }
        } finally {
            lock.unlock();
        }
    }

    private void interruptPlugin() {
        if (inPlugin && !interrupted) {
            interrupted = true;
            thread.interrupt();
        }
    }

    boolean expired() {
        lock.lock();
        try {
            return expired;
        } finally {
            lock.unlock();
        }
    }

    /** Time the platform worked for the plugin. */
    long platformNanos() {
        return platformNanos;
    }

    /** Leaves the plugin's code for work of the platform. */
    <T extends @Nullable Object> T inPlatform(Supplier<T> work) {
        lock.lock();
        try {
            if (ended || Thread.currentThread() != thread) {
                throw plugin.error(PluginError.CONTEXT_MISUSED, name).build();
            }
            if (expired) {
                throw plugin.timeout(name);
            }
            inPlugin = false;
        } finally {
            lock.unlock();
        }
        long start = System.nanoTime();
        thread.setContextClassLoader(outside);
        try {
            return work.get();
        } finally {
            platformNanos += System.nanoTime() - start;
            thread.setContextClassLoader(plugin.classLoader());
            lock.lock();
            try {
                inPlugin = true;
                if (expired) {
                    interruptPlugin();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    CallContext context(CallContext given) {
        RecordClient records = new ScopedRecords(plugin, this, given);
        return new CallContext() {
            @Override
            public ActingUser user() {
                return given.user();
            }

            @Override
            public Instant now() {
                return given.now();
            }

            @Override
            public RecordClient records() {
                return records;
            }

            @Override
            public Optional<Object> setting(String setting) {
                return inPlatform(() -> given.setting(setting));
            }
        };
    }
}
