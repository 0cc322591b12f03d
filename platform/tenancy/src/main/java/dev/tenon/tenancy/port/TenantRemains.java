package dev.tenon.tenancy.port;

/** What a tenant has outside of its database schema and of {@link TenancyStore}: accounts, files. */
@FunctionalInterface
public interface TenantRemains {

    /** Removes it, for ever; nothing to do where nothing is left. */
    void remove(String tenant);
}
