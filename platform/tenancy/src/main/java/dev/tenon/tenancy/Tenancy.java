package dev.tenon.tenancy;

import dev.tenon.records.ComputedFields;
import dev.tenon.records.ModelCompiler;
import dev.tenon.records.Records;
import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.tenancy.internal.ClassPathPackages;
import dev.tenon.tenancy.internal.TenancyParts;
import dev.tenon.tenancy.port.CodeChecks;
import dev.tenon.tenancy.port.InitialData;
import dev.tenon.tenancy.port.ModelChangeFeed;
import dev.tenon.tenancy.port.PublicationVeto;
import dev.tenon.tenancy.port.SchemaEvolution;
import dev.tenon.tenancy.port.TenancyStore;
import dev.tenon.tenancy.port.TenantRemains;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** This room, put together. One for each node. Safe for use by several threads. */
public final class Tenancy implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Tenancy.class.getName());

    private final TenantModels models;
    private final TenancyParts parts;
    private final ModelChangeFeed changes;
    private final ScheduledExecutorService sweeper;

    /** Data is kept for days. */
    private static final long SWEEP_MINUTES = 60;

    /**
     * What this room needs.
     *
     * @param records asked for at first use, because records themselves need {@link Tenancy#models}
     * @param computed likewise
     * @param initialData likewise
     * @param remains what goes with a tenant, in this order; accounts first, so that nobody gets in any more
     * @param veto what may speak against a model that is right in itself
     */
    public record Ports(
            TenancyStore store,
            ModelChangeFeed changes,
            SchemaEvolution schema,
            ModelCompiler compiler,
            CodeChecks code,
            Supplier<Records> records,
            Supplier<ComputedFields> computed,
            Supplier<InitialData> initialData,
            List<TenantRemains> remains,
            PublicationVeto veto,
            InstantSource time) {}

    public Tenancy(Ports ports) {
        this(ports, TenantModels.STANDARD_MOST);
    }

    /** @param loadedModels tenants whose models this node keeps in memory */
    public Tenancy(Ports ports, int loadedModels) {
        this.changes = ports.changes();
        this.sweeper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("kept-data").factory());
        this.models = new TenantModels(loadedModels, ports.schema()::unloaded);
        this.parts = new TenancyParts(ports, models, models::swap, models::forget);
        models.loadWith(parts::load);
    }

    public TenantModels models() {
        return models;
    }

    public Tenants tenants() {
        return parts.tenants();
    }

    public Customizing customizing() {
        return parts.customizing();
    }

    public Packages packages() {
        return parts.packages();
    }

    /** Adds the packages that come with the program, in {@code tenon/packages/} on the class path, to the repository. */
    public void addPackages(ClassLoader loader) {
        add(ClassPathPackages.onClassPath(loader));
    }

    /** Adds every package in a folder, at any depth, to the repository. */
    public void addPackages(Path folder) {
        add(ClassPathPackages.inFolder(folder));
    }

    /** What cannot be added is told in the log and left out: the others, and what is installed, go on. */
    private void add(List<Map<String, byte[]>> found) {
        for (Map<String, byte[]> files : found) {
            parts.addQuietly(files)
                    .ifPresent(refused -> LOG.log(Level.WARNING, "a package is not taken: " + text(refused)));
        }
    }

    private static String text(PlatformException refused) {
        return ErrorTexts.describe(refused, Locale.ENGLISH, TenancyParts.PROBLEMS_TOLD);
    }

    /**
     * To be called once at start, before the first request: ends what a crash has interrupted, brings tenants up to the
     * platform's own package of this program, and begins to follow other nodes' changes.
     */
    public void start() {
        parts.resume();
        changes.start(models::follow);
        again(parts::purge, Duration.ofMinutes(SWEEP_MINUTES));
        again(parts::takeUp, TenancyParts.LOOK);
    }

    /** One time that fails, because the database is away, must not be the last one. */
    private void again(Runnable work, Duration pause) {
        Runnable guarded = () -> {
            try {
                work.run();
            } catch (RuntimeException fault) {
                if (!sweeper.isShutdown()) {
                    LOG.log(Level.WARNING, "could not look what is to be brought in order; looking again", fault);
                }
            }
        };
        sweeper.scheduleWithFixedDelay(guarded, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Removes data of deleted fields and objects whose time is over; done by itself each hour. */
    public void purge() {
        parts.purge();
    }

    @Override
    public void close() {
        parts.stop();
        sweeper.shutdownNow();
        changes.close();
    }
}
