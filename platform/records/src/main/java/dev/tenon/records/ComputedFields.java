package dev.tenon.records;

import dev.tenon.access.Identity;
import dev.tenon.metadata.model.Model;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Computes stored formulas and roll-ups of existing records when a new model computes them differently: a new formula, a
 * changed filter, another value of a setting that a formula uses. Safe for use by several threads.
 */
public interface ComputedFields {

    /** Objects whose records {@link #bringUp} would look at. */
    Set<String> outdated(CompiledModel model, Optional<Model> before);

    /**
     * Computes all records of the outdated objects, and what follows from them, in transactions of a few hundred records
     * each. Called after the tables follow the model. May be interrupted and repeated: computing again what is right
     * already writes nothing.
     *
     * @param before the model whose values are stored; absent: everything is computed
     * @param identity on whose behalf; the platform's own rights are used
     * @return how many records got other values
     */
    default long bringUp(CompiledModel model, Optional<Model> before, Identity identity) {
        return bringUp(model, before, identity, Optional.empty(), place -> {});
    }

    /**
     * As {@link #bringUp(CompiledModel, Optional, Identity)}, from a place on that an interrupted call has told.
     *
     * @param progress told after each batch has been committed; may throw to end it there
     */
    long bringUp(
            CompiledModel model,
            Optional<Model> before,
            Identity identity,
            Optional<Place> from,
            Consumer<Place> progress);

    /**
     * How far it is: objects are computed in the order of their names, records in that of their ids.
     *
     * @param done records since the beginning of this call
     */
    record Place(String object, UUID last, long done) {}
}
