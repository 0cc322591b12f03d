package dev.tenon.automation.internal;

import dev.tenon.access.Identity;
import dev.tenon.automation.AsyncRequests.Answer;
import dev.tenon.automation.AsyncRequests.Limits;
import dev.tenon.automation.AsyncRequests.State;
import dev.tenon.automation.AutomationError;
import dev.tenon.automation.port.AsyncStore;
import dev.tenon.automation.port.AsyncStore.Job;
import dev.tenon.automation.port.AsyncStore.Part;
import dev.tenon.automation.port.IdentitySource;
import dev.tenon.automation.port.Interruption;
import dev.tenon.automation.port.RequestRunner;
import dev.tenon.sdk.error.ErrorKind;
import dev.tenon.sdk.error.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Does a tenant's kept requests, one after the other. What only reads is done again after a node has died over it;
 * anything else is done once, and where nobody can tell how far it came, that is its answer.
 */
public final class AsyncWork {

    private static final Logger LOG = System.getLogger(AsyncWork.class.getName());
    private static final Answer NONE = new Answer(0, Map.of());
    private static final int REMOVED_AT_ONCE = 100;

    private final AsyncStore store;
    private final Supplier<RequestRunner> runner;
    private final Interruption interruption;
    private final IdentitySource identities;
    private final Limits limits;
    private final Node node;
    private final Map<UUID, Interruption.Work> running = new ConcurrentHashMap<>();

    public AsyncWork(
            AsyncStore store,
            Supplier<RequestRunner> runner,
            Interruption interruption,
            IdentitySource identities,
            Limits limits,
            Node node) {
        this.store = store;
        this.runner = runner;
        this.interruption = interruption;
        this.identities = identities;
        this.limits = limits;
        this.node = node;
    }

    public void run(String tenant) {
        node.each((now, until) -> store.claim(tenant, node.name(), now, until), job -> {
            run(tenant, job);
            return true;
        });
    }

    /** Stops it where this node does it. */
    public void stop(UUID id) {
        Interruption.Work work = running.get(id);
        if (work != null) {
            work.stop();
        }
    }

    private void run(String tenant, Job job) {
        Optional<Identity> identity = identities
                .identity(tenant, job.startedBy())
                .map(found -> ExportWork.speaking(found, Locale.forLanguageTag(job.locale())));
        if (identity.isEmpty()) {
            store.end(tenant, job.id(), node.name(), State.FAILED, NONE, 0, node.now());
        } else if (job.state() == State.RUNNING && !job.request().reading()) {
            refuse(
                    tenant,
                    job,
                    identity.get(),
                    AutomationError.ASYNC_INTERRUPTED.error().build());
        } else {
            store.clear(tenant, job.id(), Part.ANSWERED);
            run(tenant, job, identity.get());
        }
        store.removeOldest(tenant, job.startedBy(), limits.answersOfPerson());
    }

    private void run(String tenant, Job job, Identity identity) {
        PiecesOut out = new PiecesOut(store, tenant, job.id(), limits.answerBytes());
        AsyncWatch watch = new AsyncWatch(
                until -> store.keep(tenant, job.id(), node.name(), until),
                node,
                limits.longest(),
                () -> node.stops() && job.request().reading());
        Answer answer;
        try (watch) {
            answer = answer(tenant, job, identity, out, watch);
        } catch (RuntimeException fault) {
            ended(tenant, job, identity, watch.end(), fault);
            return;
        }
        // From here on it is done, whoever may have wanted to stop it.
        out.close();
        store.end(tenant, job.id(), node.name(), State.DONE, answer, out.count(), node.now());
    }

    private Answer answer(String tenant, Job job, Identity identity, PiecesOut out, AsyncWatch watch) {
        try (Interruption.Work work = interruption.begin();
                InputStream sent = store.open(tenant, job.id(), Part.SENT)) {
            running.put(job.id(), work);
            watch.begin(work);
            return runner.get().run(identity, job.request(), sent, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            running.remove(job.id());
        }
    }

    private void ended(String tenant, Job job, Identity identity, AsyncWatch.End end, RuntimeException fault) {
        switch (end) {
            case STOP -> {
                store.end(tenant, job.id(), node.name(), State.CANCELED, NONE, 0, node.now());
                store.clear(tenant, job.id(), Part.ANSWERED);
            }
            case TOO_LONG ->
                refuse(
                        tenant,
                        job,
                        identity,
                        AutomationError.ASYNC_TOO_LONG
                                .error()
                                .with("minutes", limits.longest().toMinutes())
                                .build());
            case LOST -> LOG.log(Level.INFO, () -> "request " + job.id() + " goes on elsewhere");
            case CLOSING -> store.release(tenant, job.id(), node.name());
            case NONE -> {
                if (goesOn(job, fault)) {
                    // As soon as the claim runs out; the database may be there again by then.
                    throw fault;
                }
                refuse(tenant, job, identity, fault);
            }
        }
    }

    private boolean goesOn(Job job, RuntimeException fault) {
        return fault instanceof PlatformException known
                && known.code().kind() == ErrorKind.EXTERNAL
                && job.request().reading()
                && node.now().isBefore(job.queuedAt().plus(limits.longest()));
    }

    private void refuse(String tenant, Job job, Identity identity, RuntimeException why) {
        store.clear(tenant, job.id(), Part.ANSWERED);
        try {
            PiecesOut out = new PiecesOut(store, tenant, job.id(), limits.answerBytes());
            Answer answer = runner.get().refuse(identity, why, out);
            out.close();
            store.end(tenant, job.id(), node.name(), State.DONE, answer, out.count(), node.now());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets answers whose time is over. */
    public void purge(String tenant) {
        Instant before = node.now().minus(limits.kept());
        while (!node.stops() && store.removeEnded(tenant, before, REMOVED_AT_ONCE) == REMOVED_AT_ONCE) {
            // There may be more.
        }
    }
}
