package dev.tenon.tenancy.internal;

import dev.tenon.access.Identity;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.CompiledModel;
import dev.tenon.records.ComputedFields;
import dev.tenon.records.ComputedFields.Outcome;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.tenancy.Publication;
import dev.tenon.tenancy.TenancyError;
import dev.tenon.tenancy.port.SchemaEvolution;
import dev.tenon.tenancy.port.TenancyStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Formulas and roll-ups of existing records after a model that computes them in another way has come in force. */
final class ComputedValues {

    private static final Logger LOG = System.getLogger(ComputedValues.class.getName());

    /** The store's code; the store itself is a room that this one does not know. */
    private static final String CANCELLED = "store.schema-change-cancelled";

    private final Publisher publisher;
    private final TenancyStore store;
    private final SchemaEvolution schema;
    private final ModelCheck check;
    private final Supplier<ComputedFields> computed;
    private final Undoing undoing;

    ComputedValues(
            Publisher publisher,
            TenancyStore store,
            SchemaEvolution schema,
            ModelCheck check,
            Supplier<ComputedFields> computed) {
        this.publisher = publisher;
        this.store = store;
        this.schema = schema;
        this.check = check;
        this.computed = computed;
        this.undoing = new Undoing(publisher, store);
    }

    /**
     * Brings computed fields up, where objects are large in the background; to be called inside {@link Publisher#exclusively}. The
     * model is in force whatever becomes of this; what is not done is noted, and goes on from there with the next
     * publication, the next start, or the next look for what was left half done.
     */
    void bringUp(Identity identity, CompiledModel model) {
        String tenant = identity.tenant();
        if (schema.isLarge(tenant, outdated(tenant, model))) {
            Thread.ofVirtual()
                    .name("computed fields of " + tenant)
                    .start(() -> noting(
                            tenant,
                            () -> publisher.exclusively(tenant, () -> {
                                recomputeOrTakeBack(identity);
                                return true;
                            })));
        } else {
            noting(tenant, () -> recompute(identity, model));
        }
    }

    private void noting(String tenant, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException fault) {
            if (publisher.stopping()) {
                LOG.log(Level.INFO, "computed fields of tenant {0} are brought up further at the next start", tenant);
            } else {
                LOG.log(Level.ERROR, "computed fields of tenant " + tenant + " are not brought up yet", fault);
            }
        }
    }

    private Set<String> outdated(String tenant, CompiledModel model) {
        return store.recomputeDue(tenant)
                .map(from -> Set.copyOf(computed.get().outdated(model, formers(tenant, from, model))))
                .orElse(Set.of());
    }

    /**
     * The models whose values may be stored: each since the oldest. One that this program cannot make any more leaves
     * nothing to compare with, and everything is computed.
     */
    private List<Model> formers(String tenant, long oldest, CompiledModel inForce) {
        try {
            return LongStream.range(oldest, inForce.model().version())
                    .mapToObj(version -> check.model(tenant, version, store.layering(tenant, version)))
                    .toList();
        } catch (PlatformException unknown) {
            LOG.log(
                    Level.WARNING,
                    "a former model of tenant " + tenant + " cannot be read: all its fields are computed anew",
                    unknown);
            return List.of();
        }
    }

    /**
     * Who cancels the computation wants the change not to have been: its definition goes back in a version of its own,
     * and what was computed for it is computed back, which nobody can cancel then.
     */
    private void recomputeOrTakeBack(Identity identity) {
        String tenant = identity.tenant();
        try {
            recompute(identity, publisher.load(tenant));
        } catch (PlatformException end) {
            if (!end.code().id().equals(CANCELLED)) {
                throw end;
            }
            if (!takenBack(identity)) {
                recompute(identity, publisher.load(tenant));
            }
        }
    }

    private boolean takenBack(Identity identity) {
        try {
            publisher
                    .changeAlone(
                            identity,
                            current -> undoing.draft(
                                    identity.tenant(), current, current.row().version(), ""))
                    .orThrow();
            return true;
        } catch (PlatformException refused) {
            LOG.log(
                    Level.ERROR,
                    "the change of tenant " + identity.tenant() + " is not taken back, its values are computed",
                    refused);
            return false;
        }
    }

    /** Throws {@code tenancy.computing-goes-on} where cancelling would leave what is half done as it is. */
    void requireTakenBack(Identity identity, UUID change) {
        String tenant = identity.tenant();
        Optional<Long> from = store.recomputeDue(tenant);
        long version = publisher.current(tenant).row().version();
        if (from.isPresent() && from.get() + 1 != version) {
            throw goesOn(change, null);
        }
        try {
            Publication tried =
                    publisher.change(identity, true, current -> undoing.draft(tenant, current, version, ""));
            if (tried instanceof Publication.Refused refused) {
                throw refused.exception();
            }
        } catch (PlatformException impossible) {
            throw goesOn(change, impossible);
        }
    }

    private static PlatformException goesOn(UUID change, @Nullable PlatformException why) {
        PlatformException.Builder error = TenancyError.COMPUTING_GOES_ON.error().with("id", change);
        return why == null ? error.build() : error.causedBy(why).build();
    }

    /**
     * Computes formulas and roll-ups of existing records anew. Done after the switch, so that an interruption leaves no
     * new values under the old model; until then people read the former values, and whoever saves a record gets the new
     * ones in it.
     */
    private void recompute(Identity identity, CompiledModel model) {
        String tenant = identity.tenant();
        Optional<Long> from = store.recomputeDue(tenant);
        if (from.isEmpty()) {
            return;
        }
        List<Model> before = formers(tenant, from.get(), model);
        List<String> objects = computed.get().outdated(model, before);
        Outcome outcome = schema.isLarge(tenant, Set.copyOf(objects))
                ? told(identity, model, before, objects)
                : computed.get().bringUp(model, before, identity);
        store.recomputeDone(tenant);
        outcome.first()
                .ifPresent(why -> LOG.log(
                        Level.WARNING,
                        outcome.failures() + " records of tenant " + tenant
                                + " keep values that cannot be computed anew; the first",
                        why));
    }

    /** As a change that everybody sees; one with records that cannot be computed has failed, but has come to its end. */
    private Outcome told(Identity identity, CompiledModel model, List<Model> before, List<String> objects) {
        String tenant = identity.tenant();
        AtomicReference<@Nullable Outcome> ended = new AtomicReference<>();
        try {
            schema.computing(tenant, model.model(), objects, Publisher.initiator(identity), progress -> {
                Outcome outcome = computed.get()
                        .bringUp(model, before, identity, store.recomputePlace(tenant), place -> {
                            store.recomputeAt(tenant, place);
                            progress.at(place.object(), place.done());
                        });
                outcome.first().ifPresent(why -> {
                    ended.set(outcome);
                    throw why;
                });
                ended.set(outcome);
            });
        } catch (PlatformException end) {
            Outcome outcome = ended.get();
            if (outcome == null || end.code().id().equals(CANCELLED)) {
                throw end;
            }
            return outcome;
        }
        return java.util.Objects.requireNonNull(ended.get());
    }
}
