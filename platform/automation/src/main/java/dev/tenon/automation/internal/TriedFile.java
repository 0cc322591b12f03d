package dev.tenon.automation.internal;

import dev.tenon.automation.port.ImportStore;
import dev.tenon.records.TriedRows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a dry run has tried of its file: that of this chunk here, that of the chunks before in the database, so that it
 * takes no memory and any node can go on.
 */
final class TriedFile implements TriedRows {

    private final ImportStore store;
    private final String tenant;
    private final UUID job;
    /** Of rows whose outcome is not known yet. */
    private final Map<UUID, List<Tried>> saved = new HashMap<>();

    private final Map<String, List<Tried>> ofChunk = new HashMap<>();

    TriedFile(ImportStore store, String tenant, UUID job) {
        this.store = store;
        this.tenant = tenant;
        this.job = job;
    }

    @Override
    public List<Tried> under(Collection<String> keys) {
        List<Tried> found = new ArrayList<>(store.tried(tenant, job, keys));
        keys.forEach(key -> found.addAll(ofChunk.getOrDefault(key, List.of())));
        return found;
    }

    @Override
    public void saved(UUID record, List<Tried> found) {
        saved.put(record, found);
    }

    /** The row counts from now on. */
    void keep(UUID record) {
        List<Tried> found = saved.remove(record);
        if (found != null) {
            found.forEach(this::keep);
        }
    }

    void keep(Tried row) {
        ofChunk.computeIfAbsent(row.key(), k -> new ArrayList<>()).add(row);
    }

    List<Tried> ofChunk() {
        return ofChunk.values().stream().flatMap(List::stream).distinct().toList();
    }
}
