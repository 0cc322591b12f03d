package dev.tenon.automation;

import dev.tenon.access.Identity;
import dev.tenon.approval.Approvals;
import dev.tenon.automation.internal.AsyncWork;
import dev.tenon.automation.internal.CsvRecords;
import dev.tenon.automation.internal.ExportWork;
import dev.tenon.automation.internal.FileCleanup;
import dev.tenon.automation.internal.HandOverWork;
import dev.tenon.automation.internal.ImportWork;
import dev.tenon.automation.internal.MatchKeyWork;
import dev.tenon.automation.internal.Node;
import dev.tenon.automation.internal.OutboxDelivery;
import dev.tenon.automation.internal.OwnNotifications;
import dev.tenon.automation.internal.RecycleBinPurge;
import dev.tenon.automation.internal.StoredExports;
import dev.tenon.automation.internal.StoredHandOvers;
import dev.tenon.automation.internal.StoredImports;
import dev.tenon.automation.internal.StoredRequests;
import dev.tenon.automation.internal.Worker;
import dev.tenon.automation.port.AsyncStore;
import dev.tenon.automation.port.ExportFiles;
import dev.tenon.automation.port.ExportQuery;
import dev.tenon.automation.port.ExportStore;
import dev.tenon.automation.port.HandOverStore;
import dev.tenon.automation.port.IdentitySource;
import dev.tenon.automation.port.ImportStore;
import dev.tenon.automation.port.Interruption;
import dev.tenon.automation.port.MatchKeyBuilds;
import dev.tenon.automation.port.OutboxQueue;
import dev.tenon.automation.port.RequestRunner;
import dev.tenon.records.MatchedFields;
import dev.tenon.records.Records;
import dev.tenon.records.port.BlobStore;
import dev.tenon.records.port.FilePorts;
import dev.tenon.records.port.ModelSource;
import dev.tenon.records.port.RecycleBinStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** This room, put together. One for each node. Safe for use by several threads. */
public final class Automation implements AutoCloseable {

    /** What other nodes have left in the outbox waits this long at most, plus the claim that must run out. */
    private static final Duration OUTBOX_SWEEP = Duration.ofSeconds(3);

    private static final Duration JOB_SWEEP = Duration.ofSeconds(5);

    /** Entries stay for days; an hour more matters to nobody. */
    private static final Duration BIN_SWEEP = Duration.ofHours(1);

    /** What is not needed any more costs nothing but room. */
    private static final Duration FILE_SWEEP = Duration.ofHours(6);

    private static final int TENANTS_AT_ONCE = 4;
    private static final int IMPORTS_AT_ONCE = 2;
    private static final int BINS_AT_ONCE = 1;
    private static final int FILES_AT_ONCE = 1;
    private static final int EXPORTS_AT_ONCE = 2;
    /** One that takes long must not keep a tenant's others waiting. */
    private static final int REQUESTS_OF_TENANT_AT_ONCE = 2;

    private static final int BUILDS_AT_ONCE = 1;

    private final Imports imports;
    private final Notifications notifications;
    private final CsvRecords csv;
    private final Ports ports;
    private final List<Worker> workers = new ArrayList<>();
    private final Worker outbox;
    private final Exports exports;
    private final AsyncRequests asyncRequests;
    private final HandOvers handOvers;
    private final Set<String> wanted;
    private volatile boolean closed;

    /**
     * What this room needs.
     *
     * @param tenants keys of all tenants
     * @param exportQuery asked for when the first export runs: who can read lists is made after this room
     * @param importsKept how long files of imports that have ended are
     * @param exportsKept how long files of exports are
     * @param handOvers for what is given from one person to another
     * @param async for requests to the data API that are answered later
     * @param consumers who gets events from the outboxes
     */
    public record Ports(
            OutboxQueue outbox,
            ImportStore imports,
            ExportStore exports,
            ExportFiles exportFiles,
            Supplier<ExportQuery> exportQuery,
            Duration importsKept,
            Duration exportsKept,
            AsyncPorts async,
            HandOverPorts handOvers,
            MatchKeyBuilds matchKeys,
            MatchedFields matched,
            RecycleBinStore bin,
            Records records,
            ModelSource models,
            FilePorts files,
            IdentitySource identities,
            Supplier<List<String>> tenants,
            List<OutboxConsumer> consumers,
            InstantSource time) {}

    /** @param runner asked for when the first request runs */
    public record AsyncPorts(
            AsyncStore store, Supplier<RequestRunner> runner, Interruption interruption, AsyncRequests.Limits limits) {}

    /** @param approvals asked for when the first hand-over runs */
    public record HandOverPorts(HandOverStore store, HandOvers.Rules rules, Supplier<Approvals> approvals) {}

    public Automation(Ports ports) {
        this.ports = ports;
        this.wanted =
                ports.consumers().stream().flatMap(c -> c.topics().stream()).collect(Collectors.toUnmodifiableSet());
        Node node = new Node(UUID.randomUUID().toString(), ports.time(), () -> closed);
        OutboxDelivery delivery = new OutboxDelivery(ports.outbox(), ports.consumers(), node);
        this.outbox = worker("outbox", delivery::run, OUTBOX_SWEEP, TENANTS_AT_ONCE);
        this.imports = imports(node);
        this.exports = exports(node);
        this.asyncRequests = asyncRequests(node);
        this.handOvers = handOvers(node);
        MatchKeyWork keys = new MatchKeyWork(ports.matchKeys(), ports.matched(), ports.models(), node);
        worker("match-keys", keys::run, JOB_SWEEP, BUILDS_AT_ONCE);
        RecycleBinPurge purge = new RecycleBinPurge(ports.bin(), node);
        worker("recycle-bin", purge::run, BIN_SWEEP, BINS_AT_ONCE);
        FileCleanup cleanup =
                new FileCleanup(ports.files().files(), ports.files().blobs(), ports.models(), node);
        worker("files", cleanup::run, FILE_SWEEP, FILES_AT_ONCE);
        this.notifications = new OwnNotifications(ports.records());
        this.csv = new CsvRecords(ports.records());
    }

    private Worker worker(String name, Consumer<String> work, Duration sweep, int tenantsAtOnce) {
        Worker worker = new Worker(name, ports.tenants(), work, sweep, tenantsAtOnce);
        workers.add(worker);
        return worker;
    }

    private Imports imports(Node node) {
        BlobStore blobs = ports.files().blobs();
        ImportWork work =
                new ImportWork(ports.imports(), blobs, ports.records(), ports.identities(), ports.importsKept(), node);
        worker("import-files", work::purge, BIN_SWEEP, BINS_AT_ONCE);
        Worker worker = worker("imports", work::run, JOB_SWEEP, IMPORTS_AT_ONCE);
        return new StoredImports(ports.imports(), blobs, ports.records(), ports.models(), ports.time(), worker::wake);
    }

    private Exports exports(Node node) {
        ExportWork work = new ExportWork(
                ports.exports(),
                ports.exportFiles(),
                ports.exportQuery(),
                ports.records(),
                ports.identities(),
                ports.exportsKept(),
                node);
        Worker worker = worker("exports", work::run, JOB_SWEEP, EXPORTS_AT_ONCE);
        worker("export-files", work::purge, BIN_SWEEP, BINS_AT_ONCE);
        return new StoredExports(ports.exports(), ports.exportFiles(), ports.exportQuery(), ports.time(), worker::wake);
    }

    private AsyncRequests asyncRequests(Node node) {
        AsyncPorts async = ports.async();
        AsyncWork work = new AsyncWork(
                async.store(), async.runner(), async.interruption(), ports.identities(), async.limits(), node);
        List<Worker> lanes = IntStream.rangeClosed(1, REQUESTS_OF_TENANT_AT_ONCE)
                .mapToObj(lane -> worker("requests-" + lane, work::run, JOB_SWEEP, EXPORTS_AT_ONCE))
                .toList();
        worker("answers", work::purge, BIN_SWEEP, BINS_AT_ONCE);
        return new StoredRequests(
                async.store(),
                async.limits(),
                ports.time(),
                tenant -> lanes.forEach(lane -> lane.wake(tenant)),
                work::stop);
    }

    private HandOvers handOvers(Node node) {
        HandOverPorts needed = ports.handOvers();
        Worker worker = worker(
                "hand-overs",
                tenant -> new HandOverWork(
                                needed.store(),
                                ports.records(),
                                needed.approvals().get(),
                                ports.identities(),
                                node)
                        .run(tenant),
                JOB_SWEEP,
                BUILDS_AT_ONCE);
        return new StoredHandOvers(needed.store(), needed.rules(), ports.time(), worker::wake);
    }

    public HandOvers handOvers() {
        return handOvers;
    }

    public Imports imports() {
        return imports;
    }

    public Exports exports() {
        return exports;
    }

    public AsyncRequests asyncRequests() {
        return asyncRequests;
    }

    public Notifications notifications() {
        return notifications;
    }

    /**
     * Begins to deliver events, to run imports and exports, to delete what was kept long enough and to remove files that
     * nobody has.
     */
    public void start() {
        workers.forEach(Worker::start);
    }

    /** Whether a consumer exists for events of the topic. */
    public boolean wants(String topic) {
        return wanted.contains(topic);
    }

    /** To be called after a commit that has appended events: they are delivered at once. */
    public void wake(String tenant) {
        outbox.wake(tenant);
    }

    /**
     * Inserts every row of a CSV text, or none: a package's initial data. Joins the thread's transaction.
     *
     * @throws dev.tenon.sdk.error.PlatformException {@code automation.row-refused} with the line
     */
    public void insertRows(Identity identity, String object, String text) {
        csv.insert(identity, object, text);
    }

    /** Ends after the events and the rows that are being worked on; the rest goes on at the next start, or elsewhere. */
    @Override
    public void close() {
        closed = true;
        workers.forEach(Worker::close);
    }
}
