package dev.tenon.store.schema;

import static dev.tenon.store.TestModels.field;
import static dev.tenon.store.TestModels.model;
import static dev.tenon.store.TestModels.object;
import static dev.tenon.store.TestModels.text;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.records.JooqRecordStore;
import dev.tenon.tenancy.port.SchemaEvolution.Initiator;
import dev.tenon.tenancy.port.SchemaEvolution.Wanted;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A new tenant for each test, whose tables follow models of offers as tenancy makes them follow. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EvolvingTables {

    static final String OFFER = "recruiting__Offer";
    static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private static final AtomicInteger TENANT = new AtomicInteger();

    private final SchemaSettings sizes;

    Database database;
    Catalogue catalogue;
    JooqRecordStore records;
    String tenant;

    EvolvingTables(SchemaSettings sizes) {
        this.sizes = sizes;
    }

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        database = Database.open(settings(folder));
        catalogue = new Catalogue(database, sizes);
        records = new JooqRecordStore(database, catalogue);
    }

    @AfterAll
    void close() {
        database.close();
    }

    @BeforeEach
    void newTenant() {
        tenant = "evolving" + TENANT.incrementAndGet();
        evolution().createTenant(tenant);
    }

    JournaledSchemaEvolution evolution() {
        return evolution(StepListener.NONE);
    }

    JournaledSchemaEvolution evolution(StepListener listener) {
        return new JournaledSchemaEvolution(database, catalogue, sizes, listener);
    }

    /** Offers with a title and a code of the type. */
    Model with(int version, FieldType type) {
        return with(version, field("code", type));
    }

    Model with(int version, Field... fields) {
        List<Field> all = new ArrayList<>(List.of(field("title", text(20))));
        all.addAll(Arrays.asList(fields));
        return model(tenant, version, object(OFFER, all.toArray(Field[]::new)));
    }

    void publish(Model model, @Nullable Model before) {
        publish(model, before, StepListener.NONE);
    }

    void publish(Model model, @Nullable Model before, StepListener listener) {
        evolve(model, before, listener);
        switchTo(model);
    }

    /** Brings the tables to a model, with losses that somebody has seen. */
    void evolve(Model model, @Nullable Model before, StepListener listener) {
        evolve(model, before, listener, id -> {});
    }

    void evolve(Model model, @Nullable Model before, StepListener listener, Consumer<UUID> told) {
        JournaledSchemaEvolution evolution = evolution(listener);
        Wanted wanted = new Wanted(model, Optional.ofNullable(before), Optional.empty());
        Optional<String> digest = Optional.of(evolution.losses(tenant, wanted).digest());
        evolution.evolve(tenant, new Wanted(model, wanted.before(), digest), Initiator.PLATFORM, told);
    }

    /** What tenancy does between and after. */
    void switchTo(Model model) {
        database.schemaGate().switching(tenant, model.version(), () -> true);
        evolution().inForce(tenant, model.version());
        evolution().keep(tenant, model, NOW);
    }

    /** What tenancy does where a model did not come in force. */
    void recover(Model inForce) {
        evolution().inForce(tenant, inForce.version());
        evolution().evolve(tenant, inForce);
    }

    UUID insert(Model model, @Nullable Object code) {
        UUID id = RecordIds.next();
        Map<String, Object> values = new HashMap<>(Map.of("title", "t"));
        if (code != null) {
            values.put("code", code);
        }
        records.insert(model, OFFER, id, values);
        return id;
    }

    @Nullable
    Object value(Model model, UUID id) {
        return records.inTransaction(
                tenant,
                () -> records.lock(model, OFFER, id).orElseThrow().values().get("code"));
    }

    int rows() {
        return database.dsl()
                .fetchCount(Catalogue.at(tenant, catalogue.read(tenant).tables().get(OFFER)));
    }

    /** Does something that ends as if the process had died at a point; false when it was over before. */
    static boolean crashed(int point, Consumer<StepListener> change) {
        AtomicInteger passed = new AtomicInteger();
        StepListener crash = new StepListener() {
            private void pass() {
                if (passed.getAndIncrement() == point) {
                    throw new Crash();
                }
            }

            @Override
            public void progressed(String of, int ordinal, SchemaStep step, long done) {
                pass();
            }

            @Override
            public void applied(String of, int ordinal, SchemaStep step) {
                pass();
            }

            @Override
            public void marked(String of, int ordinal, SchemaStep step) {
                pass();
            }
        };
        try {
            change.accept(crash);
            return false;
        } catch (Crash crashed) {
            return true;
        }
    }

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }
}
