package dev.tenon.tenancy.identity;

import dev.tenon.access.Identity;
import dev.tenon.tenancy.identity.EventStore.Kind;
import dev.tenon.tenancy.identity.IdentityStore.Account;
import dev.tenon.tenancy.identity.LoginStore.LiveSession;
import dev.tenon.tenancy.identity.LoginStore.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where people are signed in. A session that is revoked ends with the next request, on every node. */
public final class Sessions {

    /** Noting each use would cost a write per request. */
    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

    private static final int MOST_DEVICE = 300;

    private final IdentityStores stores;
    private final Administration administration;
    private final Users users;
    private final Policies policies;
    private final IdentityLog log;
    private final InstantSource clock;

    Sessions(
            IdentityStores stores,
            Administration administration,
            Users users,
            Policies policies,
            IdentityLog log,
            InstantSource clock) {
        this.stores = stores;
        this.administration = administration;
        this.users = users;
        this.policies = policies;
        this.log = log;
        this.clock = clock;
    }

    /** Begins a session and returns the text of its cookie; the text is nowhere else. */
    public String begin(Identity identity, String device) {
        Instant now = clock.instant();
        stores.logins().removeExpired(now);
        String text = Secrets.text("");
        SignInPolicy policy = policies.of(identity.tenant());
        stores.logins()
                .insertSession(new Session(
                        AccessTokens.hash(text),
                        identity.tenant(),
                        identity.user().id(),
                        log.address(),
                        device.length() <= MOST_DEVICE ? device : device.substring(0, MOST_DEVICE),
                        now,
                        now,
                        now.plus(policy.idle())));
        return text;
    }

    /**
     * Whose session it is; empty when it was revoked, is over, or its person deactivated.
     *
     * @param used whether the person does something, so that the session lives on
     */
    public Optional<Identity> identity(String id, boolean used) {
        Optional<LiveSession> found =
                stores.logins().findSession(id).filter(live -> live.account().active());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Session session = found.get().session();
        SignInPolicy policy = policies.of(session.tenant());
        Instant now = clock.instant();
        if (!now.isBefore(end(session, session.seenAt(), policy))) {
            return Optional.empty();
        }
        if (used && now.isAfter(session.seenAt().plus(USE_NOTED_EVERY))) {
            stores.logins().extendSession(id, now, end(session, now, policy));
        }
        return users.identity(found.get().account());
    }

    /** By what the tenant demands now, not when the session began. */
    private static Instant end(Session session, Instant seenAt, SignInPolicy policy) {
        Instant idle = seenAt.plus(policy.idle());
        Instant longest = session.createdAt().plus(policy.longest());
        return idle.isBefore(longest) ? idle : longest;
    }

    /** Signing out. */
    public void end(String id) {
        stores.logins().findSession(id).ifPresent(live -> {
            stores.logins().deleteSession(id);
            log.note(Kind.SIGNED_OUT, live.account(), "");
        });
    }

    public List<Session> own(Identity identity) {
        return live(identity.tenant(), identity.user().id());
    }

    public List<Session> of(Identity actor, UUID user) {
        administration.requireAdministrator(actor);
        return live(actor.tenant(), user);
    }

    private List<Session> live(String tenant, UUID user) {
        SignInPolicy policy = policies.of(tenant);
        Instant now = clock.instant();
        return stores.logins().sessions(tenant, user, now).stream()
                .filter(session -> now.isBefore(end(session, session.seenAt(), policy)))
                .toList();
    }

    public void revokeOwn(Identity identity, String id) {
        revoke(identity, identity.user().id(), id);
    }

    public void revokeOf(Identity actor, UUID user, String id) {
        administration.requireManages(actor, user);
        revoke(actor, user, id);
    }

    private void revoke(Identity actor, UUID user, String id) {
        if (!stores.logins().deleteSession(actor.tenant(), user, id)) {
            throw IdentityError.UNKNOWN_SESSION.error().build();
        }
        note(actor, user, "one");
    }

    /** @param but the session that stays; empty for none */
    public void revokeOwn(Identity identity, Optional<String> but) {
        UUID user = identity.user().id();
        for (Session session : stores.logins().sessions(identity.tenant(), user, Instant.EPOCH)) {
            if (!but.equals(Optional.of(session.id()))) {
                stores.logins().deleteSession(session.id());
            }
        }
        note(identity, user, "all others");
    }

    public void revokeAllOf(Identity actor, UUID user) {
        administration.requireManages(actor, user);
        stores.logins().deleteSessions(actor.tenant(), user);
        note(actor, user, "all");
    }

    private void note(Identity actor, UUID user, String which) {
        Account account = stores.accounts().find(actor.tenant(), user).orElseThrow(() -> Users.unknown(user));
        log.note(Kind.SESSION_REVOKED, actor, account, which);
    }
}
