package dev.tenon.records.port;

import java.io.InputStream;
import java.util.Optional;

/** Bytes of files, addressed by their content. */
public interface BlobStore {

    /** Keeps the bytes and returns their SHA-256 in hex and their number; the same bytes are kept once. */
    Stored put(String tenant, InputStream content, long maxBytes);

    Optional<InputStream> open(String tenant, String hash);

    /** Removes every file of the tenant. */
    void removeTenant(String tenant);

    record Stored(String hash, long size) {}
}
