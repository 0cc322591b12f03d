package dev.tenon.script;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Limits and places of the script workers.
 *
 * @param java executable that runs the workers
 * @param classPath class path of the workers; empty: found from this process's own
 * @param folder where sockets and extracted libraries live, as short as possible: a socket's path has at most 108 bytes
 * @param classArchive the JVM's archive of the workers' classes, made by {@link ScriptEngine#archiveClasses}; one that is
 *     missing or does not fit only makes starts slower
 * @param heapMegabytes heap of one worker, shared by the calls that run in it at the same time
 * @param minWorkers workers that are always there, beside one warm spare
 * @param maxWorkers most workers that take calls
 * @param lanesPerWorker calls that run in one worker at the same time
 * @param callsPerTenant calls that one tenant runs at the same time; the others wait
 * @param callsPerWorker calls after which a worker is replaced, so that no leak lives for ever
 * @param deadline computing time of one call
 * @param queueTimeout how long a call waits for a free lane
 * @param hostCalls how often one call may call the server
 * @param maxResult most characters a call may give back
 */
public record ScriptSettings(
        Path java,
        List<Path> classPath,
        Path folder,
        Optional<Path> classArchive,
        int heapMegabytes,
        int minWorkers,
        int maxWorkers,
        int lanesPerWorker,
        int callsPerTenant,
        int callsPerWorker,
        Duration deadline,
        Duration queueTimeout,
        int hostCalls,
        int maxResult) {

    public ScriptSettings {
        classPath = List.copyOf(classPath);
        if (minWorkers < 1 || maxWorkers < minWorkers || lanesPerWorker < 1 || callsPerTenant < 1) {
            throw new IllegalArgumentException("workers, lanes and calls per tenant must be at least 1, max >= min");
        }
        if (heapMegabytes < 64) {
            throw new IllegalArgumentException("a worker needs at least 64 MB of heap");
        }
    }

    /** For a server that has the machine to itself. */
    public static ScriptSettings defaults() {
        int processors = Runtime.getRuntime().availableProcessors();
        return new ScriptSettings(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                List.of(),
                Path.of(System.getProperty("java.io.tmpdir")),
                Optional.empty(),
                256,
                1,
                Math.clamp(processors, 2, 8),
                8,
                6,
                200_000,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                1000,
                1_000_000);
    }

    public ScriptSettings withWorkers(int min, int max) {
        return new ScriptSettings(
                java,
                classPath,
                folder,
                classArchive,
                heapMegabytes,
                min,
                max,
                lanesPerWorker,
                callsPerTenant,
                callsPerWorker,
                deadline,
                queueTimeout,
                hostCalls,
                maxResult);
    }

    public ScriptSettings withClassArchive(Optional<Path> archive) {
        return new ScriptSettings(
                java,
                classPath,
                folder,
                archive,
                heapMegabytes,
                minWorkers,
                maxWorkers,
                lanesPerWorker,
                callsPerTenant,
                callsPerWorker,
                deadline,
                queueTimeout,
                hostCalls,
                maxResult);
    }

    public ScriptSettings withHeapMegabytes(int megabytes) {
        return new ScriptSettings(
                java,
                classPath,
                folder,
                classArchive,
                megabytes,
                minWorkers,
                maxWorkers,
                lanesPerWorker,
                callsPerTenant,
                callsPerWorker,
                deadline,
                queueTimeout,
                hostCalls,
                maxResult);
    }

    public ScriptSettings withDeadline(Duration computingTime) {
        return new ScriptSettings(
                java,
                classPath,
                folder,
                classArchive,
                heapMegabytes,
                minWorkers,
                maxWorkers,
                lanesPerWorker,
                callsPerTenant,
                callsPerWorker,
                computingTime,
                queueTimeout,
                hostCalls,
                maxResult);
    }

    public ScriptSettings withProcess(Path javaExecutable, List<Path> workerClassPath, Path socketFolder) {
        return new ScriptSettings(
                javaExecutable,
                workerClassPath,
                socketFolder,
                classArchive,
                heapMegabytes,
                minWorkers,
                maxWorkers,
                lanesPerWorker,
                callsPerTenant,
                callsPerWorker,
                deadline,
                queueTimeout,
                hostCalls,
                maxResult);
    }

    public ScriptSettings withLanes(int perWorker, int perTenant, Duration longestWait) {
        return new ScriptSettings(
                java,
                classPath,
                folder,
                classArchive,
                heapMegabytes,
                minWorkers,
                maxWorkers,
                perWorker,
                perTenant,
                callsPerWorker,
                deadline,
                longestWait,
                hostCalls,
                maxResult);
    }
}
