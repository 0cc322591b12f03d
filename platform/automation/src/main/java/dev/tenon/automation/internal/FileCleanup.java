package dev.tenon.automation.internal;

import dev.tenon.records.port.BlobStore;
import dev.tenon.records.port.FileStore;
import dev.tenon.records.port.ModelSource;
import java.time.Duration;
import java.time.Instant;

/**
 * Removes files that nobody has any more: uploads that were never saved, files of records that are gone for good, and
 * bytes that nothing refers to. Bytes always come before what refers to them, and go after it, so whatever breaks off
 * leaves at most something for the next time.
 */
public final class FileCleanup {

    /** How long an upload waits for its record, and how long bytes wait for what refers to them. */
    private static final Duration GRACE = Duration.ofDays(1);

    private static final int BATCH = 500;

    private final FileStore files;
    private final BlobStore blobs;
    private final ModelSource models;
    private final Node node;

    public FileCleanup(FileStore files, BlobStore blobs, ModelSource models, Node node) {
        this.files = files;
        this.blobs = blobs;
        this.models = models;
        this.node = node;
    }

    public void run(String tenant) {
        Instant before = node.now().minus(GRACE);
        while (!node.stops() && files.removeUnclaimed(tenant, before, BATCH) == BATCH) {
            // There may be more.
        }
        if (!node.stops()) {
            files.removeOrphans(models.passing(tenant).model(), before);
            blobs.sweep(tenant, before, hashes -> files.referenced(tenant, hashes));
        }
    }
}
