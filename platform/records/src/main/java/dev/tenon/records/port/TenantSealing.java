package dev.tenon.records.port;

/** Seals what records hold, for each tenant with a key of its own. */
public interface TenantSealing {

    /**
     * What is sealed for one tenant opens for no other. A key is made where the tenant has none yet and something is to be
     * sealed.
     */
    Sealing of(String tenant);
}
