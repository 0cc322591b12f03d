package dev.tenon.store.tenancy;

import static dev.tenon.store.tenancy.TenancyTables.*;

import dev.tenon.records.ComputedFields;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.StoreError;
import dev.tenon.store.automation.JooqMatchKeyBuilds;
import dev.tenon.store.schema.ModelFence;
import dev.tenon.tenancy.Layering;
import dev.tenon.tenancy.ModelVersion;
import dev.tenon.tenancy.port.TenancyStore;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Table;

/** Tenancy's tables. Joins the thread's transaction. Safe for use by several threads. */
public final class JooqTenancyStore implements TenancyStore {

    /** H2 keeps at most a megabyte in one binary value. */
    private static final int PIECE_BYTES = 512 * 1024;

    private final Database database;
    private final ExclusiveRights rights;

    public JooqTenancyStore(Database database) {
        this.database = database;
        this.rights = new ExclusiveRights(database);
    }

    private DSLContext sql() {
        return database.dsl();
    }

    @Override
    public List<TenantRow> tenants() {
        return sql().select(TENANT, NAME, ACTIVE, VERSION, PLATFORM, CREATED_AT)
                .from(TENANTS)
                .orderBy(TENANT)
                .fetch(JooqTenancyStore::tenant);
    }

    @Override
    public Optional<TenantRow> tenant(String key) {
        return sql().select(TENANT, NAME, ACTIVE, VERSION, PLATFORM, CREATED_AT)
                .from(TENANTS)
                .where(TENANT.eq(key))
                .fetchOptional(JooqTenancyStore::tenant);
    }

    private static TenantRow tenant(Record row) {
        return new TenantRow(
                row.get(TENANT),
                row.get(NAME),
                row.get(ACTIVE),
                row.get(VERSION),
                row.get(PLATFORM),
                row.get(CREATED_AT));
    }

    @Override
    public boolean addTenant(String key, String name, Instant at) {
        return insertedOnce(() -> sql().insertInto(TENANTS)
                .set(TENANT, key)
                .set(NAME, name)
                .set(ACTIVE, false)
                .set(VERSION, 0L)
                .set(PLATFORM, "")
                .set(CREATED_AT, at)
                .execute());
    }

    private static boolean insertedOnce(Runnable insert) {
        try {
            insert.run();
            return true;
        } catch (PlatformException refused) {
            if (refused.code() == StoreError.DUPLICATE) {
                return false;
            }
            throw refused;
        }
    }

    @Override
    public void activateTenant(String key) {
        setActive(key, true);
    }

    @Override
    public void deactivateTenant(String key) {
        setActive(key, false);
    }

    private void setActive(String key, boolean active) {
        sql().update(TENANTS).set(ACTIVE, active).where(TENANT.eq(key)).execute();
    }

    @Override
    public void removeTenant(String key) {
        database.transactions().run(() -> {
            for (Table<Record> table : List.of(LAYER, MODEL, INTENT, SEED, RECOMPUTE, CONFLICT, TENANTS)) {
                sql().deleteFrom(table).where(TENANT.eq(key)).execute();
            }
        });
    }

    @Override
    public <T> Optional<T> exclusively(String name, Duration patience, Supplier<T> work) {
        return rights.holding(name, patience, work);
    }

    @Override
    public void keepContent(String hash, byte[] archive) {
        if (sql().fetchExists(CONTENT_PIECE, HASH.eq(hash))) {
            return;
        }
        // The same archive from two nodes at once: one of them wins, the bytes are the same.
        insertedOnce(() -> database.transactions().run(() -> {
            int piece = 0;
            for (int at = 0; at < archive.length; at += PIECE_BYTES) {
                sql().insertInto(CONTENT_PIECE)
                        .set(HASH, hash)
                        .set(PIECE, piece++)
                        .set(BYTES, Arrays.copyOfRange(archive, at, Math.min(archive.length, at + PIECE_BYTES)))
                        .execute();
            }
        }));
    }

    @Override
    public byte[] content(String hash) {
        Result<? extends Record> pieces = sql().select(BYTES)
                .from(CONTENT_PIECE)
                .where(HASH.eq(hash))
                .orderBy(PIECE)
                .fetch();
        if (pieces.isEmpty()) {
            throw new IllegalStateException("the content " + hash + " is not kept");
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        pieces.forEach(p -> whole.writeBytes(p.get(BYTES)));
        return whole.toByteArray();
    }

    @Override
    public Optional<String> addPackage(PackageRow row) {
        Optional<PackageRow> known = findPackage(row.name(), row.version());
        if (known.isPresent()) {
            return known.map(PackageRow::content);
        }
        boolean added = insertedOnce(() -> sql().insertInto(PACKAGE)
                .set(NAME, row.name())
                .set(SEMVER, row.version())
                .set(NAMESPACE, row.namespace())
                .set(TITLE, json(row.title()))
                .set(SUMMARY, json(row.summary()))
                .set(CONTENT, row.content())
                .set(ADDED_AT, row.addedAt())
                .execute());
        return added ? Optional.empty() : findPackage(row.name(), row.version()).map(PackageRow::content);
    }

    @Override
    public List<PackageRow> packages() {
        return sql().select(NAME, NAMESPACE, SEMVER, TITLE, SUMMARY, CONTENT, ADDED_AT)
                .from(PACKAGE)
                .orderBy(NAME, SEMVER)
                .fetch(JooqTenancyStore::packageRow);
    }

    @Override
    public Optional<PackageRow> findPackage(String name, String version) {
        return sql().select(NAME, NAMESPACE, SEMVER, TITLE, SUMMARY, CONTENT, ADDED_AT)
                .from(PACKAGE)
                .where(NAME.eq(name), SEMVER.eq(version))
                .fetchOptional(JooqTenancyStore::packageRow);
    }

    private static PackageRow packageRow(Record row) {
        return new PackageRow(
                row.get(NAME),
                row.get(NAMESPACE),
                row.get(SEMVER),
                texts(row.get(TITLE)),
                texts(row.get(SUMMARY)),
                row.get(CONTENT),
                row.get(ADDED_AT));
    }

    @Override
    public Layering layering(String tenant, long version) {
        return new Layering(sql().select(KIND, NAME, NAMESPACE, PACKAGE_VERSION, CONTENT, PLUGIN, ENABLED)
                .from(LAYER)
                .where(TENANT.eq(tenant), VERSION.eq(version))
                .orderBy(ORDINAL)
                .fetch(JooqTenancyStore::layer));
    }

    @Override
    public List<Layering.Entry> formerLayers(String tenant, String packageName) {
        return sql()
                .select(KIND, NAME, NAMESPACE, PACKAGE_VERSION, CONTENT, PLUGIN, ENABLED)
                .from(LAYER)
                .where(TENANT.eq(tenant), NAME.eq(packageName))
                .orderBy(VERSION.desc())
                .fetch(JooqTenancyStore::layer)
                .stream()
                .distinct()
                .toList();
    }

    private static Layering.Entry layer(Record row) {
        return new Layering.Entry(
                Layering.Kind.valueOf(row.get(KIND)),
                row.get(NAME),
                row.get(NAMESPACE),
                row.get(PACKAGE_VERSION),
                row.get(CONTENT),
                row.get(PLUGIN),
                row.get(ENABLED));
    }

    @Override
    public void noteIntent(String tenant, long version, Instant at) {
        database.transactions().run(() -> {
            forgetIntent(tenant);
            sql().insertInto(INTENT)
                    .set(TENANT, tenant)
                    .set(VERSION, version)
                    .set(NOTED_AT, at)
                    .execute();
        });
    }

    @Override
    public void forgetIntent(String tenant) {
        sql().deleteFrom(INTENT).where(TENANT.eq(tenant)).execute();
    }

    @Override
    public List<String> intents() {
        return sql().select(TENANT).from(INTENT).orderBy(TENANT).fetch(TENANT);
    }

    @Override
    public boolean publish(NewVersion next) {
        return new ModelFence(database).switching(next.tenant(), next.version().version(), () -> {
            int switched = sql().update(TENANTS)
                    .set(VERSION, next.version().version())
                    .set(PLATFORM, next.platform())
                    .where(TENANT.eq(next.tenant()), VERSION.eq(next.expected()))
                    .execute();
            if (switched == 0) {
                return false;
            }
            insertVersion(next);
            insertLayers(next);
            new ConflictRows(database).follow(next);
            for (String seed : next.seedsDue()) {
                sql().insertInto(SEED)
                        .set(TENANT, next.tenant())
                        .set(PACKAGE_NAME, seed)
                        .execute();
            }
            new JooqMatchKeyBuilds(database).add(next);
            if (next.recompute()) {
                // What was done of an earlier one was done with another model.
                sql().update(RECOMPUTE)
                        .setNull(PLACE_OBJECT)
                        .setNull(PLACE_ID)
                        .where(TENANT.eq(next.tenant()))
                        .execute();
            }
            if (next.recompute() && recomputeDue(next.tenant()).isEmpty()) {
                sql().insertInto(RECOMPUTE)
                        .set(TENANT, next.tenant())
                        .set(VERSION, next.expected())
                        .execute();
            }
            return true;
        });
    }

    private void insertVersion(NewVersion next) {
        ModelVersion entry = next.version();
        sql().insertInto(MODEL)
                .set(TENANT, next.tenant())
                .set(VERSION, entry.version())
                .set(FINGERPRINT, next.fingerprint())
                .set(KIND, entry.kind().name())
                .set(PUBLISHED_AT, entry.at())
                .set(PUBLISHED_BY, entry.by())
                .set(PUBLISHED_BY_NAME, entry.byName())
                .set(REMARK, entry.comment())
                .set(CHANGES, json(entry.changes()))
                .execute();
    }

    private void insertLayers(NewVersion next) {
        int ordinal = 0;
        for (Layering.Entry layer : next.layering().layers()) {
            sql().insertInto(LAYER)
                    .set(TENANT, next.tenant())
                    .set(VERSION, next.version().version())
                    .set(ORDINAL, ordinal++)
                    .set(KIND, layer.kind().name())
                    .set(NAME, layer.name())
                    .set(NAMESPACE, layer.namespace())
                    .set(PACKAGE_VERSION, layer.version())
                    .set(CONTENT, layer.content())
                    .set(PLUGIN, layer.plugin())
                    .set(ENABLED, layer.enabled())
                    .execute();
        }
    }

    @Override
    public List<ModelVersion> history(String tenant, int limit) {
        return sql().select(VERSION, PUBLISHED_AT, PUBLISHED_BY, PUBLISHED_BY_NAME, KIND, REMARK, CHANGES)
                .from(MODEL)
                .where(TENANT.eq(tenant))
                .orderBy(VERSION.desc())
                .limit(limit)
                .fetch(row -> new ModelVersion(
                        row.get(VERSION),
                        row.get(PUBLISHED_AT),
                        row.get(PUBLISHED_BY),
                        row.get(PUBLISHED_BY_NAME),
                        ModelVersion.Kind.valueOf(row.get(KIND)),
                        row.get(REMARK),
                        lines(row.get(CHANGES))));
    }

    @Override
    public List<String> seedsDue(String tenant) {
        return sql().select(PACKAGE_NAME)
                .from(SEED)
                .where(TENANT.eq(tenant))
                .orderBy(PACKAGE_NAME)
                .fetch(PACKAGE_NAME);
    }

    @Override
    public void seedDone(String tenant, String packageName) {
        sql().deleteFrom(SEED)
                .where(TENANT.eq(tenant), PACKAGE_NAME.eq(packageName))
                .execute();
    }

    @Override
    public Optional<Long> recomputeDue(String tenant) {
        return sql().select(VERSION).from(RECOMPUTE).where(TENANT.eq(tenant)).fetchOptional(VERSION);
    }

    @Override
    public List<String> recomputing() {
        return sql().select(TENANT).from(RECOMPUTE).orderBy(TENANT).fetch(TENANT);
    }

    @Override
    public void recomputeDone(String tenant) {
        sql().deleteFrom(RECOMPUTE).where(TENANT.eq(tenant)).execute();
    }

    @Override
    public Optional<ComputedFields.Place> recomputePlace(String tenant) {
        return sql().select(PLACE_STAGE, PLACE_OBJECT, PLACE_ID, PLACE_DONE)
                .from(RECOMPUTE)
                .where(TENANT.eq(tenant))
                .and(PLACE_ID.isNotNull())
                .fetchOptional(row -> new ComputedFields.Place(row.value1(), row.value2(), row.value3(), row.value4()));
    }

    @Override
    public void recomputeAt(String tenant, ComputedFields.Place place) {
        sql().update(RECOMPUTE)
                .set(PLACE_STAGE, place.stage())
                .set(PLACE_DONE, place.done())
                .set(PLACE_OBJECT, place.object())
                .set(PLACE_ID, place.last())
                .where(TENANT.eq(tenant))
                .execute();
    }

    @Override
    public List<ConflictRow> conflicts(String tenant) {
        return new ConflictRows(database).find(TENANT.eq(tenant));
    }

    @Override
    public Optional<ConflictRow> conflict(String tenant, UUID id) {
        Condition one = TENANT.eq(tenant).and(ID.eq(id));
        return new ConflictRows(database).find(one).stream().findFirst();
    }

    @Override
    public boolean keepMine(String tenant, UUID id, UUID by, String byName, Instant at) {
        return new ConflictRows(database).end(tenant, id, ConflictState.MINE, by, byName, at);
    }
}
