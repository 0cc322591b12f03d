package dev.tenon.script.worker;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The script files that this worker has seen, least recently used ones dropped; the server sends them again. */
final class ModuleCache {

    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private final LinkedHashMap<String, ModuleFiles> byHash = new LinkedHashMap<>(64, 0.75f, true);
    private int bytes;

    synchronized @Nullable ModuleFiles find(String hash) {
        return byHash.get(hash);
    }

    synchronized void add(String hash, ModuleFiles files) {
        if (byHash.put(hash, files) == null) {
            bytes += files.size();
        }
        var eldest = byHash.entrySet().iterator();
        while (bytes > MAX_BYTES && byHash.size() > 1) {
            Map.Entry<String, ModuleFiles> dropped = eldest.next();
            eldest.remove();
            bytes -= dropped.getValue().size();
        }
    }
}
