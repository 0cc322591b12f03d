package dev.tenon.tenancy.internal;

import dev.tenon.access.Identity;
import dev.tenon.metadata.Checked;
import dev.tenon.records.CompiledModel;
import dev.tenon.records.port.ModelSource;
import dev.tenon.sdk.ActingUser;
import dev.tenon.sdk.error.ErrorKind;
import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.tenancy.Customizing;
import dev.tenon.tenancy.ModelVersion;
import dev.tenon.tenancy.Packages;
import dev.tenon.tenancy.Publication;
import dev.tenon.tenancy.Tenancy;
import dev.tenon.tenancy.Tenants;
import dev.tenon.tenancy.port.TenancyStore.TenantRow;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Puts the parts together and ends, at start, what a crash has interrupted. */
public final class TenancyParts {

    /** In one line of the log; more would hide the other lines. */
    public static final int PROBLEMS_TOLD = 10;

    /** Between two looks for what was left half done. */
    public static final Duration LOOK = Duration.ofSeconds(5);

    private static final Logger LOG = System.getLogger(TenancyParts.class.getName());

    private final Tenancy.Ports ports;
    private final LayerShelf shelf;
    private final Publisher publisher;
    private final Seeds seeds;
    private final OwnLayer customizing;
    private final InstalledPackages packages;
    private final TenantRegistry tenants;
    private final Leftovers leftovers;

    public TenancyParts(
            Tenancy.Ports ports, ModelSource models, BiConsumer<String, CompiledModel> swap, Consumer<String> forget) {
        this.ports = ports;
        this.shelf = new LayerShelf(ports.store());
        ModelCheck check = new ModelCheck(shelf, models, ports.compiler(), ports.code());
        this.publisher = new Publisher(
                ports.store(),
                ports.schema(),
                shelf,
                check,
                models,
                ports.computed(),
                ports.veto(),
                swap,
                ports.time());
        this.seeds = new Seeds(publisher, ports.store(), shelf, models, ports.records(), ports.initialData());
        Gate gate = new Gate(models);
        this.customizing = new OwnLayer(
                publisher,
                new SchemaChanges(ports.schema(), ports.store()),
                ports.store(),
                models,
                check,
                gate,
                new LossPreviews(ports.schema(), models, ports.records()));
        this.packages = new InstalledPackages(
                publisher, ports.store(), shelf, new PackageUpgrade(shelf), seeds, gate, ports.time());
        this.tenants = new TenantRegistry(
                publisher, ports.store(), ports.schema(), packages, gate, forget, ports.remains(), ports.time());
        this.leftovers = new Leftovers(this::interrupted, this::takenUp, LOOK, ports.time());
    }

    public Customizing customizing() {
        return customizing;
    }

    public Packages packages() {
        return packages;
    }

    public Tenants tenants() {
        return tenants;
    }

    public CompiledModel load(String tenant) {
        return publisher.load(tenant);
    }

    public Optional<PlatformException> addQuietly(Map<String, byte[]> files) {
        return packages.addQuietly(files);
    }

    /** Removes data of every tenant whose time is over. */
    public void purge() {
        for (TenantRow row : ports.store().tenants()) {
            if (row.active() && row.version() > 0) {
                guarded(row.key(), () -> publisher.exclusivelyIfFree(row.key(), () -> publisher.purge(row.key())));
            }
        }
    }

    /** Takes up what was left half done by somebody who is not at it any more; to be called again and again. */
    public void takeUp() {
        leftovers.look();
    }

    private Set<String> interrupted() {
        Set<String> tenants = new TreeSet<>(ports.schema().unfinished());
        tenants.addAll(ports.store().intents());
        tenants.addAll(ports.store().recomputing());
        tenants.removeIf(tenant -> ports.store()
                .tenant(tenant)
                .filter(row -> row.active() && row.version() > 0)
                .isEmpty());
        return tenants;
    }

    /** Somebody who holds the right to publish is at it himself: false. */
    private boolean takenUp(String tenant) {
        AtomicBoolean tried = new AtomicBoolean();
        guarded(
                tenant,
                () -> publisher.exclusivelyIfFree(tenant, () -> {
                    tried.set(true);
                    LOG.log(Level.INFO, "what was left half done in tenant {0} is taken up", tenant);
                    publisher.recover(tenant);
                    if (ports.store().recomputeDue(tenant).isPresent()) {
                        publisher.values().bringUp(platform(tenant), publisher.load(tenant));
                    }
                    return true;
                }));
        return tried.get();
    }

    /** From here on work that does not come to its end is nobody's fault. */
    public void stop() {
        publisher.stop();
    }

    /** One tenant's trouble is told in the log and does not keep the others from starting. */
    public void resume() {
        ports.schema().resume();
        for (String tenant : ports.store().intents()) {
            guarded(tenant, () -> publisher.exclusivelyIfFree(tenant, () -> publisher.recover(tenant)));
        }
        for (TenantRow row : ports.store().tenants()) {
            if (!row.active()) {
                guarded(row.key(), () -> tenants.removeUnfinished(row.key()));
                continue;
            }
            guarded(
                    row.key(),
                    () -> publisher.exclusivelyIfFree(row.key(), () -> {
                        ports.schema().inForce(row.key(), row.version());
                        return true;
                    }));
            if (!row.platform().equals(shelf.platform())) {
                guarded(row.key(), () -> bringUp(row.key()));
            }
            if (ports.store().recomputeDue(row.key()).isPresent()) {
                guarded(
                        row.key(),
                        () -> publisher.exclusivelyIfFree(row.key(), () -> {
                            publisher.values().bringUp(platform(row.key()), publisher.load(row.key()));
                            return true;
                        }));
            }
            if (!ports.store().seedsDue(row.key()).isEmpty()) {
                guarded(
                        row.key(),
                        () -> publisher.exclusivelyIfFree(row.key(), () -> {
                            ports.store().seedsDue(row.key()).forEach(p -> seeds.insert(platform(row.key()), p));
                            return true;
                        }));
            }
        }
    }

    /** The program brings a newer system layer than the one the tenant's model was made with. */
    private void bringUp(String tenant) {
        Publication done = publisher.change(
                platform(tenant),
                false,
                current -> new Checked.Good<>(Draft.of(
                        current.layering(),
                        ModelVersion.Kind.PLATFORM_UPGRADED,
                        "",
                        List.of("the platform's own package has changed"))));
        if (done instanceof Publication.Refused refused) {
            throw refused.exception();
        }
    }

    private static void guarded(String tenant, Runnable work) {
        try {
            work.run();
        } catch (PlatformException refused) {
            boolean ours = refused.code().kind() == ErrorKind.INTERNAL;
            LOG.log(
                    Level.ERROR,
                    "tenant " + tenant + " could not be brought in order: "
                            + ErrorTexts.describe(refused, Locale.ENGLISH, PROBLEMS_TOLD),
                    ours ? refused : null);
        } catch (RuntimeException fault) {
            LOG.log(Level.ERROR, "tenant " + tenant + " could not be brought in order", fault);
        }
    }

    private static Identity platform(String tenant) {
        return new Identity(
                new ActingUser(tenant, new UUID(0, 0), "Tenon", Locale.ENGLISH, ZoneOffset.UTC),
                Identity.Kind.SYSTEM,
                Set.of());
    }
}
