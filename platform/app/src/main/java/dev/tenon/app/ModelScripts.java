package dev.tenon.app;

import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ScriptFile;
import dev.tenon.script.ScriptModules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The script files of each origin of a model, as the workers know them: made once for models of equal content. */
final class ModelScripts {

    /** More tenants than this at the same time only cost hashing their scripts again. */
    private static final int MOST_MODELS = 1_000;

    private final Map<String, Map<String, ScriptModules>> byFingerprint = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, ScriptModules>> eldest) {
            return size() > MOST_MODELS;
        }
    };

    ScriptModules of(Model model, String origin) {
        Map<String, ScriptModules> origins;
        synchronized (byFingerprint) {
            origins = byFingerprint.computeIfAbsent(model.fingerprint(), fingerprint -> all(model));
        }
        ScriptModules modules = origins.get(origin);
        return modules == null ? new ScriptModules(origin, Map.of()) : modules;
    }

    private static Map<String, ScriptModules> all(Model model) {
        Map<String, Map<String, String>> files = new TreeMap<>();
        for (ScriptFile script : model.scripts().values()) {
            files.computeIfAbsent(script.origin(), o -> new TreeMap<>()).put(script.path(), script.source());
        }
        Map<String, ScriptModules> modules = new TreeMap<>();
        files.forEach((origin, sources) -> modules.put(origin, new ScriptModules(origin, sources)));
        return modules;
    }
}
