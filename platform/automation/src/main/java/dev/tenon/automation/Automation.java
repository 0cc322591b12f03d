package dev.tenon.automation;

import dev.tenon.access.Identity;
import dev.tenon.automation.internal.AsyncWork;
import dev.tenon.automation.internal.CsvRecords;
import dev.tenon.automation.internal.ExportWork;
import dev.tenon.automation.internal.FileCleanup;
import dev.tenon.automation.internal.ImportWork;
import dev.tenon.automation.internal.MatchKeyWork;
import dev.tenon.automation.internal.OutboxDelivery;
import dev.tenon.automation.internal.OwnNotifications;
import dev.tenon.automation.internal.RecycleBinPurge;
import dev.tenon.automation.internal.StoredExports;
import dev.tenon.automation.internal.StoredImports;
import dev.tenon.automation.internal.StoredRequests;
import dev.tenon.automation.internal.Worker;
import dev.tenon.automation.port.AsyncStore;
import dev.tenon.automation.port.ExportFiles;
import dev.tenon.automation.port.ExportQuery;
import dev.tenon.automation.port.ExportStore;
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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** This room, put together. One for each node. Safe for use by several threads. */
public final class Automation implements AutoCloseable {

    /** What other nodes have left in the outbox waits this long at most, plus the claim that must run out. */
    private static final Duration OUTBOX_SWEEP = Duration.ofSeconds(3);

    private static final Duration IMPORT_SWEEP = Duration.ofSeconds(5);

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
    private final Worker outboxWorker;
    private final Worker importWorker;
    private final Worker binWorker;
    private final Worker fileWorker;
    private final Worker exportWorker;
    private final Worker exportPurge;
    private final Worker matchKeyWorker;
    private final Exports exports;
    private final List<Worker> requestWorkers;
    private final Worker requestPurge;
    private final AsyncRequests asyncRequests;
    private final Set<String> wanted;
    private volatile boolean closed;

    /**
     * What this room needs.
     *
     * @param tenants keys of all tenants
     * @param exportQuery asked for when the first export runs: who can read lists is made after this room
     * @param exportsKept how long files of exports are
     * @param async for requests to the data API that are answered later
     * @param consumers who gets events from the outboxes
     */
    public record Ports(
            OutboxQueue outbox,
            ImportStore imports,
            ExportStore exports,
            ExportFiles exportFiles,
            Supplier<ExportQuery> exportQuery,
            Duration exportsKept,
            AsyncPorts async,
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

    public Automation(Ports ports) {
        this.wanted =
                ports.consumers().stream().flatMap(c -> c.topics().stream()).collect(Collectors.toUnmodifiableSet());
        String node = UUID.randomUUID().toString();
        OutboxDelivery delivery = new OutboxDelivery(ports.outbox(), ports.consumers(), ports.time(), () -> closed);
        this.outboxWorker = new Worker("outbox", ports.tenants(), delivery::run, OUTBOX_SWEEP, TENANTS_AT_ONCE);
        BlobStore blobs = ports.files().blobs();
        ImportWork work = new ImportWork(
                ports.imports(), blobs, ports.records(), ports.identities(), ports.time(), node, () -> closed);
        this.importWorker = new Worker("imports", ports.tenants(), work::run, IMPORT_SWEEP, IMPORTS_AT_ONCE);
        ExportWork exportWork = new ExportWork(
                ports.exports(),
                ports.exportFiles(),
                ports.exportQuery(),
                ports.records(),
                ports.identities(),
                ports.time(),
                ports.exportsKept(),
                node,
                () -> closed);
        this.exportWorker = new Worker("exports", ports.tenants(), exportWork::run, IMPORT_SWEEP, EXPORTS_AT_ONCE);
        this.exportPurge = new Worker("export-files", ports.tenants(), exportWork::purge, BIN_SWEEP, BINS_AT_ONCE);
        this.exports = new StoredExports(
                ports.exports(), ports.exportFiles(), ports.exportQuery(), ports.time(), exportWorker::wake);
        AsyncPorts async = ports.async();
        AsyncWork asyncWork = new AsyncWork(
                async.store(),
                async.runner(),
                async.interruption(),
                ports.identities(),
                ports.time(),
                async.limits(),
                node,
                () -> closed);
        this.requestWorkers = IntStream.rangeClosed(1, REQUESTS_OF_TENANT_AT_ONCE)
                .mapToObj(lane ->
                        new Worker("requests-" + lane, ports.tenants(), asyncWork::run, IMPORT_SWEEP, EXPORTS_AT_ONCE))
                .toList();
        this.requestPurge = new Worker("answers", ports.tenants(), asyncWork::purge, BIN_SWEEP, BINS_AT_ONCE);
        this.asyncRequests = new StoredRequests(
                async.store(),
                async.limits(),
                ports.time(),
                tenant -> requestWorkers.forEach(worker -> worker.wake(tenant)),
                asyncWork::stop);
        RecycleBinPurge purge = new RecycleBinPurge(ports.bin(), ports.time(), () -> closed);
        this.binWorker = new Worker("recycle-bin", ports.tenants(), purge::run, BIN_SWEEP, BINS_AT_ONCE);
        FileCleanup cleanup = new FileCleanup(ports.files().files(), blobs, ports.models(), ports.time(), () -> closed);
        this.fileWorker = new Worker("files", ports.tenants(), cleanup::run, FILE_SWEEP, FILES_AT_ONCE);
        MatchKeyWork keys =
                new MatchKeyWork(ports.matchKeys(), ports.matched(), ports.models(), ports.time(), node, () -> closed);
        this.matchKeyWorker = new Worker("match-keys", ports.tenants(), keys::run, IMPORT_SWEEP, BUILDS_AT_ONCE);
        this.imports = new StoredImports(
                ports.imports(), blobs, ports.records(), ports.models(), ports.time(), importWorker::wake);
        this.notifications = new OwnNotifications(ports.records());
        this.csv = new CsvRecords(ports.records());
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
        outboxWorker.start();
        importWorker.start();
        binWorker.start();
        fileWorker.start();
        exportWorker.start();
        exportPurge.start();
        requestWorkers.forEach(Worker::start);
        requestPurge.start();
        matchKeyWorker.start();
    }

    /** Whether a consumer exists for events of the topic. */
    public boolean wants(String topic) {
        return wanted.contains(topic);
    }

    /** To be called after a commit that has appended events: they are delivered at once. */
    public void wake(String tenant) {
        outboxWorker.wake(tenant);
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
        outboxWorker.close();
        importWorker.close();
        binWorker.close();
        fileWorker.close();
        exportWorker.close();
        exportPurge.close();
        requestWorkers.forEach(Worker::close);
        requestPurge.close();
        matchKeyWorker.close();
    }
}
