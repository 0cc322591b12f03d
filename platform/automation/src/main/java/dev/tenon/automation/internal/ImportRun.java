package dev.tenon.automation.internal;

import dev.tenon.access.Identity;
import dev.tenon.automation.AutomationError;
import dev.tenon.automation.ImportStatus;
import dev.tenon.automation.Imports.Duplicates;
import dev.tenon.automation.internal.RowReading.Read;
import dev.tenon.automation.internal.table.RowSource;
import dev.tenon.automation.internal.table.TableFormat;
import dev.tenon.automation.internal.table.TableRow;
import dev.tenon.automation.port.ImportStore;
import dev.tenon.automation.port.ImportStore.Job;
import dev.tenon.automation.port.ImportStore.Progress;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import dev.tenon.records.port.BlobStore;
import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** One import from where it stands to its end. Progress is kept with the rows of each chunk, so it can go on elsewhere. */
final class ImportRun {

    private static final Logger LOG = System.getLogger(ImportRun.class.getName());

    /** Large enough to make statements cheap, small enough that locks are short and a cancel is quick. */
    static final int CHUNK = 200;

    private final ImportStore store;
    private final BlobStore blobs;
    private final Records records;
    private final Node node;
    private final String tenant;
    private final Job job;
    private final Identity identity;
    private final Locale locale;
    private final TableFormat format;
    private final Map<String, String> titles = new LinkedHashMap<>();

    ImportRun(ImportStore store, BlobStore blobs, Records records, Node node, Job job, Identity identity) {
        this.store = store;
        this.blobs = blobs;
        this.records = records;
        this.node = node;
        this.tenant = identity.tenant();
        this.job = job;
        this.identity = identity;
        this.locale = identity.user().locale();
        this.format = TableFormat.of(job.form());
    }

    void run() {
        try {
            if (job.total() < 0) {
                store.noteTotal(tenant, job.id(), count());
            }
            ImportStatus.State state = rows() ? ImportStatus.State.DONE : ImportStatus.State.CANCELED;
            store.end(tenant, job.id(), node.name(), state, null, node.now());
        } catch (PlatformException fault) {
            if (passesBy(fault)) {
                throw fault;
            }
            LOG.log(Level.INFO, () -> "import " + job.id() + " of tenant " + tenant + " failed: " + fault.getMessage());
            store.end(
                    tenant,
                    job.id(),
                    node.name(),
                    ImportStatus.State.FAILED,
                    ErrorTexts.render(fault.code(), fault.args(), locale),
                    node.now());
        }
    }

    /** Neither the file's nor the row's fault: the claim runs out and the import is taken up again. */
    static boolean passesBy(PlatformException fault) {
        return switch (fault.code().kind()) {
            case CAPACITY, EXTERNAL -> true;
            case USER, CUSTOMIZATION, INTERNAL -> false;
        };
    }

    private InputStream open() {
        return blobs.open(tenant, job.content())
                .orElseThrow(() -> AutomationError.FILE_LOST.error().build());
    }

    private <T> T reading(Function<RowSource, T> work) {
        try (RowSource rows = format.read(open())) {
            return work.apply(rows);
        }
    }

    private long count() {
        return reading(rows -> {
            long number = -1;
            while (rows.hasNext()) {
                rows.next();
                number++;
            }
            return Math.max(0, number);
        });
    }

    /** False when somebody wanted it to stop. */
    private boolean rows() {
        return reading(rows -> {
            if (!rows.hasNext()) {
                return true;
            }
            List<String> header = rows.next().cells();
            for (int i = 0; i < Math.min(header.size(), job.columns().size()); i++) {
                titles.put(job.columns().get(i), header.get(i).strip());
            }
            for (long done = 0; done < job.processed() && rows.hasNext(); done++) {
                rows.next();
            }
            while (rows.hasNext()) {
                List<TableRow> chunk = new ArrayList<>(CHUNK);
                while (chunk.size() < CHUNK && rows.hasNext()) {
                    chunk.add(rows.next());
                }
                if (!chunk(chunk)) {
                    return false;
                }
                if (node.stops()) {
                    store.release(tenant, job.id(), node.name());
                    throw new Paused();
                }
            }
            return true;
        });
    }

    /** A session for each chunk: an import of an hour works with the model and the rights of now. */
    private boolean chunk(List<TableRow> chunk) {
        RecordSession opened = records.open(identity, HistoryEntry.Channel.IMPORT);
        RecordSession session = job.duplicates() == Duplicates.ACCEPT
                ? opened.allowingDuplicates(Set.of(RecordSession.ALL_DUPLICATES))
                : opened;
        RowReading reading = new RowReading(session, target(session), job.columns());
        List<Read> read = reading.read(chunk);
        TriedFile tried = job.dryRun() ? new TriedFile(store, tenant, job.id()) : null;
        return new ChunkSave(session, job, read, locale, this::title, tried, this::advance).run();
    }

    /** The model may have changed since the import was sent, or since the last chunk. */
    private ObjectType target(RecordSession session) {
        ObjectType object = session.model().findObject(job.object()).orElseThrow(() -> gone("object:" + job.object()));
        Stream.concat(job.columns().stream(), Stream.of(job.keyField()))
                .filter(field -> !field.isEmpty() && !object.fields().containsKey(field))
                .findFirst()
                .ifPresent(field -> {
                    throw gone("field:" + job.object() + "/" + field);
                });
        return object;
    }

    private static PlatformException gone(String element) {
        return AutomationError.IMPORT_TARGET_GONE
                .error()
                .with("element", element)
                .build();
    }

    private String title(String field) {
        return titles.getOrDefault(field, field);
    }

    /** False when somebody wants the import to stop. */
    private boolean advance(Progress progress) {
        return switch (store.advance(tenant, job.id(), node.name(), progress, node.claim())) {
            case GO_ON -> true;
            case STOP -> false;
            case LOST -> throw new ClaimLost();
        };
    }

    /** This node stops; any node may go on. */
    static final class Paused extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Another node has taken the import over; what this one was about to keep must not be kept. */
    static final class ClaimLost extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
