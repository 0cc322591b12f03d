package dev.tenon.records.port;

import dev.tenon.records.CompiledModel;

/** The current model of each tenant. */
public interface ModelSource {

    /** Throws {@code tenancy.unknown-tenant}. */
    CompiledModel current(String tenant);
}
