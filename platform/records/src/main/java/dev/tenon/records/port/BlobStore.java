package dev.tenon.records.port;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Bytes of files, addressed by their content. */
public interface BlobStore {

    /** Keeps the bytes and returns their SHA-256 in hex and their number; the same bytes are kept once. */
    Stored put(String tenant, InputStream content, long maxBytes);

    Optional<InputStream> open(String tenant, String hash);

    /**
     * Removes the tenant's files that were kept last before the time and that nothing refers to; returns how many. A file
     * that is kept again meanwhile stays.
     *
     * @param referenced of some hashes, those that are still needed
     */
    int sweep(String tenant, Instant before, UnaryOperator<List<String>> referenced);

    /** Removes every file of the tenant. */
    void removeTenant(String tenant);

    record Stored(String hash, long size) {}
}
