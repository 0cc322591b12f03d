package dev.tenon.plugin.internal;

import dev.tenon.sdk.plugin.CallContext;

/** Turns the context of a caller into the one a plugin gets. */
public final class GuardedContext {

    private final GuardedCall call;

    GuardedContext(GuardedCall call) {
        this.call = call;
    }

    public CallContext of(CallContext given) {
        return call.context(given);
    }
}
