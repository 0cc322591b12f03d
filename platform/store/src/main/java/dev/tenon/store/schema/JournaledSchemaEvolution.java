package dev.tenon.store.schema;

import dev.tenon.metadata.model.Model;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.StoreError;
import dev.tenon.store.automation.JooqMatchKeyBuilds;
import dev.tenon.tenancy.KeptData;
import dev.tenon.tenancy.RetypeLoss;
import dev.tenon.tenancy.RetypeLosses;
import dev.tenon.tenancy.SchemaChange;
import dev.tenon.tenancy.port.SchemaEvolution;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Schema changes as journaled lists of idempotent steps. Safe for use by several threads and nodes; not to be called
 * inside a transaction, because H2 commits with every change of a table.
 */
public final class JournaledSchemaEvolution implements SchemaEvolution {

    private static final Logger LOG = System.getLogger(JournaledSchemaEvolution.class.getName());

    /** What the journal says of a change that the process did not survive. */
    private static final String INTERRUPTED = "interrupted";

    /** What it says of one whose steps another version of the program has written. */
    private static final String UNKNOWN_STEPS = "unknown-steps";

    /** How long a change that somebody sees and may cancel waits for others to end what they are at. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Database database;
    private final Catalogue catalogue;
    private final SchemaJournal journal;
    private final SchemaSteps steps;
    private final JooqMatchKeyBuilds matchKeys;
    private final OnlinePlan online;
    private final DataPreconditions data;
    private final TenantLocks locks;
    private final KeptColumns kept;
    private final ComputingJobs jobs;
    private final StepListener listener;
    private final RegisteredSchemas schemas;

    public JournaledSchemaEvolution(Database database, Catalogue catalogue) {
        this(database, catalogue, SchemaSettings.STANDARD, StepListener.NONE);
    }

    /** @param listener told about every step, on the thread that does it */
    public JournaledSchemaEvolution(
            Database database, Catalogue catalogue, SchemaSettings settings, StepListener listener) {
        this.database = database;
        this.catalogue = catalogue;
        this.journal = new SchemaJournal(database);
        this.online = new OnlinePlan(database, settings.onlineRows());
        this.steps = new SchemaSteps(database, catalogue, online::isLarge);
        this.matchKeys = new JooqMatchKeyBuilds(database);
        this.data = new DataPreconditions(database, catalogue);
        this.locks = new TenantLocks(database);
        this.jobs = new ComputingJobs(database, catalogue, journal, listener);
        this.kept = new KeptColumns(database, settings.keep());
        this.listener = listener;
        this.schemas = new RegisteredSchemas(database);
    }

    @Override
    public void createTenant(String tenant) {
        locks.holding(tenant, () -> {
            schemas.create(tenant);
            return true;
        });
    }

    @Override
    public void dropTenant(String tenant) {
        locks.holding(tenant, () -> {
            schemas.drop(tenant, () -> journal.forgetTenant(tenant));
            catalogue.unload(tenant);
            return true;
        });
    }

    @Override
    public void unloaded(String tenant) {
        catalogue.unload(tenant);
    }

    /** Also refuses what {@link #evolve} would refuse. */
    @Override
    public List<String> plan(String tenant, Wanted wanted) {
        SchemaPlan plan = planned(tenant, wanted);
        data.require(tenant, plan.preconditions(), wanted);
        return plan.steps().stream().map(SchemaStep::describe).toList();
    }

    private SchemaPlan planned(String tenant, Wanted wanted) {
        schemas.require(tenant);
        return plan(tenant, catalogue.read(tenant), wanted);
    }

    private SchemaPlan plan(String tenant, CatalogueContent have, Wanted wanted) {
        return SchemaPlan.of(
                have,
                wanted.model(),
                new LiveTableData(database, data, online, tenant, wanted),
                catalogue.settled(tenant));
    }

    @Override
    public RetypeLosses losses(String tenant, Wanted wanted) {
        return data.losses(tenant, planned(tenant, wanted).preconditions());
    }

    @Override
    public List<UUID> losingRecords(String tenant, Wanted wanted, RetypeLoss loss, int limit) {
        return data.records(tenant, planned(tenant, wanted).preconditions(), loss, limit);
    }

    @Override
    public void evolve(String tenant, Wanted wanted, Initiator by, Consumer<UUID> background) {
        Model target = wanted.model();
        locks.holding(tenant, () -> {
            schemas.require(tenant);
            journal.unfinished(tenant).forEach(this::settle);
            CatalogueContent have = catalogue.read(tenant);
            SchemaPlan plan = plan(tenant, have, wanted);
            data.require(tenant, plan.preconditions(), wanted);
            RetypeLosses seen = data.losses(tenant, plan.preconditions());
            if (!plan.steps().isEmpty()) {
                SchemaJournal.Change change =
                        journal.begin(tenant, target.fingerprint(), online.of(tenant, have, target, plan.steps()), by);
                if (change.takesTime()) {
                    background.accept(change.id());
                }
                Runnable waits = () -> background.accept(change.id());
                finish(change, PATIENCE, change.takesTime() ? () -> {} : waits, () -> {
                    // Whoever wrote meanwhile may have written something that would be lost.
                    if (change.takesTime()) {
                        data.requireNoMore(tenant, plan.conversionsIn(catalogue.read(tenant)), seen);
                    }
                });
                steps.recasts().settleAtSwitch(tenant);
            }
            new LostReferences(database, catalogue).release(tenant, plan.preconditions());
            return true;
        });
    }

    @Override
    public void inForce(String tenant, long version) {
        listener.switched(tenant, version);
        if (new ColumnVersions(database).former(tenant).stream().allMatch(CatalogueContent.Former::settled)) {
            return;
        }
        locks.holding(tenant, () -> {
            try {
                catalogue.read(tenant).former().stream()
                        .filter(former -> !former.settled())
                        .forEach(former -> {
                            if (former.until() <= version) {
                                steps.recasts().settle(tenant, catalogue.read(tenant), former);
                            } else {
                                steps.recasts().takeBack(tenant, catalogue.read(tenant), former);
                            }
                        });
            } finally {
                catalogue.forget(tenant);
            }
            return true;
        });
    }

    @Override
    public void keep(String tenant, Model inForce, Instant now) {
        locks.holding(tenant, () -> {
            CatalogueContent have = catalogue.read(tenant);
            kept.note(tenant, have, inForce, now);
            List<SchemaStep> indexes =
                    SchemaPlan.of(have, inForce, TableData.fitting(inForce), catalogue.settled(tenant)).steps().stream()
                            .filter(step -> step instanceof SchemaStep.DropIndex || step instanceof SchemaStep.AddIndex)
                            .toList();
            if (!indexes.isEmpty()) {
                finish(journal.begin(
                        tenant, inForce.fingerprint(), online.of(tenant, have, inForce, indexes), Initiator.PLATFORM));
            }
            return true;
        });
    }

    @Override
    public List<KeptData> kept(String tenant) {
        return kept.all(tenant, catalogue.read(tenant));
    }

    @Override
    public boolean purge(String tenant, Model inForce, Instant now) {
        return locks.holding(tenant, () -> {
            schemas.require(tenant);
            journal.unfinished(tenant).forEach(this::settle);
            CatalogueContent have = catalogue.read(tenant);
            kept.note(tenant, have, inForce, now);
            List<KeptColumns.Piece> expired = kept.expired(tenant, now);
            if (expired.isEmpty()) {
                return false;
            }
            List<SchemaStep> gone = KeptSteps.of(have, expired);
            // Together: a process that ends here has done nothing, later it leaves a change that is finished by the
            // next.
            finish(database.transactions().inTransaction(() -> {
                expired.stream()
                        .filter(piece -> !piece.isObject())
                        .forEach(piece -> catalogue.forgetColumns(tenant, piece.object(), List.of(piece.column())));
                new KeptTraces(database).forget(tenant, expired);
                kept.purged(tenant, expired, now);
                CatalogueContent then = catalogue.read(tenant);
                return journal.begin(
                        tenant, inForce.fingerprint(), online.of(tenant, then, inForce, gone), Initiator.PLATFORM);
            }));
            return true;
        });
    }

    @Override
    public boolean isLarge(String tenant, Set<String> objects) {
        return jobs.tables(tenant, objects).anyMatch(table -> online.isLarge(tenant, table));
    }

    @Override
    public void computing(String tenant, Model inForce, List<String> objects, Initiator by, Consumer<Computing> work) {
        if (database.dialect().transactionalSchemaChanges()) {
            // A node that starts meanwhile has to see that somebody is at it.
            locks.holding(tenant, () -> {
                jobs.run(tenant, inForce, objects, by, work);
                return true;
            });
        } else {
            jobs.run(tenant, inForce, objects, by, work);
        }
    }

    @Override
    public List<SchemaChange> changes(String tenant, int limit) {
        return Stream.concat(journal.background(tenant, limit).stream(), matchKeys.changes(tenant, limit).stream())
                .sorted(Comparator.comparing(SchemaChange::startedAt).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public boolean cancel(String tenant, UUID change) {
        boolean removal =
                journal.unfinished(tenant).stream().anyMatch(open -> open.id().equals(change) && open.removesData());
        return !removal && journal.requestCancel(tenant, change) || matchKeys.cancel(tenant, change, Instant.now());
    }

    /**
     * Ends what an interruption has left. Short steps are done: they harm nobody. The first one that takes its time is
     * taken back: nobody waits for its model any more, and who starts the program should not wait for it either.
     */
    private void settle(SchemaJournal.Change change) {
        if (!change.known()) {
            // What is missing is planned anew from what the catalogue knows; what is too much harms nobody.
            LOG.log(
                    Level.WARNING,
                    "a change of tenant {0} was begun by another version of the program, and is given up",
                    change.tenant());
            journal.giveUp(change.id(), UNKNOWN_STEPS);
            return;
        }
        if (journal.isComputing(change.id())) {
            journal.giveUp(change.id(), INTERRUPTED);
            return;
        }
        if (change.removesData()) {
            remove(change);
            return;
        }
        if (!change.takesTime()) {
            finish(change);
            return;
        }
        try {
            for (Map.Entry<Integer, SchemaStep> open : change.open().entrySet()) {
                if (open.getValue().takesTime()) {
                    steps.abandon(change.tenant(), open.getValue());
                    break;
                }
                run(change, open.getKey(), open.getValue(), GivingWay.PATIENCE, () -> {});
            }
            journal.giveUp(change.id(), INTERRUPTED);
        } finally {
            catalogue.forget(change.tenant());
        }
    }

    /** Columns that cannot go yet, because somebody is at work on the table, go with the next change or purge. */
    private void remove(SchemaJournal.Change change) {
        try {
            finish(change);
        } catch (PlatformException e) {
            boolean later = change.open().values().stream().allMatch(SchemaStep.DropColumns.class::isInstance);
            if (!later) {
                throw e;
            }
            LOG.log(Level.WARNING, "data of tenant " + change.tenant() + " are not removed yet", e);
        }
    }

    private void finish(SchemaJournal.Change change) {
        finish(change, GivingWay.PATIENCE, () -> {}, () -> {});
    }

    private void finish(SchemaJournal.Change change, Duration patience, Runnable background, Runnable check) {
        String tenant = change.tenant();
        AtomicBoolean halfDone = new AtomicBoolean();
        try {
            change.open()
                    .forEach((ordinal, step) -> runOrTakeBack(change, ordinal, step, patience, background, halfDone));
            check.run();
            if (!journal.closeForCancelling(change.id())) {
                throw StepProgress.cancelled(tenant);
            }
            journal.end(change.id());
        } catch (PlatformException e) {
            boolean cancelled = e.code() == StoreError.SCHEMA_CHANGE_CANCELLED;
            if (halfDone.get()) {
                LOG.log(Level.WARNING, "a change of tenant {0} is yet to be taken back", tenant);
            } else if (cancelled) {
                journal.endCancelled(change.id());
            } else if (!change.removesData()) {
                journal.giveUp(change.id(), e.code().id());
            }
            // What passes by itself is told as it is: the caller may try again.
            boolean passing = e.code() == StoreError.CONNECTION_LOST || e.code() == StoreError.DISK_FULL;
            if (cancelled || passing || e.code() == StoreError.SCHEMA_CHANGE_REFUSED) {
                throw e;
            }
            throw StoreError.SCHEMA_CHANGE_FAILED
                    .error()
                    .with("tenant", tenant)
                    .with("reason", e.code().id())
                    .causedBy(e)
                    .build();
        } finally {
            catalogue.forget(tenant);
        }
    }

    /** @param halfDone set where the step is left as it is: its journal stays open, and whoever comes next takes it back */
    private void runOrTakeBack(
            SchemaJournal.Change change,
            int ordinal,
            SchemaStep step,
            Duration patience,
            Runnable background,
            AtomicBoolean halfDone) {
        try {
            run(change, ordinal, step, patience, background);
        } catch (PlatformException e) {
            try {
                steps.abandon(change.tenant(), step);
            } catch (PlatformException second) {
                halfDone.set(step.takesTime());
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private void run(
            SchemaJournal.Change change, int ordinal, SchemaStep step, Duration patience, Runnable background) {
        String tenant = change.tenant();
        StepProgress progress = new StepProgress(
                journal, change, patience, background, done -> listener.progressed(tenant, ordinal, step, done));
        steps.run(
                tenant,
                step,
                progress,
                () -> listener.applied(tenant, ordinal, step),
                () -> journal.markDone(change.id(), ordinal));
        listener.marked(tenant, ordinal, step);
    }

    @Override
    public List<String> unfinished() {
        return journal.tenantsWithUnfinished();
    }

    @Override
    public List<String> resume() {
        Set<String> concerned = new LinkedHashSet<>(bringPlatformTablesUp());
        for (String tenant : unfinished()) {
            LOG.log(Level.INFO, "completing an interrupted schema change of tenant {0}", tenant);
            try {
                boolean free = locks.holdingIfFree(
                        tenant, () -> journal.unfinished(tenant).forEach(this::settle));
                if (free) {
                    concerned.add(tenant);
                }
            } catch (PlatformException e) {
                // Given up and kept in the journal; whoever publishes the model again is told. Other tenants go on.
                LOG.log(Level.ERROR, "the schema change of tenant " + tenant + " could not be completed", e);
                concerned.add(tenant);
            }
        }
        return List.copyOf(concerned);
    }

    /** A newer program may bring files for the platform's tables in every tenant's schema. */
    private List<String> bringPlatformTablesUp() {
        List<String> behind = schemas.behind();
        for (String tenant : behind) {
            locks.holding(tenant, () -> {
                schemas.bringUp(tenant);
                return true;
            });
        }
        return behind;
    }
}
