package dev.tenon.script.internal;

import dev.tenon.script.wire.FrameChannel;
import dev.tenon.script.wire.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One worker process and the lanes into it. Fields without a lock of their own are guarded by the pool's. */
final class Worker {

    /** Exit code of a JVM that ends itself because memory ran out. */
    private static final int OUT_OF_MEMORY = 3;

    private static final System.Logger LOG = System.getLogger(Worker.class.getName());

    private final Process process;
    private final Path socket;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final ArrayDeque<FrameChannel> idle = new ArrayDeque<>();
    private final Set<String> knownModules = ConcurrentHashMap.newKeySet();
    private final Set<Object> running = new HashSet<>();
    private final StringBuilder output = new StringBuilder();
    private volatile @Nullable Object culprit;
    private @Nullable Death death;
    private boolean retiring;
    private boolean reserved;
    private long calls;

    /** How a worker ended, fixed when the first call notices. */
    record Death(
            boolean outOfMemory,
            int exitCode,
            int callsThen,
            @Nullable Object culprit) {}

    Worker(Process process, Path socket) {
        this.process = process;
        this.socket = socket;
        Thread.ofPlatform().daemon().name("script-worker-" + process.pid()).start(this::readOutput);
    }

    private void readOutput() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                if (line.equals(Wire.READY)) {
                    ready.countDown();
                    continue;
                }
                LOG.log(System.Logger.Level.DEBUG, "script worker {0}: {1}", Long.toString(process.pid()), line);
                synchronized (output) {
                    if (output.length() < 2000) {
                        output.append(line).append(' ');
                    }
                }
            }
        } catch (IOException gone) {
            // The process has ended.
        }
    }

    /** Waits until the worker listens; false when it ended or did not come up in time. */
    boolean awaitReady(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            if (ready.await(50, TimeUnit.MILLISECONDS)) {
                return true;
            }
            if (!process.isAlive()) {
                return ready.getCount() == 0;
            }
        }
        return false;
    }

    String said() {
        synchronized (output) {
            return output.toString().strip();
        }
    }

    Process process() {
        return process;
    }

    long pid() {
        return process.pid();
    }

    boolean knows(String modules) {
        return knownModules.contains(modules);
    }

    FrameChannel connect() throws IOException {
        return new FrameChannel(SocketChannel.open(UnixDomainSocketAddress.of(socket)), Wire.MAX_FRAME);
    }

    // ---- guarded by the pool's lock

    @Nullable
    FrameChannel pollIdle() {
        return idle.poll();
    }

    void keepIdle(FrameChannel lane) {
        idle.push(lane);
    }

    void closeIdle() {
        idle.forEach(FrameChannel::close);
        idle.clear();
    }

    void begin(Object call) {
        running.add(call);
        calls++;
    }

    void end(Object call) {
        running.remove(call);
    }

    int busy() {
        return running.size();
    }

    long calls() {
        return calls;
    }

    boolean takesCalls() {
        return !retiring && !reserved && death == null && process.isAlive();
    }

    boolean retiring() {
        return retiring;
    }

    void retire() {
        retiring = true;
    }

    void reserve(boolean forOneCall) {
        reserved = forOneCall;
    }

    /** Fixes who was running when the worker died. The exit code is known by then. */
    Death recordDeath(int exitCode) {
        if (death == null) {
            death = new Death(exitCode == OUT_OF_MEMORY, exitCode, running.size(), culprit);
        }
        return death;
    }

    // ---- any thread

    /** Ends the process at once because of one call, which will be told so; the others are innocent. */
    void kill(@Nullable Object because) {
        if (because != null && culprit == null) {
            culprit = because;
        }
        process.destroyForcibly();
    }

    /** The exit code, after waiting for the end; the process is ended by force when it lives on. */
    int awaitExit() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (!process.waitFor(2, TimeUnit.SECONDS)) {
                        process.destroyForcibly();
                        continue;
                    }
                    return process.exitValue();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
