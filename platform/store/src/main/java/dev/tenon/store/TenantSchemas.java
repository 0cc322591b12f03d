package dev.tenon.store;

import dev.tenon.store.schema.Names;

/** The database schemas of the platform and of its tenants. */
public final class TenantSchemas {

    /** Schema of the tables that belong to no tenant. */
    public static final String PLATFORM = "tenon";

    private TenantSchemas() {}

    /** Name of the schema that holds everything of a tenant; the same for ever. */
    public static String nameOf(String tenant) {
        return Names.identifier("t_" + tenant);
    }
}
