package dev.tenon.records.port;

import dev.tenon.records.CompiledModel;
import java.util.Optional;

/** The current model of each tenant. */
public interface ModelSource {

    /** Throws {@code tenancy.unknown-tenant}. */
    CompiledModel current(String tenant);

    /** The current model for work that passes all tenants: it does not count as use by somebody. */
    default CompiledModel passing(String tenant) {
        return current(tenant);
    }

    /** The current model where it need not be made first. */
    default Optional<CompiledModel> atHand(String tenant) {
        return Optional.of(current(tenant));
    }

    /**
     * A model that came in force after the version: this node's current one where it is newer, else the one that is in
     * force on any node at this moment, and from now on the current one of this.
     */
    default CompiledModel newerThan(String tenant, long version) {
        return current(tenant);
    }
}
