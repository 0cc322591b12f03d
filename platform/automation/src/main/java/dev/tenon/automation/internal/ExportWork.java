package dev.tenon.automation.internal;

import dev.tenon.access.Identity;
import dev.tenon.automation.AutomationError;
import dev.tenon.automation.ExportStatus.State;
import dev.tenon.automation.port.ExportFiles;
import dev.tenon.automation.port.ExportQuery;
import dev.tenon.automation.port.ExportStore;
import dev.tenon.automation.port.ExportStore.Ended;
import dev.tenon.automation.port.ExportStore.Job;
import dev.tenon.automation.port.IdentitySource;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import dev.tenon.sdk.ActingUser;
import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs a tenant's exports, one after the other, tells their people, and deletes old files. */
public final class ExportWork {

    private static final Logger LOG = System.getLogger(ExportWork.class.getName());
    private static final int EXPIRED_AT_ONCE = 100;

    private final ExportStore store;
    private final ExportFiles files;
    private final Supplier<ExportQuery> query;
    private final Records records;
    private final IdentitySource identities;
    private final Duration kept;
    private final Node node;

    /** @param kept how long finished files are */
    public ExportWork(
            ExportStore store,
            ExportFiles files,
            Supplier<ExportQuery> query,
            Records records,
            IdentitySource identities,
            Duration kept,
            Node node) {
        this.store = store;
        this.files = files;
        this.query = query;
        this.records = records;
        this.identities = identities;
        this.kept = kept;
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
        Locale locale = Locale.forLanguageTag(job.locale());
        if (identity.isEmpty()) {
            end(tenant, job, failed(ErrorTexts.render(AutomationError.EXPORTER_GONE, Map.of(), locale)), false);
            return;
        }
        try {
            new ExportRun(store, files, query.get(), kept, node, speaking(identity.get(), locale), job)
                    .run()
                    .ifPresent(ended -> end(tenant, job, ended, ended.state() == State.DONE));
        } catch (PlatformException fault) {
            if (ImportRun.passesBy(fault)) {
                throw fault;
            }
            LOG.log(Level.INFO, () -> "export " + job.id() + " of tenant " + tenant + " failed: " + fault.getMessage());
            end(tenant, job, failed(ErrorTexts.render(fault.code(), fault.args(), locale)), true);
        }
    }

    /** Labels are in the language in which the export was asked for. */
    static Identity speaking(Identity identity, Locale locale) {
        ActingUser user = identity.user();
        return new Identity(
                new ActingUser(user.tenant(), user.id(), user.name(), locale, user.zone()),
                identity.kind(),
                identity.permissionSets());
    }

    private Ended failed(String why) {
        return new Ended(State.FAILED, why, 0, 0, node.now(), null);
    }

    /** The end and the notice of it are kept together: it is told once. */
    private void end(String tenant, Job job, Ended ended, boolean told) {
        RecordSession session = records.open(Notices.platform(tenant), HistoryEntry.Channel.SYSTEM);
        boolean mine = session.inTransaction(() -> {
            boolean done = store.end(tenant, job.id(), node.name(), ended);
            if (done && told) {
                session.create(OwnNotifications.OBJECT, notice(job, ended));
            }
            return done;
        });
        if (mine && ended.state() == State.DONE) {
            files.removeRows(tenant, job.id());
        } else if (mine) {
            files.remove(tenant, job.id());
        }
    }

    private static Map<String, @Nullable Object> notice(Job job, Ended ended) {
        boolean done = ended.state() == State.DONE;
        Locale locale = Locale.forLanguageTag(job.locale());
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("recipient", job.startedBy());
        values.put("kind", done ? "export.ready" : "export.failed");
        values.put(
                "title",
                Notices.text(done ? "export-ready" : "export-failed", locale, StoredExports.fileName(job.request())));
        values.put("body", ended.failure());
        values.put("read", false);
        return values;
    }

    /** Deletes the files whose time is over. */
    public void purge(String tenant) {
        List<UUID> expired = List.of();
        do {
            expired = store.expired(tenant, node.now(), EXPIRED_AT_ONCE);
            for (UUID id : expired) {
                files.remove(tenant, id);
                store.markExpired(tenant, id);
            }
        } while (expired.size() == EXPIRED_AT_ONCE && !node.stops());
    }
}
