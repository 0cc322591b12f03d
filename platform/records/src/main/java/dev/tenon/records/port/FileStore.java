package dev.tenon.records.port;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.StoredFile;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known of the files of fields; their bytes are in the {@link BlobStore}. Every method works in the thread's
 * transaction where there is one: a file belongs to a record only if the record was saved with it.
 */
public interface FileStore {

    /** Notes an upload that no record has yet. */
    void insert(String tenant, Entry entry);

    /** The known ones of the given ids. */
    Map<UUID, Entry> find(String tenant, Collection<UUID> ids);

    /** Gives files to a record for good; returns how many of them are the record's now. */
    int claim(String tenant, UUID recordId, Collection<UUID> ids);

    /** Removes uploads from before that no record has taken; returns how many, {@code limit} at most. */
    int removeUnclaimed(String tenant, Instant before, int limit);

    /**
     * Removes files and attachments from before whose record is neither in its table nor in the recycle bin; while it is,
     * its history may show every file it ever had. Returns how many.
     */
    int removeOrphans(Model model, Instant before);

    /** Those of the hashes under which anything of the tenant is kept: files, attachments, imports. */
    List<String> referenced(String tenant, List<String> hashes);

    /**
     * A file with its place.
     *
     * @param recordId absent until a record was saved with it
     */
    record Entry(
            StoredFile file,
            String object,
            String field,
            Optional<UUID> recordId,
            String contentHash,
            UUID createdBy,
            Instant createdAt) {}
}
