package dev.tenon.automation.internal;

import dev.tenon.access.Identity;
import dev.tenon.automation.AutomationError;
import dev.tenon.automation.HandOverStatus;
import dev.tenon.automation.HandOverStatus.State;
import dev.tenon.automation.HandOvers;
import dev.tenon.automation.port.HandOverStore;
import dev.tenon.sdk.record.RecordIds;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Hand-overs as rows of the tenant's own tables; whoever has time carries them out. */
public final class StoredHandOvers implements HandOvers {

    private static final int LISTED = 100;

    private final HandOverStore store;
    private final Rules rules;
    private final InstantSource time;
    private final Consumer<String> wake;

    public StoredHandOvers(HandOverStore store, Rules rules, InstantSource time, Consumer<String> wake) {
        this.store = store;
        this.rules = rules;
        this.time = time;
        this.wake = wake;
    }

    @Override
    public void check(Identity identity, UUID from, UUID to) {
        rules.require(identity, from, to);
        if (store.open(identity.tenant(), from) > 0) {
            throw AutomationError.HAND_OVER_RUNNING.error().build();
        }
    }

    @Override
    public HandOverStatus start(Identity identity, UUID from, UUID to) {
        String tenant = identity.tenant();
        check(identity, from, to);
        HandOverStatus job = new HandOverStatus(
                RecordIds.next(),
                State.QUEUED,
                from,
                to,
                identity.user().id(),
                -1,
                0,
                0,
                0,
                time.instant(),
                null,
                null);
        store.add(tenant, job);
        rules.started(identity, from, to);
        wake.accept(tenant);
        return job;
    }

    @Override
    public HandOverStatus require(Identity identity, UUID id) {
        rules.requireAdministrator(identity);
        return store.find(identity.tenant(), id)
                .orElseThrow(() ->
                        AutomationError.UNKNOWN_HAND_OVER.error().with("id", id).build());
    }

    @Override
    public List<HandOverStatus> list(Identity identity) {
        rules.requireAdministrator(identity);
        return store.list(identity.tenant(), LISTED);
    }

    @Override
    public HandOverStatus cancel(Identity identity, UUID id) {
        require(identity, id);
        store.cancel(identity.tenant(), id, time.instant());
        return require(identity, id);
    }
}
