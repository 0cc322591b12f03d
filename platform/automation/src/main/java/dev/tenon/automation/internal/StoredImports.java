package dev.tenon.automation.internal;

import dev.tenon.access.Identity;
import dev.tenon.automation.AutomationError;
import dev.tenon.automation.ImportPreview;
import dev.tenon.automation.ImportStatus;
import dev.tenon.automation.Imports;
import dev.tenon.automation.internal.table.RowSource;
import dev.tenon.automation.internal.table.TableFormat;
import dev.tenon.automation.port.ImportStore;
import dev.tenon.automation.port.ImportStore.Job;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import dev.tenon.records.port.BlobStore;
import dev.tenon.records.port.ModelSource;
import dev.tenon.sdk.record.RecordIds;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Imports as rows of the tenant's own tables; whoever has time runs them. */
public final class StoredImports implements Imports {

    /** A million rows of a hundred characters. */
    static final long MOST_BYTES = 100L * 1024 * 1024;

    /** One person's hundred files must not keep the others waiting for hours. */
    private static final int MOST_OPEN = 20;

    private static final int LISTED = 100;
    private static final int MOST_NAME_CHARS = 200;

    private final ImportStore store;
    private final BlobStore blobs;
    private final Records records;
    private final ModelSource models;
    private final InstantSource time;
    private final Consumer<String> wake;

    public StoredImports(
            ImportStore store,
            BlobStore blobs,
            Records records,
            ModelSource models,
            InstantSource time,
            Consumer<String> wake) {
        this.store = store;
        this.blobs = blobs;
        this.records = records;
        this.models = models;
        this.time = time;
        this.wake = wake;
    }

    @Override
    public ImportPreview preview(Identity identity, Request request, InputStream file) {
        requireRight(identity);
        RecordSession session = records.open(identity, HistoryEntry.Channel.IMPORT);
        return new PreviewReading(session, request).read(file, MOST_BYTES);
    }

    @Override
    public ImportStatus start(Identity identity, Request request, InputStream file) {
        requireRight(identity);
        String tenant = identity.tenant();
        requireRoom(tenant);
        RecordSession session = records.open(identity, HistoryEntry.Channel.IMPORT);
        session.access(request.object());
        BlobStore.Stored kept = blobs.put(tenant, file, MOST_BYTES);
        if (kept.size() == 0) {
            throw AutomationError.FILE_EMPTY.error().build();
        }
        TableFormat format = TableFormat.detect(() -> open(tenant, kept.hash()), request.file());
        List<String> columns = new ColumnMatching(
                        session, request.object(), request.mapping(), request.keyField(), request.mode())
                .match(titles(format, open(tenant, kept.hash())));
        return add(
                tenant,
                new Job(
                        RecordIds.next(),
                        request.object(),
                        shortened(request.fileName()),
                        kept.hash(),
                        format.form(),
                        columns,
                        request.keyField().orElse(""),
                        request.mode(),
                        request.dryRun(),
                        request.duplicates(),
                        identity.user().id(),
                        ImportStatus.State.QUEUED,
                        -1,
                        0,
                        0,
                        0,
                        0,
                        time.instant(),
                        null,
                        null,
                        null));
    }

    private void requireRoom(String tenant) {
        if (store.open(tenant) >= MOST_OPEN) {
            throw AutomationError.TOO_MANY_IMPORTS
                    .error()
                    .with("limit", MOST_OPEN)
                    .build();
        }
    }

    private ImportStatus add(String tenant, Job job) {
        store.add(tenant, job);
        wake.accept(tenant);
        return status(job, List.of());
    }

    @Override
    public ImportStatus startTried(Identity identity, UUID dryRun) {
        Job tried = requireOwn(identity, dryRun);
        if (!tried.dryRun() || tried.state() != ImportStatus.State.DONE) {
            throw AutomationError.NOT_A_DRY_RUN.error().with("id", dryRun).build();
        }
        requireFile(tried);
        requireRoom(identity.tenant());
        return add(
                identity.tenant(),
                new Job(
                        RecordIds.next(),
                        tried.object(),
                        tried.fileName(),
                        tried.content(),
                        tried.form(),
                        tried.columns(),
                        tried.keyField(),
                        tried.mode(),
                        false,
                        tried.duplicates(),
                        identity.user().id(),
                        ImportStatus.State.QUEUED,
                        tried.total(),
                        0,
                        0,
                        0,
                        0,
                        time.instant(),
                        null,
                        null,
                        null));
    }

    /** Names are only shown; nobody gives a file a longer one by hand. */
    private static String shortened(String fileName) {
        return fileName.length() <= MOST_NAME_CHARS ? fileName : fileName.substring(0, MOST_NAME_CHARS);
    }

    static List<String> titles(TableFormat format, InputStream file) {
        try (RowSource rows = format.read(file)) {
            if (!rows.hasNext()) {
                throw AutomationError.FILE_EMPTY.error().build();
            }
            return rows.next().cells();
        }
    }

    private InputStream open(String tenant, String hash) {
        return blobs.open(tenant, hash)
                .orElseThrow(() -> AutomationError.FILE_LOST.error().build());
    }

    private static void requireFile(Job job) {
        if (job.content().isEmpty()) {
            throw AutomationError.FILE_LOST.error().build();
        }
    }

    private void requireRight(Identity identity) {
        boolean may = identity.kind() == Identity.Kind.SYSTEM
                || models.current(identity.tenant()).access().holds(identity, SystemPermission.IMPORT_DATA);
        if (!may) {
            throw AutomationError.NOT_ALLOWED.error().build();
        }
    }

    @Override
    public ImportStatus require(Identity identity, UUID id) {
        Job job = requireOwn(identity, id);
        return status(job, store.errors(identity.tenant(), id, 0, ImportStatus.SHOWN_ERRORS));
    }

    /** What a file holds is its sender's business: nobody else learns of it, whatever rights he has. */
    private Job requireOwn(Identity identity, UUID id) {
        requireRight(identity);
        return store.find(identity.tenant(), id)
                .filter(j -> j.startedBy().equals(identity.user().id()) || identity.kind() == Identity.Kind.SYSTEM)
                .orElseThrow(() ->
                        AutomationError.UNKNOWN_IMPORT.error().with("id", id).build());
    }

    @Override
    public List<ImportStatus> list(Identity identity) {
        requireRight(identity);
        return store.list(identity.tenant(), identity.user().id(), LISTED).stream()
                .map(j -> status(j, List.of()))
                .toList();
    }

    @Override
    public ImportStatus cancel(Identity identity, UUID id) {
        requireOwn(identity, id);
        store.cancel(identity.tenant(), id, time.instant());
        return require(identity, id);
    }

    @Override
    public void writeRejects(Identity identity, UUID id, OutputStream to) {
        Job job = requireOwn(identity, id);
        requireFile(job);
        new RejectsFile(store, identity.tenant(), job).write(open(identity.tenant(), job.content()), to);
    }

    @Override
    public String mediaType(Identity identity, UUID id) {
        return TableFormat.of(requireOwn(identity, id).form()).mediaType();
    }

    private static ImportStatus status(Job job, List<ImportStatus.RowError> errors) {
        return new ImportStatus(
                job.id(),
                job.state(),
                job.object(),
                job.fileName(),
                job.startedBy(),
                job.mode(),
                job.dryRun(),
                job.total(),
                job.processed(),
                job.created(),
                job.updated(),
                job.rejected(),
                job.queuedAt(),
                job.startedAt(),
                job.endedAt(),
                job.failure(),
                !job.content().isEmpty(),
                errors);
    }
}
