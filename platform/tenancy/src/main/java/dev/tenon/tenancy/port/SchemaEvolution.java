package dev.tenon.tenancy.port;

import dev.tenon.metadata.model.Model;
import java.util.List;

/**
 * Makes a tenant's tables follow its model. Every change is a journaled list of idempotent steps: interrupted at any
 * point, {@link #resume} completes it. Columns and tables are never dropped by it.
 */
public interface SchemaEvolution {

    /** Creates the tenant's schema with the platform's own tables in it; does nothing when it is there. */
    void createTenant(String tenant);

    /** Removes the tenant's schema with all data. */
    void dropTenant(String tenant);

    /** What {@link #evolve} would do, in words for an administrator. */
    List<String> plan(String tenant, Model target);

    /**
     * Brings the tables to the target: adds tables, columns, indexes; widens columns. A change that would lose data is
     * refused before anything is done ({@code store.schema-change-refused}, one detail for each column).
     */
    void evolve(String tenant, Model target);

    /** Completes what a crash interrupted, for all tenants; returns the tenants concerned. Called once at start. */
    List<String> resume();
}
