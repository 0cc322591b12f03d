package dev.tenon.tenancy.identity;

import dev.tenon.access.Identity;
import dev.tenon.tenancy.identity.EventStore.Kind;
import dev.tenon.tenancy.identity.IdentityStore.Account;
import java.util.UUID;

/** Whose belongings may be given to whom. */
public final class HandOverRules {

    private final IdentityStore store;
    private final Administration administration;
    private final IdentityLog log;

    HandOverRules(IdentityStore store, Administration administration, IdentityLog log) {
        this.store = store;
        this.administration = administration;
        this.log = log;
    }

    /** Throws where the actor may not give the one's belongings to the other. */
    public void require(Identity actor, UUID from, UUID to) {
        administration.requireManages(actor, from);
        account(actor, from);
        Account taker = account(actor, to);
        if (from.equals(to) || !taker.active()) {
            throw IdentityError.HAND_OVER_TARGET
                    .error()
                    .with("login", taker.login())
                    .build();
        }
    }

    public void started(Identity actor, UUID from, UUID to) {
        log.note(
                Kind.HAND_OVER_STARTED,
                actor,
                account(actor, from),
                "to " + account(actor, to).login());
    }

    private Account account(Identity actor, UUID user) {
        return store.find(actor.tenant(), user).orElseThrow(() -> Users.unknown(user));
    }

    public void requireAdministrator(Identity actor) {
        administration.requireAdministrator(actor);
    }
}
