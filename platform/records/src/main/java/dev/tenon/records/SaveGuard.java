package dev.tenon.records;

import dev.tenon.access.Identity;
import java.util.Set;
import java.util.UUID;

/**
 * A room's right to refuse a save of an existing record, of a new part of it or of a file for it, for example while it is
 * under approval.
 */
public interface SaveGuard {

    /**
     * Called inside the save's transaction with the record's row locked, before anything is changed. Throws
     * {@link dev.tenon.sdk.error.PlatformException} to refuse.
     *
     * @param fields names of the fields that would change; empty for a deletion, and where a part or a file is added to the record
     */
    void check(Identity identity, String object, UUID id, Set<String> fields, boolean delete);
}
