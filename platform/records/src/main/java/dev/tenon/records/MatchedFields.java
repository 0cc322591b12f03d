package dev.tenon.records;

import dev.tenon.metadata.model.Model;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Brings up the keys by which duplicate rules find existing records. Safe for use by several threads. */
public interface MatchedFields {

    /** What keys of an object's records are made of, by object, for all rules that are in use. */
    static Map<String, Set<String>> definitions(Model model) {
        return dev.tenon.records.internal.MatchKeys.definitions(model);
    }

    /**
     * Prepares for a new build: what was kept of the definitions may be of a time when nobody kept it right. Returns how
     * many records have to be looked at, 0 where no rule uses one of the definitions any more.
     */
    long begin(CompiledModel model, String object, Set<String> definitions);

    /**
     * Writes the keys of the next records, a few hundred in one transaction. Throws {@code records.model-changed} where
     * the model is not in force any more; then the next call is made with the newer one.
     */
    Reached next(CompiledModel model, String object, Optional<UUID> last);

    /**
     * @param last the last record done; empty where there are no more
     * @param done how many were done in this call
     */
    record Reached(Optional<UUID> last, long done) {}
}
