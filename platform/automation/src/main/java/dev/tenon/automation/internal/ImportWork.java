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
import java.util.Locale;
import java.util.Optional;

/** Runs a tenant's imports, one after the other. */
public final class ImportWork {

    private static final Logger LOG = System.getLogger(ImportWork.class.getName());

    private final ImportStore store;
    private final BlobStore blobs;
    private final Records records;
    private final IdentitySource identities;
    private final Node node;

    public ImportWork(ImportStore store, BlobStore blobs, Records records, IdentitySource identities, Node node) {
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
