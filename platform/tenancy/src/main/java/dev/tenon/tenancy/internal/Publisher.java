package dev.tenon.tenancy.internal;

import dev.tenon.access.Identity;
import dev.tenon.metadata.Checked;
import dev.tenon.metadata.Layer;
import dev.tenon.metadata.PackageInfo;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.records.CompiledModel;
import dev.tenon.records.ComputedFields;
import dev.tenon.records.ModelCompiler.Problem;
import dev.tenon.records.port.ModelSource;
import dev.tenon.sdk.error.ErrorKind;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.tenancy.Layering;
import dev.tenon.tenancy.ModelVersion;
import dev.tenon.tenancy.Publication;
import dev.tenon.tenancy.SchemaChange;
import dev.tenon.tenancy.TenancyError;
import dev.tenon.tenancy.port.PublicationVeto;
import dev.tenon.tenancy.port.SchemaEvolution;
import dev.tenon.tenancy.port.TenancyStore;
import dev.tenon.tenancy.port.TenancyStore.NewVersion;
import dev.tenon.tenancy.port.TenancyStore.TenantRow;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Puts a wanted state of a tenant's layers in force, completely or not at all: check, note the intent, bring the tables
 * up, switch in one transaction, swap. Before the switch the old model is in force and everything done so far is either
 * harmless or taken back by {@link #recover}; after it the new one is.
 */
public final class Publisher {

    private static final Logger LOG = System.getLogger(Publisher.class.getName());

    /** A change of tables with a million rows takes seconds on H2; longer than this is worth telling the caller. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** More are never open at once. */
    private static final int OPEN_CHANGES = 20;

    private final TenancyStore store;
    private final SchemaEvolution schema;
    private final LayerShelf shelf;
    private final ModelCheck check;
    private final ModelSource models;
    private final Supplier<ComputedFields> computed;
    private final ComputedValues values;
    private final DepartedFields departed;
    private final PublicationVeto veto;
    private final BiConsumer<String, CompiledModel> swap;
    private final InstantSource time;
    private volatile boolean stopping;

    Publisher(
            TenancyStore store,
            SchemaEvolution schema,
            LayerShelf shelf,
            ModelCheck check,
            ModelSource models,
            Supplier<ComputedFields> computed,
            PublicationVeto veto,
            BiConsumer<String, CompiledModel> swap,
            InstantSource time) {
        this.store = store;
        this.schema = schema;
        this.shelf = shelf;
        this.check = check;
        this.models = models;
        this.computed = computed;
        this.veto = veto;
        this.values = new ComputedValues(this, store, schema, check, computed);
        this.departed = new DepartedFields(store, schema, shelf, check);
        this.swap = swap;
        this.time = time;
    }

    ComputedValues values() {
        return values;
    }

    /** This node stops: what goes on in the background ends somewhere, and is taken up by another or at the next start. */
    void stop() {
        stopping = true;
    }

    boolean stopping() {
        return stopping;
    }

    /** What is in force. */
    record Current(TenantRow row, Layering layering) {}

    Current current(String tenant) {
        TenantRow row = requireRow(tenant);
        return new Current(row, store.layering(tenant, row.version()));
    }

    Layer custom(Layering layering) {
        return layering.find(PackageInfo.CUSTOM_NAME)
                .map(e -> shelf.layer(e.content()))
                .orElseGet(Layer::emptyCustom);
    }

    private TenantRow requireRow(String tenant) {
        return store.tenant(tenant)
                .orElseThrow(() -> TenancyError.UNKNOWN_TENANT
                        .error()
                        .with("tenant", tenant)
                        .build());
    }

    /** Alone for the tenant, on all nodes. */
    <T> T exclusively(String tenant, Supplier<T> work) {
        return store.exclusively("publish:" + tenant, PATIENCE, work)
                .orElseThrow(() ->
                        TenancyError.PUBLISH_BUSY.error().with("tenant", tenant).build());
    }

    /** Alone for the tenant, or not at all when somebody else is at it. */
    <T> Optional<T> exclusivelyIfFree(String tenant, Supplier<T> work) {
        return store.exclusively("publish:" + tenant, Duration.ZERO, work);
    }

    /** Changes a tenant's layers; a dry run tells what would be wrong. Returns when the model is in force. */
    Publication change(Identity identity, boolean dryRun, Function<Current, Checked<Draft>> change) {
        return dryRun
                ? tried(identity.tenant(), change)
                : exclusively(identity.tenant(), () -> changeAlone(identity, change));
    }

    /**
     * Like {@link #change}, but where large tables have to be changed first the caller does not wait: he gets {@link
     * Publication.Started}, and the publication goes on.
     */
    Publication changeInBackground(Identity identity, boolean dryRun, Function<Current, Checked<Draft>> change) {
        String tenant = identity.tenant();
        if (dryRun) {
            return tried(tenant, change);
        }
        requireNoneRunning(tenant);
        CompletableFuture<Publication> answer = new CompletableFuture<>();
        Consumer<UUID> background = id -> answer.complete(new Publication.Started(id));
        Thread.ofVirtual().name("publication of " + tenant).start(() -> {
            try {
                answer.complete(exclusively(tenant, () -> changeAlone(identity, change, background)));
            } catch (RuntimeException | Error fault) {
                if (!answer.completeExceptionally(fault)) {
                    boolean quiet = stopping
                            || fault instanceof PlatformException known
                                    && known.code().kind() == ErrorKind.USER;
                    LOG.log(
                            quiet ? Level.INFO : Level.ERROR,
                            "the change of tenant " + tenant + " in the background did not come to its end",
                            quiet ? null : fault);
                }
            }
        });
        try {
            return answer.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException known ? known : failed;
        }
    }

    /** Who waits for a long change would only be told after a minute that it is not over. */
    private void requireNoneRunning(String tenant) {
        boolean running = schema.changes(tenant, OPEN_CHANGES).stream()
                .anyMatch(c -> c.state() == SchemaChange.State.RUNNING && c.phase() != SchemaChange.Phase.MATCHING);
        // One of a node that died, or that lost its database, has nobody who ends it.
        if (running && exclusivelyIfFree(tenant, () -> recover(tenant)).isEmpty()) {
            throw TenancyError.SCHEMA_CHANGE_RUNNING
                    .error()
                    .with("tenant", tenant)
                    .build();
        }
    }

    private Publication tried(String tenant, Function<Current, Checked<Draft>> change) {
        Current current = current(tenant);
        return switch (change.apply(current)) {
            case Checked.Bad<Draft> bad -> new Publication.Refused(ModelCheck.problems(bad.problems()));
            case Checked.Good<Draft> good -> {
                List<Problem> problems = dryRun(tenant, current, good.value()).problems();
                yield problems.isEmpty()
                        ? new Publication.Published(current.row().version())
                        : new Publication.Refused(problems);
            }
        };
    }

    /** @param schema what would be done to the tables */
    record DryRun(List<String> schema, List<Problem> problems) {}

    DryRun dryRun(String tenant, Current current, Draft draft) {
        var outcome = check.check(tenant, current.row().version() + 1, draft.layering(), draft.contents());
        CompiledModel model = outcome.good().orElse(null);
        if (model == null) {
            return new DryRun(List.of(), outcome.problems());
        }
        try {
            SchemaEvolution.Wanted wanted = wanted(tenant, current, draft, model);
            return new DryRun(schema.plan(tenant, wanted), objections(tenant, wanted));
        } catch (PlatformException refused) {
            return new DryRun(List.of(), ModelCheck.problems(refused));
        }
    }

    private List<Problem> objections(String tenant, SchemaEvolution.Wanted wanted) {
        return wanted.before().map(before -> veto.objections(tenant, before, wanted.model())).orElse(List.of()).stream()
                .map(detail -> new Problem(detail, new ErrorSource("", "", 0, 0)))
                .toList();
    }

    private SchemaEvolution.Wanted wanted(String tenant, Current current, Draft draft, CompiledModel next) {
        Optional<Model> before =
                current.row().version() == 0 ? Optional.empty() : Optional.of(inForce(tenant, current));
        return new SchemaEvolution.Wanted(
                next.model(),
                before,
                draft.confirmed(),
                before.map(model -> departed.of(tenant, model, next.model())).orElse(Map.of()),
                draft.kind() == ModelVersion.Kind.EDITED || draft.kind() == ModelVersion.Kind.UNDONE);
    }

    /** What a draft would do to values; nothing where it is not right in itself. */
    Optional<SchemaEvolution.Wanted> wanted(String tenant, Current current, Draft draft) {
        return check.check(tenant, current.row().version() + 1, draft.layering(), draft.contents())
                .good()
                .map(model -> wanted(tenant, current, draft, model));
    }

    /** To be called inside {@link #exclusively}. */
    Publication changeAlone(Identity identity, Function<Current, Checked<Draft>> change) {
        return changeAlone(identity, change, id -> {});
    }

    private Publication changeAlone(
            Identity identity, Function<Current, Checked<Draft>> change, Consumer<UUID> background) {
        Current current = current(identity.tenant());
        return switch (change.apply(current)) {
            case Checked.Bad<Draft> bad -> new Publication.Refused(ModelCheck.problems(bad.problems()));
            case Checked.Good<Draft> good -> publish(identity, current, good.value(), background);
        };
    }

    private Publication publish(Identity identity, Current current, Draft draft, Consumer<UUID> background) {
        String tenant = identity.tenant();
        boolean nothingNew = draft.layering().equals(current.layering())
                && draft.decided().isEmpty()
                && current.row().platform().equals(shelf.platform());
        if (nothingNew) {
            return new Publication.Published(current.row().version());
        }
        long version = current.row().version() + 1;
        var outcome = check.check(tenant, version, draft.layering(), draft.contents());
        CompiledModel next = outcome.good().orElse(null);
        if (next == null) {
            return new Publication.Refused(outcome.problems());
        }
        SchemaEvolution.Wanted wanted = wanted(tenant, current, draft, next);
        List<Problem> objections = objections(tenant, wanted);
        if (!objections.isEmpty()) {
            return new Publication.Refused(objections);
        }
        schema.inForce(tenant, current.row().version());
        try {
            schema.plan(tenant, wanted);
        } catch (PlatformException refused) {
            return new Publication.Refused(ModelCheck.problems(refused));
        }
        boolean recompute = wanted.before().isPresent()
                && !computed.get()
                        .outdated(next, wanted.before().stream().toList())
                        .isEmpty();
        draft.contents().forEach(store::keepContent);
        store.noteIntent(tenant, version, time.instant());
        try {
            schema.evolve(tenant, wanted, initiator(identity), background);
            boolean switched = store.publish(newVersion(identity, current, draft, next, wanted.before(), recompute));
            if (!switched) {
                throw TenancyError.PUBLISH_BUSY.error().with("tenant", tenant).build();
            }
        } catch (RuntimeException fault) {
            // The switch may have been committed although its answer was lost; what the store says now decides.
            if (recoverAfter(fault, tenant) != version) {
                if (fault instanceof PlatformException refused
                        && !refused.details().isEmpty()) {
                    return new Publication.Refused(ModelCheck.problems(refused));
                }
                throw fault;
            }
        }
        swap.accept(tenant, next);
        settleOrLeave(tenant, wanted);
        if (store.recomputeDue(tenant).isPresent()) {
            values.bringUp(identity, next);
        }
        LOG.log(Level.INFO, () -> "model " + version + " of tenant " + tenant + " is in force, " + draft.kind());
        return new Publication.Published(version);
    }

    /** This node mostly has it compiled; another node may have published since. */
    private Model inForce(String tenant, Current current) {
        long version = current.row().version();
        return models.atHand(tenant)
                .map(CompiledModel::model)
                .filter(known -> known.version() == version)
                .orElseGet(() -> check.model(tenant, version, current.layering()));
    }

    /** The model is in force whatever becomes of this; the next publication or the next start does it again. */
    private void settleOrLeave(String tenant, SchemaEvolution.Wanted done) {
        try {
            schema.inForce(tenant, done.model().version());
            if (done.before().filter(before -> sameFields(before, done.model())).isEmpty()) {
                schema.keep(tenant, done.model(), time.instant());
            }
            store.forgetIntent(tenant);
        } catch (RuntimeException fault) {
            LOG.log(Level.WARNING, "what former models of tenant " + tenant + " needed is not put aside yet", fault);
        }
    }

    private static boolean sameFields(Model before, Model now) {
        return before.objects().keySet().equals(now.objects().keySet())
                && now.objects().values().stream().allMatch(object -> {
                    ObjectType known = before.requireObject(object.name());
                    Map<String, Field> then = known.fields();
                    return known == object
                            || then.keySet().equals(object.fields().keySet())
                                    && object.fields().values().stream().allMatch(field -> {
                                        Field had = then.get(field.name());
                                        return had != null && field.type().equals(had.type());
                                    });
                });
    }

    static SchemaEvolution.Initiator initiator(Identity identity) {
        return new SchemaEvolution.Initiator(
                identity.user().id(), identity.user().name());
    }

    private NewVersion newVersion(
            Identity identity,
            Current current,
            Draft draft,
            CompiledModel next,
            Optional<Model> before,
            boolean recompute) {
        ModelVersion entry = new ModelVersion(
                next.model().version(),
                time.instant(),
                identity.user().id(),
                identity.user().name(),
                draft.kind(),
                draft.comment(),
                draft.changes());
        return new NewVersion(
                identity.tenant(),
                current.row().version(),
                entry,
                next.model().fingerprint(),
                shelf.platform(),
                draft.layering(),
                draft.conflicts(),
                draft.decided(),
                draft.withdrawnOf(),
                draft.seeds(),
                before.map(model -> MatchKeysDue.of(schema, identity.tenant(), model, next.model()))
                        .orElse(Map.of()),
                recompute);
    }

    private long recoverAfter(RuntimeException fault, String tenant) {
        try {
            return recover(tenant);
        } catch (RuntimeException second) {
            // The note stays; the next start, or the next publication, takes it up.
            fault.addSuppressed(second);
            return -1;
        }
    }

    /**
     * Brings tables back in line with the version in force, after a publication that did not come to its end; to be
     * called inside {@link #exclusively}. Returns that version.
     */
    long recover(String tenant) {
        TenantRow row = requireRow(tenant);
        if (row.version() > 0) {
            Model model = load(row).model();
            schema.inForce(tenant, row.version());
            schema.evolve(tenant, model);
            schema.keep(tenant, model, time.instant());
        }
        store.forgetIntent(tenant);
        return row.version();
    }

    /** Removes data whose time is over; to be called inside {@link #exclusively}. */
    boolean purge(String tenant) {
        return schema.kept(tenant).stream()
                        .anyMatch(data ->
                                data.purgedAt().isEmpty() && !data.until().isAfter(time.instant()))
                && schema.purge(tenant, load(tenant).model(), time.instant());
    }

    /** The model in force, from the store. */
    CompiledModel load(String tenant) {
        TenantRow row = requireRow(tenant);
        if (row.version() == 0) {
            throw TenancyError.UNKNOWN_TENANT.error().with("tenant", tenant).build();
        }
        return load(row);
    }

    private CompiledModel load(TenantRow row) {
        var outcome = check.load(row.key(), row.version(), store.layering(row.key(), row.version()));
        CompiledModel model = outcome.model();
        if (model == null) {
            PlatformException.Builder error =
                    TenancyError.MODEL_BROKEN.error().with("tenant", row.key()).with("version", row.version());
            outcome.problems().forEach(p -> error.detail(p.detail()));
            throw error.build();
        }
        return model;
    }
}
