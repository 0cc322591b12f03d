package dev.tenon.records.port;

import dev.tenon.records.HistoryEntry.Channel;
import dev.tenon.records.RecycleBin;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Deleted records as they were, one entry for each tree, for as long as the operator wants them kept. Knows nothing of
 * rights. Every method works in the thread's transaction where there is one: a tree is in its tables or in here.
 */
public interface RecycleBinStore {

    /** Whether anything is kept at all; where not, {@link #keep} is not called. */
    boolean keeps();

    void keep(String tenant, Entry entry, List<KeptRecord> tree, List<Release> released);

    /**
     * Entries whose root is of one of the objects, newest first.
     *
     * @param deletedBy only what this person has deleted with his own rights
     * @param after begins behind this place
     */
    List<Entry> list(
            String tenant, Set<String> objects, Optional<UUID> deletedBy, Optional<RecycleBin.Place> after, int limit);

    Optional<Entry> find(String tenant, UUID id);

    /** Reads an entry and locks it until the transaction ends: it is restored or removed once. */
    Optional<Entry> lock(String tenant, UUID id);

    /** The first {@code limit} records of an entry, a master before its parts. */
    List<KeptRecord> tree(String tenant, UUID id, int limit);

    /** The first record of each entry, by the entry's id. */
    Map<UUID, KeptRecord> roots(String tenant, Collection<UUID> ids);

    List<Release> released(String tenant, UUID id);

    void remove(String tenant, UUID id);

    /** Removes at most {@code limit} entries that were kept long enough and that nobody else works on; returns how many. */
    int removeExpired(String tenant, Instant now, int limit);

    /**
     * One deleted tree.
     *
     * @param id the id of its root, which is in the bin once at most
     * @param ownRight whether the person's own rights allowed it; false where the platform acted in his name
     */
    record Entry(UUID id, String object, UUID deletedBy, boolean ownRight, Channel through, Instant at) {}

    /**
     * A record as it was.
     *
     * @param values the fields that were not empty, as JSON texts of {@link dev.tenon.records.ValueCodec}
     * @param computed names of those that were formulas and roll-ups: shown, and asked by rights, but never restored
     */
    record KeptRecord(String object, UUID id, long version, Map<String, String> values, Set<String> computed) {
        public KeptRecord {
            values = Map.copyOf(values);
            computed = Set.copyOf(computed);
        }
    }

    /** A reference of a record outside of the tree that the deletion has emptied. */
    record Release(String object, UUID id, String field, UUID referred) {}
}
