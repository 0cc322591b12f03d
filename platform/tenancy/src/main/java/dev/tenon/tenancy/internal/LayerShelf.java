package dev.tenon.tenancy.internal;

import dev.tenon.metadata.Layer;
import dev.tenon.metadata.PackageReader;
import dev.tenon.metadata.PackageWriter;
import dev.tenon.metadata.SystemPackage;
import dev.tenon.tenancy.port.TenancyStore;
import java.io.ByteArrayInputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Layers by the hash of their archives, so that tenants with the same product share what was read once. */
public final class LayerShelf {

    /** Versions of products times a few; custom layers of tenants come and go. */
    private static final int KEPT = 200;

    private final TenancyStore store;
    private final String platform = FileArchive.hash(PackageWriter.files(SystemPackage.layer()));
    private final Map<String, Layer> read = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Layer> eldest) {
            return size() > KEPT;
        }
    });

    public LayerShelf(TenancyStore store) {
        this.store = store;
    }

    /** Hash of the system layer of this program. */
    public String platform() {
        return platform;
    }

    /** The layer in an archive; {@code fresh} are archives that the store may not have yet. */
    public Layer layer(String hash, Map<String, byte[]> fresh) {
        Layer known = read.get(hash);
        if (known != null) {
            return known;
        }
        byte[] archive = fresh.get(hash);
        Layer layer = PackageReader.readZip(new ByteArrayInputStream(archive == null ? store.content(hash) : archive))
                .orThrow();
        read.put(hash, layer);
        return layer;
    }

    public Layer layer(String hash) {
        return layer(hash, Map.of());
    }
}
