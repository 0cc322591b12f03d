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

    /** The lock that somebody has set on the record; absent where nobody has. Approvals lock in a way of their own. */
    Optional<RecordLock> findLock(String object, UUID id);

    /**
     * Locks a record that the user may edit and lock: until it is unlocked, nobody without the right to edit locked records
     * changes it, its parts, files and links. The lock that the user has set already is returned as it is; one of somebody
     * else, or for another reason, is the error {@code records.already-locked}.
     *
     * @param reason for people to read; empty for none
     */
    RecordLock lock(String object, UUID id, String reason);

    /** Unlocks a record, whoever has locked it; one that is not locked is the error {@code records.not-locked}. */
    void unlock(String object, UUID id);

    /** Attaches a file to a record the user may edit and that is not locked. */
    Attachment attach(String object, UUID id, String fileName, String mediaType, byte[] content);

    /** The record's attachments, oldest first. */
    List<Attachment> attachments(String object, UUID id);
}
