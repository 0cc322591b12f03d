package dev.tenon.app;

import dev.tenon.plugin.PluginHost;
import dev.tenon.plugin.PluginSettings;
import dev.tenon.script.ScriptEngine;
import dev.tenon.script.ScriptSettings;
import dev.tenon.store.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Starts the places where customers' and partners' code runs. */
final class CodeHosts {

    private CodeHosts() {}

    static ScriptEngine scripts(TenonSettings settings) {
        return new ScriptEngine(workers(settings.scripts()));
    }

    /** Writes the archive of the workers' classes that the settings name. */
    static void archiveClasses(TenonSettings.Scripts scripts) throws IOException, InterruptedException {
        Path archive = scripts.classArchive();
        if (archive != null) {
            ScriptEngine.archiveClasses(workers(scripts).withClassArchive(Optional.empty()), archive);
        }
    }

    private static ScriptSettings workers(TenonSettings.Scripts scripts) {
        return ScriptSettings.defaults()
                .withWorkers(1, scripts.workers())
                .withHeapMegabytes(scripts.heapMegabytes())
                .withDeadline(Duration.ofMillis(scripts.deadlineMillis()))
                .withClassArchive(Optional.ofNullable(scripts.classArchive()));
    }

    static PluginHost plugins(DataFolder folder) {
        PluginHost host = new PluginHost(PluginSettings.in(folder.resolve("plugins")));
        host.restore();
        return host;
    }
}
