package dev.tenon.app;

import dev.tenon.plugin.PluginHost;
import dev.tenon.plugin.PluginSettings;
import dev.tenon.script.ScriptEngine;
import dev.tenon.script.ScriptSettings;
import dev.tenon.store.DataFolder;
import java.time.Duration;

/** Starts the places where customers' and partners' code runs. */
final class CodeHosts {

    private CodeHosts() {}

    static ScriptEngine scripts(TenonSettings settings) {
        TenonSettings.Scripts scripts = settings.scripts();
        return new ScriptEngine(ScriptSettings.defaults()
                .withWorkers(1, scripts.workers())
                .withHeapMegabytes(scripts.heapMegabytes())
                .withDeadline(Duration.ofMillis(scripts.deadlineMillis())));
    }

    static PluginHost plugins(DataFolder folder) {
        PluginHost host = new PluginHost(PluginSettings.in(folder.resolve("plugins")));
        host.restore();
        return host;
    }
}
