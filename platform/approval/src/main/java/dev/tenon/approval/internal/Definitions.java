package dev.tenon.approval.internal;

import dev.tenon.approval.port.ApprovalStore;
import dev.tenon.metadata.model.ApprovalProcess;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The definitions approvals are pinned to, by fingerprint. They never change, so they may be kept for ever. */
public final class Definitions {

    /** A definition is a few kilobytes; a tenant has some dozens, most of them old. */
    private static final int MOST_CACHED = 5_000;

    private final ApprovalStore store;
    private final Map<Key, ApprovalProcess> cache = new ConcurrentHashMap<>();

    public Definitions(ApprovalStore store) {
        this.store = store;
    }

    private record Key(String tenant, String fingerprint) {}

    /** Keeps the definition as it is now and returns its fingerprint. */
    String keep(String tenant, ApprovalProcess process) {
        String json = DefinitionJson.write(process);
        String fingerprint = Hashes.of(json);
        store.keepDefinition(tenant, process.name(), fingerprint, json);
        return fingerprint;
    }

    ApprovalProcess pinned(String tenant, String fingerprint) {
        Key key = new Key(tenant, fingerprint);
        ApprovalProcess known = cache.get(key);
        if (known == null) {
            known = DefinitionJson.read(store.definition(tenant, fingerprint)
                    .orElseThrow(() -> new IllegalStateException("no approval definition " + fingerprint)));
            if (cache.size() >= MOST_CACHED) {
                cache.clear();
            }
            cache.put(key, known);
        }
        return known;
    }
}
