package dev.tenon.automation.internal;

import dev.tenon.access.Identity;
import dev.tenon.automation.AutomationError;
import dev.tenon.automation.ImportStatus;
import dev.tenon.automation.port.IdentitySource;
import dev.tenon.automation.port.ImportStore;
import dev.tenon.automation.port.ImportStore.Job;
import dev.tenon.records.Records;
import dev.tenon.records.port.BlobStore;
import dev.tenon.sdk.error.ErrorTexts;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Runs a tenant's imports, one after the other, and lets go of old files. */
public final class ImportWork {

    private static final Logger LOG = System.getLogger(ImportWork.class.getName());

    private static final int FORGOTTEN_AT_ONCE = 100;

    private final ImportStore store;
    private final BlobStore blobs;
    private final Records records;
    private final IdentitySource identities;
    private final Duration kept;
    private final Node node;

    /** @param kept how long files of imports that have ended are */
    public ImportWork(
            ImportStore store, BlobStore blobs, Records records, IdentitySource identities, Duration kept, Node node) {
        this.kept = kept;
        this.store = store;
        this.blobs = blobs;
        this.records = records;
        this.identities = identities;
        this.node = node;
    }

    public void run(String tenant) {
        node.each((now, until) -> store.claim(tenant, node.name(), now, until), job -> {
            run(tenant, job);
            return true;
        });
    }

    /** Nothing refers to the files whose time is over; the next look for such bytes deletes them. */
    public void purge(String tenant) {
        Instant before = node.now().minus(kept);
        while (!node.stops() && !store.forgetFiles(tenant, before, FORGOTTEN_AT_ONCE)) {
            // There are more.
        }
    }

    private void run(String tenant, Job job) {
        Optional<Identity> identity = identities.identity(tenant, job.startedBy());
        if (identity.isEmpty()) {
            String text = ErrorTexts.render(AutomationError.IMPORTER_GONE, java.util.Map.of(), Locale.ENGLISH);
            store.end(tenant, job.id(), node.name(), ImportStatus.State.FAILED, text, node.now());
            return;
        }
        try {
            new ImportRun(store, blobs, records, node, job, identity.get()).run();
        } catch (ImportRun.ClaimLost lost) {
            LOG.log(Level.INFO, () -> "import " + job.id() + " of tenant " + tenant + " goes on elsewhere");
        } catch (ImportRun.Paused paused) {
            LOG.log(Level.INFO, () -> "import " + job.id() + " of tenant " + tenant + " pauses: this node stops");
        }
    }
}
