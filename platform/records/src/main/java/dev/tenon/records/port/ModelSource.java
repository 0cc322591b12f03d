package dev.tenon.records.port;

import dev.tenon.records.CompiledModel;

/** The current model of each tenant. */
public interface ModelSource {

    /** Throws {@code tenancy.unknown-tenant}. */
    CompiledModel current(String tenant);

    /** The model that is in force on any node at this moment, and from now on the current one of this. */
    default CompiledModel latest(String tenant) {
        return current(tenant);
    }
}
