package dev.tenon.records.port;

import dev.tenon.metadata.model.Model;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keys under which duplicate rules find records: what cannot be a duplicate has no key in common. Beside the records, so
 * that a rule comes and goes without a change of tables. Joins the thread's transaction.
 */
public interface MatchKeyStore {

    /**
     * What a record is found under.
     *
     * @param key begins with its definition, what it is made of; then a hash of the values. Hexadecimal digits
     */
    record MatchKey(String key) {}

    /** Keeps others who lock one of the keys waiting until the transaction ends; also some who lock other keys. */
    void lock(String tenant, Collection<String> keys);

    /**
     * Records with some of the keys for which the plan's condition holds, with its values: first those that have the most
     * of the keys, among them the newest, so many as the plan says. Of a single key all records are looked at until there
     * are enough; of each of several keys no more than that number, the newest.
     */
    List<Map<String, @Nullable Object>> having(Model model, QueryPlan plan, List<String> keys);

    /** Adds the keys of records that have none. */
    void add(String tenant, Map<UUID, List<MatchKey>> keys);

    /** The records have these keys and no other ones. */
    default void replace(String tenant, Map<UUID, List<MatchKey>> keys) {
        remove(tenant, keys.keySet());
        add(tenant, keys);
    }

    void remove(String tenant, Collection<UUID> records);

    /** Removes all keys of a definition. */
    void forget(String tenant, String definition);

    /** How many records the object has. */
    long count(Model model, String object);
}
