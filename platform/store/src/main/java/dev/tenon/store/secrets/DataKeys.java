package dev.tenon.store.secrets;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.tenon.records.port.Sealing;
import dev.tenon.records.port.TenantSealing;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.StoreError;
import dev.tenon.store.TenantSchemas;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/**
 * A key for each tenant, made once and kept sealed with the operator's. So a change of the operator's key touches one row of
 * a tenant and none of its records, and with this row all that is sealed for a tenant is gone.
 */
public final class DataKeys implements TenantSealing {

    private static final Logger LOG = System.getLogger(DataKeys.class.getName());

    private static final Table<Record> KEY = table(name(TenantSchemas.PLATFORM, "data_key"));
    private static final Field<String> TENANT = field(name("tenant"), String.class);
    private static final Field<Integer> SLOT = field(name("slot"), Integer.class);
    private static final Field<String> ID = field(name("id"), String.class);
    private static final Field<String> SEALED = field(name("sealed"), String.class);
    private static final Field<OffsetDateTime> CREATED_AT = field(name("created_at"), OffsetDateTime.class);

    private final Database database;
    private final Sealing operators;
    private final Map<String, Sealing> byTenant = new ConcurrentHashMap<>();

    public DataKeys(Database database, Sealing operators) {
        this.database = database;
        this.operators = operators;
    }

    private record Row(String tenant, String id, String sealed) {
        String place() {
            return "data-key/" + tenant + "/" + id;
        }
    }

    /**
     * To be called at start: what former keys of the operator have sealed is sealed anew. A key that does not open leaves
     * texts unreadable and stops nothing else.
     */
    public void prepare() {
        for (Row row : rows(Optional.empty())) {
            try {
                if (!operators.isCurrent(row.sealed())) {
                    String anew = operators.seal(row.place(), operators.open(row.place(), row.sealed()));
                    database.dsl()
                            .update(KEY)
                            .set(SEALED, anew)
                            .where(TENANT.eq(row.tenant()), ID.eq(row.id()), SEALED.eq(row.sealed()))
                            .execute();
                }
            } catch (PlatformException closed) {
                LOG.log(
                        Level.ERROR,
                        "{0}: the encrypted fields of tenant {1} cannot be read",
                        closed.code().id(),
                        row.tenant());
            }
        }
    }

    /** Without its key nobody reads what was sealed for the tenant, not in a backup either. */
    public void removeTenant(String tenant) {
        database.dsl().deleteFrom(KEY).where(TENANT.eq(tenant)).execute();
        byTenant.remove(tenant);
    }

    @Override
    public Sealing of(String tenant) {
        return new OfTenant(tenant);
    }

    private final class OfTenant implements Sealing {

        private final String tenant;

        private OfTenant(String tenant) {
            this.tenant = tenant;
        }

        @Override
        public String seal(String place, String secret) {
            return texts(tenant).orElseGet(() -> made(tenant)).seal(tenant + "/" + place, secret);
        }

        @Override
        public String open(String place, String sealed) {
            return texts(tenant)
                    .orElseThrow(() -> StoreError.ENCRYPTION_KEY_MISSING
                            .error()
                            .with("key", "data-key/" + tenant)
                            .with("place", place)
                            .build())
                    .open(tenant + "/" + place, sealed);
        }

        @Override
        public boolean isSealed(String text) {
            return operators.isSealed(text);
        }

        @Override
        public boolean isCurrent(String sealed) {
            return texts(tenant).filter(texts -> texts.isCurrent(sealed)).isPresent();
        }
    }

    private Optional<Sealing> texts(String tenant) {
        Sealing known = byTenant.get(tenant);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Sealing> found = rows(Optional.of(tenant)).stream().findFirst().map(this::opened);
        found.ifPresent(texts -> byTenant.put(tenant, texts));
        return found;
    }

    /** Whatever becomes of the save that needs it: another one may already use it. */
    private Sealing made(String tenant) {
        Row row = new Row(tenant, UUID.randomUUID().toString(), "");
        String key = SealingKeys.generate(row.id());
        try {
            database.transactions()
                    .inSeparateTransaction(() -> database.dsl()
                            .insertInto(KEY)
                            .set(TENANT, tenant)
                            .set(SLOT, 1)
                            .set(ID, row.id())
                            .set(SEALED, operators.seal(row.place(), key))
                            .set(CREATED_AT, OffsetDateTime.now(ZoneOffset.UTC))
                            .execute());
        } catch (RuntimeException refused) {
            Optional<Sealing> others = texts(tenant);
            if (others.isEmpty()) {
                throw refused;
            }
            return others.get();
        }
        return texts(tenant).orElseThrow();
    }

    /** A key that does not open stays so until the next start: a list need not ask for it with each of its cells. */
    private Sealing opened(Row row) {
        try {
            return new SealedTexts(SealingKeys.of(List.of(operators.open(row.place(), row.sealed()))));
        } catch (PlatformException closed) {
            return new Closed(closed);
        }
    }

    /** Stands for a key that is missing or damaged. */
    private final class Closed implements Sealing {

        private final PlatformException why;

        private Closed(PlatformException why) {
            this.why = why;
        }

        @Override
        public String seal(String place, String secret) {
            throw why;
        }

        @Override
        public String open(String place, String sealed) {
            throw why;
        }

        @Override
        public boolean isSealed(String text) {
            return operators.isSealed(text);
        }

        @Override
        public boolean isCurrent(String sealed) {
            return false;
        }
    }

    private List<Row> rows(Optional<String> tenant) {
        return database.dsl()
                .select(TENANT, ID, SEALED)
                .from(KEY)
                .where(tenant.map(TENANT::eq).orElse(org.jooq.impl.DSL.trueCondition()))
                .orderBy(TENANT, SLOT.desc())
                .fetch(row -> new Row(row.get(TENANT), row.get(ID), row.get(SEALED)));
    }
}
