package dev.tenon.store.process;

import static dev.tenon.store.TestModels.field;
import static dev.tenon.store.TestModels.model;
import static dev.tenon.store.TestModels.object;
import static dev.tenon.store.TestModels.text;
import static dev.tenon.store.TestModels.unique;
import static dev.tenon.store.TestModels.whole;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.port.RecordStore.NewRow;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.records.JooqRecordStore;
import dev.tenon.store.schema.Catalogue;
import dev.tenon.store.schema.JournaledSchemaEvolution;
import dev.tenon.store.schema.SchemaSettings;
import dev.tenon.store.schema.StepListener;
import dev.tenon.tenancy.port.SchemaEvolution.Initiator;
import dev.tenon.tenancy.port.SchemaEvolution.Wanted;
import java.sql.Connection;
import java.sql.Savepoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes the tables of many tenants at once in a process that is killed when each is in the middle of another step. */
final class EvolutionVictim {

    static final String OFFER = StoreProcess.OFFER;

    /** Tables with more rows are changed as large ones are. */
    static final SchemaSettings SIZES = new SchemaSettings(50, Duration.ofSeconds(5));

    private EvolutionVictim() {}

    /** What is done to a tenant; the name of a tenant begins with it. */
    enum Work {
        /** Columns, indexes and tables of a small one. */
        SMALL(40),
        /** The same of a large one. */
        LARGE(60),
        /** A unique text becomes a number, up to the removal of what only the model of before needed. */
        RETYPE(60),
        RETYPE_SMALL(40),
        /** A retype whose model never comes in force. */
        TAKE_BACK(60),
        /** Data whose time is over. */
        PURGE(60),
        PURGE_SMALL(40),
        /** Work on all records. */
        COMPUTE(60);

        final int rows;

        Work(int rows) {
            this.rows = rows;
        }

        String tenant(int point) {
            return name().toLowerCase(java.util.Locale.ROOT) + "_at" + point;
        }

        static Work of(String tenant) {
            return valueOf(tenant.substring(0, tenant.lastIndexOf("_at")).toUpperCase(java.util.Locale.ROOT));
        }
    }

    static Model before(String tenant) {
        boolean keyed = Work.of(tenant).name().startsWith("RETYPE") || Work.of(tenant) == Work.TAKE_BACK;
        return keyed
                ? model(tenant, 1, object(OFFER, field("title", text(20)), unique("code", text(20))))
                : StoreProcess.before(tenant);
    }

    static Model after(String tenant) {
        return switch (Work.of(tenant)) {
            case SMALL, LARGE -> StoreProcess.after(tenant);
            case RETYPE, RETYPE_SMALL, TAKE_BACK ->
                model(tenant, 2, object(OFFER, field("title", text(20)), unique("code", whole())));
            case PURGE, PURGE_SMALL -> model(tenant, 2, object(OFFER, field("title", text(20))));
            case COMPUTE -> before(tenant);
        };
    }

    /** The tenant as it is before its change. */
    static void prepare(Database database, String tenant) {
        Work work = Work.of(tenant);
        Catalogue catalogue = new Catalogue(database, SIZES);
        JournaledSchemaEvolution evolution = evolution(database, StepListener.NONE);
        evolution.createTenant(tenant);
        evolution.evolve(tenant, before(tenant));
        List<NewRow> rows = new ArrayList<>();
        for (int i = 0; i < work.rows; i++) {
            rows.add(new NewRow(RecordIds.next(), Map.of("title", "row " + i, "code", "0" + i)));
        }
        new JooqRecordStore(database, catalogue).insertAll(before(tenant), OFFER, rows);
        if (work == Work.PURGE || work == Work.PURGE_SMALL) {
            evolution.evolve(tenant, after(tenant));
            evolution.keep(tenant, after(tenant), Instant.now());
        }
    }

    static JournaledSchemaEvolution evolution(Database database, StepListener listener) {
        return new JournaledSchemaEvolution(database, new Catalogue(database, SIZES), SIZES, listener);
    }

    static void change(Database database, String tenant, StepListener listener) {
        JournaledSchemaEvolution evolution = evolution(database, listener);
        switch (Work.of(tenant)) {
            case SMALL, LARGE -> evolution.evolve(tenant, after(tenant));
            case RETYPE, RETYPE_SMALL -> {
                retype(evolution, tenant);
                database.schemaGate().switching(tenant, 2, () -> true);
                evolution.inForce(tenant, 2);
                evolution.keep(tenant, after(tenant), Instant.now());
            }
            case TAKE_BACK -> {
                retype(evolution, tenant);
                evolution.inForce(tenant, 1);
                evolution.evolve(tenant, before(tenant));
            }
            case PURGE, PURGE_SMALL ->
                evolution.purge(tenant, after(tenant), Instant.now().plus(Duration.ofDays(31)));
            case COMPUTE ->
                evolution.computing(tenant, after(tenant), List.of(OFFER), Initiator.PLATFORM, progress -> {
                    progress.at(OFFER, 1);
                    progress.at(OFFER, 2);
                });
        }
    }

    private static void retype(JournaledSchemaEvolution evolution, String tenant) {
        Wanted wanted = new Wanted(after(tenant), Optional.of(before(tenant)), Optional.empty());
        Optional<String> seen = Optional.of(evolution.losses(tenant, wanted).digest());
        evolution.evolve(tenant, new Wanted(wanted.model(), wanted.before(), seen), Initiator.PLATFORM, id -> {});
    }

    /**
     * A connection of PostgreSQL keeps the snapshot of the query that was its last one, and an index that another tenant's
     * change builds concurrently would wait for that for ever.
     */
    private static void letGoOfSnapshot(Database database) {
        if (database.transactions().active()) {
            Savepoint unused = database.withConnection(Connection::setSavepoint);
        }
    }

    /** Arguments: URL, user, password, tenants. */
    public static void main(String[] arguments) throws InterruptedException {
        List<String> tenants = List.of(arguments[3].split(","));
        DatabaseSettings settings =
                new DatabaseSettings(arguments[0], arguments[1], arguments[2], 4 * tenants.size() + 4);
        Database database = Database.open(settings);
        // One at a time is the rule on H2; they all stand still in the middle of theirs.
        database.schemaChangeSlots().release(tenants.size());
        Map<String, Integer> points = new HashMap<>();
        tenants.forEach(tenant ->
                points.put(tenant, Integer.parseInt(tenant.substring(tenant.lastIndexOf("_at") + "_at".length()))));
        KillPoints kill = new KillPoints(points, () -> letGoOfSnapshot(database));
        for (String tenant : tenants) {
            Thread.ofPlatform().start(() -> change(database, tenant, kill));
            kill.await(tenant);
        }
        KillPoints.die();
    }
}
