package dev.tenon.tenancy.identity;

import dev.tenon.access.Identity;
import dev.tenon.tenancy.identity.EventStore.Entry;
import dev.tenon.tenancy.identity.EventStore.Event;
import dev.tenon.tenancy.identity.EventStore.Kind;
import dev.tenon.tenancy.identity.IdentityStore.Account;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Who did what to which account, when, and from where. */
public final class IdentityLog {

    private static final int MOST_DETAIL = 1_000;
    private static final int MOST_NAME = 200;
    private static final int MOST_LINES = 200;

    private final EventStore store;
    private final Administration administration;
    private final Supplier<String> address;
    private final InstantSource clock;

    /** @param address where the thread's request comes from; empty where there is none */
    IdentityLog(EventStore store, Administration administration, Supplier<String> address, InstantSource clock) {
        this.store = store;
        this.administration = administration;
        this.address = address;
        this.clock = clock;
    }

    /** The address that the thread's request comes from. */
    String address() {
        return address.get();
    }

    /** Somebody who is signed in, or the platform, did something to an account. */
    void note(Kind kind, Identity actor, Account account, String detail) {
        store.append(new Event(
                clock.instant(),
                account.tenant(),
                kind,
                actor.user().id(),
                cut(actor.user().name(), MOST_NAME),
                account.user(),
                cut(account.login(), MOST_NAME),
                address.get(),
                cut(detail, MOST_DETAIL)));
    }

    /** Somebody who is not signed in yet did something to an account. */
    void note(Kind kind, Account account, String detail) {
        store.append(new Event(
                clock.instant(),
                account.tenant(),
                kind,
                null,
                null,
                account.user(),
                cut(account.login(), MOST_NAME),
                address.get(),
                cut(detail, MOST_DETAIL)));
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    /** Newest first; for administrators. */
    public List<Entry> read(Identity actor, Optional<UUID> user, long before, int limit) {
        administration.requireAdministrator(actor);
        return store.events(actor.tenant(), user, before, Math.clamp(limit, 1, MOST_LINES));
    }

    /** What happened to the own account; for everybody. */
    public List<Entry> own(Identity actor, long before, int limit) {
        return store.events(actor.tenant(), Optional.of(actor.user().id()), before, Math.clamp(limit, 1, MOST_LINES));
    }
}
