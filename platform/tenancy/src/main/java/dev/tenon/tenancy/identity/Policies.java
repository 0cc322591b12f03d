package dev.tenon.tenancy.identity;

import dev.tenon.records.port.ModelSource;

/** What each tenant demands of sign-ins at this moment. */
public final class Policies {

    private final ModelSource models;
    private final SignInLimits limits;

    public Policies(ModelSource models, SignInLimits limits) {
        this.models = models;
        this.limits = limits;
    }

    public SignInPolicy of(String tenant) {
        return SignInPolicy.of(models.current(tenant).model(), limits);
    }

    public SignInLimits limits() {
        return limits;
    }
}
