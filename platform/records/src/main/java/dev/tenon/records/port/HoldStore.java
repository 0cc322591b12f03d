package dev.tenon.records.port;

import dev.tenon.records.Hold;
import dev.tenon.records.RecordKey;
import dev.tenon.records.SetLock;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * What stands against changing records. Every save of an existing record asks, so whatever rooms hold records with is read
 * at once. Every method works in the thread's transaction; who sets a lock or asks before a save has locked the record's
 * row, so that of two who come at once the second sees what the first has done.
 */
public interface HoldStore {

    /** Everything that holds one of the records, with one statement. */
    List<Hold> on(String tenant, List<RecordKey> records);

    /** Keeps a lock for a record that has none. */
    void set(String tenant, SetLock lock);

    /** Removes the locks of these records, where they have some. */
    void remove(String tenant, Collection<UUID> records);
}
