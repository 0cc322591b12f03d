package dev.tenon.records;

import dev.tenon.access.Identity;
import dev.tenon.metadata.model.Model;
import dev.tenon.sdk.error.PlatformException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Computes stored formulas and roll-ups of existing records when a new model computes them differently: a new formula, a
 * changed filter, another value of a setting that a formula uses. Safe for use by several threads.
 */
public interface ComputedFields {

    /**
     * Objects whose records {@link #bringUp} would look at, in its order: those of fields that are computed in another way,
     * and of fields that are made of them. One object comes more than once where it is looked at again.
     */
    List<String> outdated(CompiledModel model, Collection<Model> before);

    /**
     * Computes all records of the outdated objects, in transactions of a moment each. Called after the tables follow the
     * model. May be interrupted and repeated: computing again what is right already writes nothing.
     *
     * @param before models whose values may be stored; where there is none, everything is computed
     * @param identity on whose behalf; the platform's own rights are used
     */
    default Outcome bringUp(CompiledModel model, Collection<Model> before, Identity identity) {
        return bringUp(model, before, identity, Optional.empty(), place -> {});
    }

    /**
     * As {@link #bringUp(CompiledModel, Collection, Identity)}, from a place on that an interrupted call has told.
     *
     * @param progress told after each batch has been committed; may throw to end it there
     */
    Outcome bringUp(
            CompiledModel model,
            Collection<Model> before,
            Identity identity,
            Optional<Place> from,
            Consumer<Place> progress);

    /**
     * How far it is: stages follow each other, in each records in the order of their ids.
     *
     * @param done records since the beginning, those of the calls before included
     */
    record Place(int stage, String object, UUID last, long done) {}

    /**
     * What became of it.
     *
     * @param changed how many records got other values
     * @param failures how many records cannot be computed, and keep the values that they have
     * @param first why the first of those cannot
     */
    record Outcome(long changed, long failures, Optional<PlatformException> first) {}
}
