package dev.tenon.store.door;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.store.Database;
import dev.tenon.store.approval.JooqHoldStore;
import dev.tenon.store.records.JooqRecordStore;
import dev.tenon.store.records.OutboxListener;
import dev.tenon.store.schema.Catalogue;
import dev.tenon.store.schema.JournaledSchemaEvolution;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A real database with any number of tenants that have the shop. */
final class ShopDatabase implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Database database;
    private final JournaledSchemaEvolution evolution;
    private final Catalogue catalogue;
    private final JooqHoldStore holds;
    private final JooqRecordStore store;

    ShopDatabase(Database database) {
        this.database = database;
        this.catalogue = new Catalogue(database);
        this.evolution = new JournaledSchemaEvolution(database, catalogue);
        this.holds = new JooqHoldStore(database);
        this.store = new JooqRecordStore(database, catalogue, OutboxListener.NONE, Optional.of(holds));
    }

    /** A new tenant with its tables, and what it has instead of the shop as it is. */
    Model tenant(Map<String, String> files) {
        Model model = ShopPackage.model("shop" + NUMBER.incrementAndGet(), 1, files);
        evolution.createTenant(model.tenant());
        evolution.evolve(model.tenant(), model);
        return model;
    }

    /** Brings a tenant's tables to another model of it. */
    void evolve(Model model) {
        evolution.evolve(model.tenant(), model);
    }

    /** What is left to do for a model. */
    List<String> plan(Model model) {
        return evolution.plan(model.tenant(), model);
    }

    JooqRecordStore store() {
        return store;
    }

    JooqHoldStore holds() {
        return holds;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    Database database() {
        return database;
    }

    @Override
    public void close() {
        database.close();
    }
}
