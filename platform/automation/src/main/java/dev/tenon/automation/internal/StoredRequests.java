package dev.tenon.automation.internal;

import dev.tenon.access.Identity;
import dev.tenon.automation.AsyncRequests;
import dev.tenon.automation.AutomationError;
import dev.tenon.automation.port.AsyncStore;
import dev.tenon.automation.port.AsyncStore.Job;
import dev.tenon.automation.port.AsyncStore.Part;
import dev.tenon.sdk.record.RecordIds;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Requests as rows of the tenant's own tables; whoever has time does them. */
public final class StoredRequests implements AsyncRequests {

    /** A caller who waits wants to know soon; asking is one row by its key. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final AsyncStore store;
    private final Limits limits;
    private final InstantSource time;
    private final Consumer<String> wake;
    private final Consumer<UUID> stop;

    /** @param stop stops what this node does of it */
    public StoredRequests(
            AsyncStore store, Limits limits, InstantSource time, Consumer<String> wake, Consumer<UUID> stop) {
        this.store = store;
        this.limits = limits;
        this.time = time;
        this.wake = wake;
        this.stop = stop;
    }

    @Override
    public UUID start(Identity identity, Request request, byte[] body) {
        String tenant = identity.tenant();
        UUID person = identity.user().id();
        if (store.open(tenant, person) >= limits.ofPerson()) {
            throw limit(limits.ofPerson());
        }
        if (store.open(tenant, null) >= limits.ofTenant()) {
            throw limit(limits.ofTenant());
        }
        UUID id = RecordIds.next();
        store.add(
                tenant,
                new Job(
                        id,
                        request,
                        identity.user().locale().toLanguageTag(),
                        person,
                        State.QUEUED,
                        new Answer(0, Map.of()),
                        time.instant()),
                body);
        wake.accept(tenant);
        return id;
    }

    private static RuntimeException limit(int limit) {
        return AutomationError.ASYNC_LIMIT.error().with("limit", limit).build();
    }

    private Job requireOwn(Identity identity, UUID id) {
        return store.find(identity.tenant(), id)
                .filter(job -> job.startedBy().equals(identity.user().id()))
                .filter(job -> job.state() != State.CANCELED)
                .orElseThrow(() ->
                        AutomationError.UNKNOWN_REQUEST.error().with("id", id).build());
    }

    @Override
    public Status await(Identity identity, UUID id, Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        Job job = requireOwn(identity, id);
        while (!job.state().ended() && System.nanoTime() < deadline) {
            try {
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            job = requireOwn(identity, id);
        }
        return new Status(id, job.state(), job.state().ended() ? job.answer() : null);
    }

    @Override
    public InputStream answer(Identity identity, UUID id) {
        return store.open(identity.tenant(), requireOwn(identity, id).id(), Part.ANSWERED);
    }

    @Override
    public boolean cancel(Identity identity, UUID id) {
        Job job = requireOwn(identity, id);
        if (job.state().ended()) {
            store.remove(identity.tenant(), id);
            return true;
        }
        store.cancel(identity.tenant(), id, time.instant());
        stop.accept(id);
        return store.find(identity.tenant(), id)
                .map(now -> now.state() == State.CANCELED)
                .orElse(true);
    }
}
