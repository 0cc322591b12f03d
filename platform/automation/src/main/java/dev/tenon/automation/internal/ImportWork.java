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
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Runs a tenant's imports, one after the other. */
public final class ImportWork {

    private static final Logger LOG = System.getLogger(ImportWork.class.getName());

    private final ImportStore store;
    private final BlobStore blobs;
    private final Records records;
    private final IdentitySource identities;
    private final InstantSource time;
    private final String node;
    private final BooleanSupplier closing;

    public ImportWork(
            ImportStore store,
            BlobStore blobs,
            Records records,
            IdentitySource identities,
            InstantSource time,
            String node,
            BooleanSupplier closing) {
        this.store = store;
        this.blobs = blobs;
        this.records = records;
        this.identities = identities;
        this.time = time;
        this.node = node;
        this.closing = closing;
    }

    public void run(String tenant) {
        while (!closing.getAsBoolean()) {
            Instant now = time.instant();
            Optional<Job> job = store.claim(tenant, node, now, now.plus(ImportRun.CLAIM));
            if (job.isEmpty()) {
                return;
            }
            run(tenant, job.get());
        }
    }

    private void run(String tenant, Job job) {
        Optional<Identity> identity = identities.identity(tenant, job.startedBy());
        if (identity.isEmpty()) {
            String text = ErrorTexts.render(AutomationError.IMPORTER_GONE, java.util.Map.of(), Locale.ENGLISH);
            store.end(tenant, job.id(), node, ImportStatus.State.FAILED, text, time.instant());
            return;
        }
        try {
            new ImportRun(store, blobs, records, time, node, job, identity.get(), closing).run();
        } catch (ImportRun.ClaimLost lost) {
            LOG.log(Level.INFO, () -> "import " + job.id() + " of tenant " + tenant + " goes on elsewhere");
        } catch (ImportRun.Paused paused) {
            LOG.log(Level.INFO, () -> "import " + job.id() + " of tenant " + tenant + " pauses: this node stops");
        }
    }
}
