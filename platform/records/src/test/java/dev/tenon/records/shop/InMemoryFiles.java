package dev.tenon.records.shop;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.StoredFile;
import dev.tenon.records.port.BlobStore;
import dev.tenon.records.port.ContentInspection;
import dev.tenon.records.port.FilePorts;
import dev.tenon.records.port.FileStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Files in memory, for tests that are about rights. A content's first word is its media type. */
public final class InMemoryFiles implements FileStore, BlobStore, ContentInspection {

    private final Map<UUID, Entry> entries = new HashMap<>();
    private final Map<String, byte[]> contents = new HashMap<>();

    public FilePorts ports() {
        return new FilePorts(this, this, this);
    }

    @Override
    public void insert(String tenant, Entry entry) {
        entries.put(entry.file().id(), entry);
    }

    @Override
    public Map<UUID, Entry> find(String tenant, Collection<UUID> ids) {
        Map<UUID, Entry> found = new HashMap<>(entries);
        found.keySet().retainAll(ids);
        return found;
    }

    @Override
    public int claim(String tenant, UUID recordId, Collection<UUID> ids) {
        int claimed = 0;
        for (UUID id : ids) {
            Entry entry = entries.get(id);
            if (entry != null && entry.recordId().orElse(recordId).equals(recordId)) {
                entries.put(
                        id,
                        new Entry(
                                entry.file(),
                                entry.object(),
                                entry.field(),
                                Optional.of(recordId),
                                entry.contentHash(),
                                entry.createdBy(),
                                entry.createdAt()));
                claimed++;
            }
        }
        return claimed;
    }

    @Override
    public int removeUnclaimed(String tenant, Instant before, int limit) {
        throw new UnsupportedOperationException("tested with the databases");
    }

    @Override
    public int removeOrphans(Model model, Instant before) {
        throw new UnsupportedOperationException("tested with the databases");
    }

    @Override
    public List<String> referenced(String tenant, List<String> hashes) {
        throw new UnsupportedOperationException("tested with the databases");
    }

    @Override
    public Stored put(String tenant, InputStream content, long maxBytes) {
        try (content) {
            byte[] bytes = content.readAllBytes();
            contents.put("hash" + bytes.length, bytes);
            return new Stored("hash" + bytes.length, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<InputStream> open(String tenant, String hash) {
        return Optional.of(new ByteArrayInputStream(contents.getOrDefault(hash, new byte[0])));
    }

    @Override
    public int sweep(String tenant, Instant before, UnaryOperator<List<String>> referenced) {
        throw new UnsupportedOperationException("tested with the disk");
    }

    @Override
    public void removeTenant(String tenant) {}

    @Override
    public String mediaType(InputStream content, String fileName) {
        try {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8).split(" ", 2)[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<StoredFile.Pixels> pixels(InputStream content, String mediaType) {
        return mediaType.startsWith("image/") ? Optional.of(new StoredFile.Pixels(3, 2)) : Optional.empty();
    }
}
