package dev.tenon.script;

import dev.tenon.script.internal.CallRunner;
import dev.tenon.script.internal.CheckReader;
import dev.tenon.script.internal.WorkerProcesses;
import dev.tenon.sdk.error.PlatformException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Runs scripts in worker processes. Safe for use by many threads; one instance serves all tenants of a server. Making
 * one starts its workers in the background; the first calls wait for them.
 *
 * <p>Every method throws {@link PlatformException} with a code of {@link ScriptError}; errors that the record client
 * threw and the script did not handle reach the caller as they were.
 */
public final class ScriptEngine implements AutoCloseable {

    /** Tests and checks load whole files and are waited for by a person, not by a transaction. */
    private static final Duration CHECK_DEADLINE = Duration.ofSeconds(5);

    private static final int MAX_EXPORTS = 5000;

    private final CallRunner runner;
    private final ScriptObserver observer;
    private final ScriptHandlers handlers = new ScriptHandlers(this);

    /** Compiling a model asks for every handler's file; what a file exports never changes for a hash. */
    private final Map<String, SortedSet<String>> exports = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SortedSet<String>> eldest) {
            return size() > MAX_EXPORTS;
        }
    };

    public ScriptEngine(ScriptSettings settings) {
        this(settings, ScriptObserver.NONE);
    }

    public ScriptEngine(ScriptSettings settings, ScriptObserver observer) {
        this.runner = new CallRunner(settings);
        this.observer = observer;
    }

    /**
     * Lets a worker leave the classes it needs in a file for {@link ScriptSettings#classArchive}. The JVM can do that only
     * when its class path has no folders.
     */
    public static void archiveClasses(ScriptSettings settings, Path file) throws IOException, InterruptedException {
        WorkerProcesses.archiveClasses(settings, file);
    }

    /** Calls an exported function. */
    public ScriptResult call(ScriptCall call) {
        long start = System.nanoTime();
        String outcome = "error";
        ScriptResult result = null;
        try {
            result = runner.run(call);
            outcome = "ok";
            return result;
        } catch (PlatformException failure) {
            outcome = failure.code().id();
            throw failure;
        } finally {
            observer.finished(new ScriptObserver.FinishedCall(
                    call.tenant(),
                    call.modules().origin(),
                    call.file(),
                    call.function(),
                    outcome,
                    Duration.ofNanos(System.nanoTime() - start),
                    result == null ? 0 : result.hostCalls(),
                    result == null ? List.of() : result.console()));
        }
    }

    /** Scripts as triggers, actions, approver resolvers and visibility policies. */
    public ScriptHandlers handlers() {
        return handlers;
    }

    /** Loads a file with everything it imports and tells what is wrong with it or which functions it exports. */
    public ScriptCheck check(String tenant, ScriptModules modules, String file) {
        return CheckReader.check(() -> call(inspection(tenant, modules, file, ScriptCall.Kind.EXPORTS)), file);
    }

    /** Names of the functions a file exports; throws what is wrong with the file. */
    public SortedSet<String> exports(String tenant, ScriptModules modules, String file) {
        String key = modules.hash() + ":" + file;
        SortedSet<String> known;
        synchronized (exports) {
            known = exports.get(key);
        }
        if (known == null) {
            known = CheckReader.names(call(inspection(tenant, modules, file, ScriptCall.Kind.EXPORTS)));
            synchronized (exports) {
                exports.put(key, known);
            }
        }
        return known;
    }

    /** Runs the tests of a {@code *.test.js} file. Throws when the file itself cannot be run. */
    public List<ScriptTestResult> test(String tenant, ScriptModules modules, String file) {
        return CheckReader.tests(call(inspection(tenant, modules, file, ScriptCall.Kind.TESTS)), file);
    }

    private static ScriptCall inspection(String tenant, ScriptModules modules, String file, ScriptCall.Kind kind) {
        return new ScriptCall(tenant, modules, file, "", kind, Map.of(), Optional.of(CHECK_DEADLINE), HostApi.none());
    }

    /** Ids of the worker processes, for health reports. */
    public List<Long> workers() {
        return runner.pids();
    }

    @Override
    public void close() {
        runner.close();
    }
}
