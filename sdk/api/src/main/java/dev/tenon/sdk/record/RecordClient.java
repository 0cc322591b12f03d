package dev.tenon.sdk.record;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one way of plugins and scripts to business records. Every call passes the same checks, triggers and rules as a
 * request from outside and acts with the rights of the acting user.
 *
 * <p>Inside a trigger the client works in the trigger's transaction; elsewhere every call is a transaction of its own.
 * An instance belongs to one call into the plugin and must not be kept or used by another thread. All methods throw
 * {@link dev.tenon.sdk.error.PlatformException}; records that do not exist and records that the user may not see are
 * the same.
 */
public interface RecordClient {

    /** The record, absent when it does not exist or is not visible. */
    Optional<RecordData> find(String object, UUID id);

    /** One page of the query's answer. */
    List<RecordData> query(RecordQuery query);

    /** How many visible records fulfil the query's filter; paging is ignored. */
    long count(RecordQuery query);

    /** Creates a record and returns it as saved, with defaults, numbers and formulas. */
    RecordData create(String object, Map<String, @Nullable Object> values);

    /**
     * Changes the named fields.
     *
     * @param version the version that was read; a newer one in the database is the error {@code records.stale-version}
     */
    RecordData update(String object, UUID id, long version, Map<String, @Nullable Object> changes);

    /** Deletes a record and what it is the master of. */
    void delete(String object, UUID id, long version);

    /** Attaches a file to a record the user may edit and that no approval has locked. */
    Attachment attach(String object, UUID id, String fileName, String mediaType, byte[] content);

    /** The record's attachments, oldest first. */
    List<Attachment> attachments(String object, UUID id);
}
