package dev.tenon.tenancy.internal;

import dev.tenon.access.Identity;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.CompiledModel;
import dev.tenon.records.ComputedFields;
import dev.tenon.sdk.error.ErrorKind;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.tenancy.port.SchemaEvolution;
import dev.tenon.tenancy.port.TenancyStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Formulas and roll-ups of existing records after a model that computes them in another way has come in force. */
final class ComputedValues {

    private static final Logger LOG = System.getLogger(ComputedValues.class.getName());

    private final Publisher publisher;
    private final TenancyStore store;
    private final SchemaEvolution schema;
    private final ModelCheck check;
    private final Supplier<ComputedFields> computed;

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
    }

    /**
     * Brings computed fields up, where objects are large in the background; to be called inside {@link Publisher#exclusively}. The
     * model is in force whatever becomes of this; what is not done is noted, and goes on from there with the next
     * publication or the next start.
     */
    void bringUp(Identity identity, CompiledModel model) {
        String tenant = identity.tenant();
        if (schema.isLarge(tenant, outdated(tenant, model))) {
            Thread.ofVirtual()
                    .name("computed fields of " + tenant)
                    .start(() -> noting(
                            tenant,
                            () -> publisher.exclusively(tenant, () -> {
                                recompute(identity, publisher.load(tenant));
                                return true;
                            })));
        } else {
            noting(tenant, () -> recompute(identity, model));
        }
    }

    private static void noting(String tenant, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException fault) {
            boolean wanted =
                    fault instanceof PlatformException known && known.code().kind() == ErrorKind.USER;
            LOG.log(
                    wanted ? Level.INFO : Level.ERROR,
                    "computed fields of tenant " + tenant + " are not brought up yet",
                    wanted ? null : fault);
        }
    }

    private Set<String> outdated(String tenant, CompiledModel model) {
        return store.recomputeDue(tenant)
                .map(from -> computed.get().outdated(model, Optional.of(modelOf(tenant, from))))
                .orElse(Set.of());
    }

    private Model modelOf(String tenant, long version) {
        return check.model(tenant, version, store.layering(tenant, version));
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
        Optional<Model> before = Optional.of(modelOf(tenant, from.get()));
        Set<String> objects = computed.get().outdated(model, before);
        if (schema.isLarge(tenant, objects)) {
            schema.computing(
                    tenant,
                    model.model(),
                    objects,
                    Publisher.initiator(identity),
                    progress -> computed.get().bringUp(model, before, identity, store.recomputePlace(tenant), place -> {
                        store.recomputeAt(tenant, place);
                        progress.at(place.object(), place.done());
                    }));
        } else {
            computed.get().bringUp(model, before, identity);
        }
        store.recomputeDone(tenant);
    }
}
