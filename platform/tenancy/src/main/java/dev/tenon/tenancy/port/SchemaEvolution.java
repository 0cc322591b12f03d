package dev.tenon.tenancy.port;

import dev.tenon.metadata.model.Model;
import dev.tenon.tenancy.SchemaChange;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Makes a tenant's tables follow its model. Every change is a journaled list of idempotent steps: interrupted at any
 * point, {@link #resume} completes it, or takes back what takes its time. Columns and tables of the model are never
 * dropped by it.
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
    default void evolve(String tenant, Model target) {
        evolve(tenant, target, Initiator.PLATFORM, change -> {});
    }

    /**
     * As {@link #evolve(String, Model)}. Throws {@code store.schema-change-cancelled} when somebody has cancelled it.
     *
     * @param background told the change's id where it takes its time, as soon as that is known
     */
    void evolve(String tenant, Model target, Initiator by, Consumer<UUID> background);

    /** Changes that took or take their time, newest first. */
    List<SchemaChange> changes(String tenant, int limit);

    /** Asks a running change to end in the state of before; false when it is not running or the last step is done. */
    boolean cancel(String tenant, UUID change);

    /** Completes or takes back what a crash interrupted, for all tenants; returns the tenants concerned. Called once at start. */
    List<String> resume();

    /** Who wants a change. */
    record Initiator(UUID id, String name) {
        public static final Initiator PLATFORM = new Initiator(new UUID(0, 0), "Tenon");
    }
}
