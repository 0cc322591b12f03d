package dev.tenon.store.tenancy;

import dev.tenon.metadata.model.Model;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.schema.Catalogue;
import dev.tenon.store.schema.JournaledSchemaEvolution;
import dev.tenon.tenancy.KeptData;
import dev.tenon.tenancy.RetypeLoss;
import dev.tenon.tenancy.RetypeLosses;
import dev.tenon.tenancy.SchemaChange;
import dev.tenon.tenancy.port.SchemaEvolution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Schema changes whose plans are compared with those of somebody who knows nothing yet: he reads the whole catalogue and
 * looks at every object.
 */
final class ComparedPlans implements SchemaEvolution {

    private final SchemaEvolution schema;
    private final Database database;
    private final List<String> differences = new ArrayList<>();
    private int compared;

    ComparedPlans(Database database, SchemaEvolution schema) {
        this.schema = schema;
        this.database = database;
    }

    /** What was not the same. */
    List<String> differences() {
        return List.copyOf(differences);
    }

    int compared() {
        return compared;
    }

    private SchemaEvolution anew() {
        return new JournaledSchemaEvolution(database, new Catalogue(database));
    }

    private void compare(String tenant, Wanted wanted) {
        compared++;
        same(() -> anew().plan(tenant, wanted), () -> schema.plan(tenant, wanted));
        same(() -> anew().losses(tenant, wanted), () -> schema.losses(tenant, wanted));
    }

    private void same(Supplier<Object> whole, Supplier<Object> known) {
        String expected = told(whole);
        String found = told(known);
        if (!expected.equals(found)) {
            differences.add(found + " instead of " + expected);
        }
    }

    private static String told(Supplier<Object> plan) {
        try {
            return plan.get().toString();
        } catch (PlatformException refused) {
            return refused.code() + " " + refused.details();
        }
    }

    @Override
    public List<String> plan(String tenant, Wanted wanted) {
        compare(tenant, wanted);
        return schema.plan(tenant, wanted);
    }

    @Override
    public void evolve(String tenant, Wanted wanted, Initiator by, Consumer<UUID> background) {
        schema.evolve(tenant, wanted, by, background);
        compare(tenant, wanted);
    }

    @Override
    public void keep(String tenant, Model inForce, Instant now) {
        schema.keep(tenant, inForce, now);
        compare(tenant, new Wanted(inForce, Optional.of(inForce), Optional.empty()));
    }

    @Override
    public void createTenant(String tenant) {
        schema.createTenant(tenant);
    }

    @Override
    public void dropTenant(String tenant) {
        schema.dropTenant(tenant);
    }

    @Override
    public List<String> unfinished() {
        return schema.unfinished();
    }

    @Override
    public void unloaded(String tenant) {
        schema.unloaded(tenant);
    }

    @Override
    public RetypeLosses losses(String tenant, Wanted wanted) {
        return schema.losses(tenant, wanted);
    }

    @Override
    public List<UUID> losingRecords(String tenant, Wanted wanted, RetypeLoss loss, int limit) {
        return schema.losingRecords(tenant, wanted, loss, limit);
    }

    @Override
    public void inForce(String tenant, long version) {
        schema.inForce(tenant, version);
    }

    @Override
    public List<KeptData> kept(String tenant) {
        return schema.kept(tenant);
    }

    @Override
    public boolean purge(String tenant, Model inForce, Instant now) {
        return schema.purge(tenant, inForce, now);
    }

    @Override
    public boolean isLarge(String tenant, Set<String> objects) {
        return schema.isLarge(tenant, objects);
    }

    @Override
    public void computing(String tenant, Model inForce, List<String> objects, Initiator by, Consumer<Computing> work) {
        schema.computing(tenant, inForce, objects, by, work);
    }

    @Override
    public List<SchemaChange> changes(String tenant, int limit) {
        return schema.changes(tenant, limit);
    }

    @Override
    public boolean cancel(String tenant, UUID change) {
        return schema.cancel(tenant, change);
    }

    @Override
    public List<String> resume() {
        return schema.resume();
    }
}
