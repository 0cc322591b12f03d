package dev.tenon.app;

import dev.tenon.access.Identity;
import dev.tenon.automation.HandOvers;
import dev.tenon.tenancy.identity.HandOverRules;
import java.util.UUID;

/** Shows the rules of accounts to the room that hands over. */
record HandOverRights(HandOverRules rules) implements HandOvers.Rules {

    @Override
    public void require(Identity actor, UUID from, UUID to) {
        rules.require(actor, from, to);
    }

    @Override
    public void started(Identity actor, UUID from, UUID to) {
        rules.started(actor, from, to);
    }

    @Override
    public void requireAdministrator(Identity actor) {
        rules.requireAdministrator(actor);
    }
}
