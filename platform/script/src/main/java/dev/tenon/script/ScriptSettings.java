package dev.tenon.script;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Limits and places of the script workers. */
public record ScriptSettings(Processes processes, Pool pool, Calls calls) {

    /**
     * What a worker process is.
     *
     * @param java executable that runs the workers
     * @param classPath class path of the workers; empty: found from this process's own
     * @param folder where sockets and extracted libraries live, as short as possible: a socket's path has at most 108
     *     bytes
     * @param classArchive the JVM's archive of the workers' classes, made by {@link ScriptEngine#archiveClasses}; one
     *     that is missing or does not fit only makes starts slower
     * @param heapMegabytes heap of one worker, shared by the calls that run in it at the same time
     */
    public record Processes(
            Path java, List<Path> classPath, Path folder, Optional<Path> classArchive, int heapMegabytes) {

        private static final int LEAST_HEAP = 64;

        public Processes {
            classPath = List.copyOf(classPath);
            if (heapMegabytes < LEAST_HEAP) {
                throw new IllegalArgumentException("a worker needs at least " + LEAST_HEAP + " MB of heap");
            }
        }
    }

    /**
     * How many there are, and who uses them.
     *
     * @param minWorkers workers that are always there, beside one warm spare
     * @param maxWorkers most workers that take calls
     * @param lanesPerWorker calls that run in one worker at the same time
     * @param callsPerTenant calls that one tenant runs at the same time; the others wait
     * @param callsPerWorker calls after which a worker is replaced, so that no leak lives for ever
     * @param queueTimeout how long a call waits for a free lane
     */
    public record Pool(
            int minWorkers,
            int maxWorkers,
            int lanesPerWorker,
            int callsPerTenant,
            int callsPerWorker,
            Duration queueTimeout) {

        public Pool {
            if (minWorkers < 1 || maxWorkers < minWorkers || lanesPerWorker < 1 || callsPerTenant < 1) {
                throw new IllegalArgumentException(
                        "workers, lanes and calls per tenant must be at least 1, max >= min");
            }
        }
    }

    /**
     * What one call may do.
     *
     * @param deadline computing time
     * @param hostCalls how often it may call the server
     * @param maxResult most characters it may give back
     */
    public record Calls(Duration deadline, int hostCalls, int maxResult) {}

    /** For a server that has the machine to itself. */
    public static ScriptSettings defaults() {
        int processors = Runtime.getRuntime().availableProcessors();
        return new ScriptSettings(
                new Processes(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        List.of(),
                        Path.of(System.getProperty("java.io.tmpdir")),
                        Optional.empty(),
                        256),
                new Pool(1, Math.clamp(processors, 2, 8), 8, 6, 200_000, Duration.ofSeconds(10)),
                new Calls(Duration.ofSeconds(1), 1000, 1_000_000));
    }

    public ScriptSettings withWorkers(int min, int max) {
        return with(
                new Pool(min, max, pool.lanesPerWorker, pool.callsPerTenant, pool.callsPerWorker, pool.queueTimeout));
    }

    public ScriptSettings withLanes(int perWorker, int perTenant, Duration longestWait) {
        return with(new Pool(pool.minWorkers, pool.maxWorkers, perWorker, perTenant, pool.callsPerWorker, longestWait));
    }

    public ScriptSettings withClassArchive(Optional<Path> archive) {
        return with(
                new Processes(processes.java, processes.classPath, processes.folder, archive, processes.heapMegabytes));
    }

    public ScriptSettings withHeapMegabytes(int megabytes) {
        return with(new Processes(
                processes.java, processes.classPath, processes.folder, processes.classArchive, megabytes));
    }

    public ScriptSettings withDeadline(Duration computingTime) {
        return new ScriptSettings(processes, pool, new Calls(computingTime, calls.hostCalls, calls.maxResult));
    }

    public ScriptSettings withProcess(Path javaExecutable, List<Path> workerClassPath, Path socketFolder) {
        return with(new Processes(
                javaExecutable, workerClassPath, socketFolder, processes.classArchive, processes.heapMegabytes));
    }

    private ScriptSettings with(Pool other) {
        return new ScriptSettings(processes, other, calls);
    }

    private ScriptSettings with(Processes other) {
        return new ScriptSettings(other, pool, calls);
    }
}
