package dev.tenon.tenancy.port;

import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.tenancy.KeptData;
import dev.tenon.tenancy.RetypeLoss;
import dev.tenon.tenancy.RetypeLosses;
import dev.tenon.tenancy.SchemaChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** Nobody is at work for the tenant now: what is only remembered of its tables may be let go. */
    void unloaded(String tenant);

    /** What {@link #evolve} would do, in words for an administrator. */
    List<String> plan(String tenant, Wanted wanted);

    default List<String> plan(String tenant, Model target) {
        return plan(tenant, Wanted.of(target));
    }

    /** What other types of fields would do to values. */
    RetypeLosses losses(String tenant, Wanted wanted);

    /** The first records that a loss concerns, in the order of their ids. */
    List<UUID> losingRecords(String tenant, Wanted wanted, RetypeLoss loss, int limit);

    /**
     * Brings the tables to the target: adds tables, columns, indexes; widens columns. A change that would lose data is
     * refused before anything is done ({@code store.schema-change-refused}, one detail for each column).
     */
    default void evolve(String tenant, Model target) {
        evolve(tenant, Wanted.of(target), Initiator.PLATFORM, change -> {});
    }

    /**
     * As {@link #evolve(String, Model)}, and {@link #inForce} has to be called when the model is in force. Throws {@code store.schema-change-cancelled} when somebody has cancelled it.
     *
     * @param background told the change's id where it takes its time, as soon as that is known
     */
    void evolve(String tenant, Wanted wanted, Initiator by, Consumer<UUID> background);

    /**
     * The model of that version is in force: what was made for a later one that never came is taken back, and what kept
     * tables right for the one before ends. Cheap where nothing is to do.
     */
    void inForce(String tenant, long version);

    /**
     * Notes which data no model uses any more, since when it is kept, and removes indexes that only former models used.
     * To be called after {@link #inForce}.
     */
    void keep(String tenant, Model inForce, Instant now);

    /** Data that no model uses, and what was removed of it, newest first. */
    List<KeptData> kept(String tenant);

    /**
     * Removes data whose time is over.
     *
     * @return whether something was removed
     */
    boolean purge(String tenant, Model inForce, Instant now);

    /** Whether one of the objects has so many records that work on all of them goes on in the background. */
    boolean isLarge(String tenant, Set<String> objects);

    /**
     * Work on all records of objects, told as a change that takes its time and can be cancelled: {@code
     * store.schema-change-cancelled}. The tables stay as they are.
     *
     * @param objects in the order in which the work comes to them; one twice where it comes to it again
     */
    void computing(String tenant, Model inForce, List<String> objects, Initiator by, Consumer<Computing> work);

    /** Told how far such work is. */
    @FunctionalInterface
    interface Computing {
        /** Throws where somebody has cancelled it. */
        void at(String object, long done);
    }

    /** Changes that took or take their time, newest first. */
    List<SchemaChange> changes(String tenant, int limit);

    /** Asks a running change to end in the state of before; false when it is not running or the last step is done. */
    boolean cancel(String tenant, UUID change);

    /** Tenants with changes of tables that have begun and not ended, be somebody at it or not. */
    List<String> unfinished();

    /** Completes or takes back what a crash interrupted, for all tenants; returns the tenants concerned. Called once at start. */
    List<String> resume();

    /**
     * A model to bring tables to.
     *
     * @param before the model that the data belong to; absent: the same one
     * @param confirmed digest of {@link RetypeLosses} that somebody has seen and wants
     * @param departed what values of fields are that the model before does not tell, because the fields had left it or
     *     were given up by their package; by {@code object/field}
     * @param asks whether somebody can be asked who knows the values: where not, references to records that were deleted
     *     while no model had them are emptied as the deletion would have done it
     */
    record Wanted(
            Model model,
            Optional<Model> before,
            Optional<String> confirmed,
            Map<String, FieldType> departed,
            boolean asks) {

        public Wanted {
            departed = Map.copyOf(departed);
        }

        public Wanted(Model model, Optional<Model> before, Optional<String> confirmed) {
            this(model, before, confirmed, Map.of(), true);
        }

        public static Wanted of(Model model) {
            return new Wanted(model, Optional.empty(), Optional.empty());
        }
    }

    /** Who wants a change. */
    record Initiator(UUID id, String name) {
        public static final Initiator PLATFORM = new Initiator(new UUID(0, 0), "Tenon");
    }
}
