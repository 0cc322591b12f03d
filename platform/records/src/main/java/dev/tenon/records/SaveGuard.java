package dev.tenon.records;

import dev.tenon.access.Identity;
import java.util.List;
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
     */
    void check(Identity identity, Change change);

    /**
     * What is going to happen to a record.
     *
     * @param fields names of the fields that would change; empty for a deletion, and where a part or a file is added to the record
     * @param holds what stands against it, on the record and on what it is a part of; read when the row was locked. Empty
     *     for the platform itself, which nothing holds
     */
    record Change(String object, UUID id, Set<String> fields, boolean delete, List<Hold> holds) {
        public Change {
            fields = Set.copyOf(fields);
            holds = List.copyOf(holds);
        }
    }
}
