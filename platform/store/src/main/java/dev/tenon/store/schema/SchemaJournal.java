package dev.tenon.store.schema;

import dev.tenon.sdk.record.RecordIds;
import dev.tenon.store.Database;
import dev.tenon.store.TenantSchemas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The journal of schema changes: written before anything is done, so that a crash leaves a list of what is to do. */
final class SchemaJournal {

    private static final Table<Record> CHANGE = DSL.table(DSL.name(TenantSchemas.PLATFORM, "schema_change"));
    private static final Table<Record> STEP = DSL.table(DSL.name(TenantSchemas.PLATFORM, "schema_change_step"));
    private static final Field<UUID> ID = DSL.field(DSL.name("id"), SQLDataType.UUID);
    private static final Field<String> TENANT = DSL.field(DSL.name("tenant"), SQLDataType.VARCHAR);
    private static final Field<String> TARGET = DSL.field(DSL.name("target_fingerprint"), SQLDataType.VARCHAR);
    private static final Field<String> STATE = DSL.field(DSL.name("state"), SQLDataType.VARCHAR);
    private static final Field<String> FAULT = DSL.field(DSL.name("fault"), SQLDataType.VARCHAR);
    private static final Field<java.time.Instant> ENDED = DSL.field(DSL.name("ended_at"), SQLDataType.INSTANT);
    private static final Field<UUID> CHANGE_ID = DSL.field(DSL.name("change_id"), SQLDataType.UUID);
    private static final Field<Integer> ORDINAL = DSL.field(DSL.name("ordinal"), SQLDataType.INTEGER);
    private static final Field<String> TEXT = DSL.field(DSL.name("step"), SQLDataType.VARCHAR);
    private static final Field<Boolean> DONE = DSL.field(DSL.name("done"), SQLDataType.BOOLEAN);

    private static final String RUNNING = "RUNNING";
    private static final int LONGEST_FAULT = 2000;

    private final Database database;

    SchemaJournal(Database database) {
        this.database = database;
    }

    /** A change that is begun, with the steps that are not yet done by their ordinal. */
    record Change(UUID id, String tenant, Map<Integer, SchemaStep> open) {}

    Change begin(String tenant, String fingerprint, List<SchemaStep> steps) {
        UUID id = RecordIds.next();
        DSLContext dsl = database.dsl();
        Map<Integer, SchemaStep> open = new LinkedHashMap<>();
        List<Query> inserts = new ArrayList<>();
        inserts.add(dsl.insertInto(CHANGE, ID, TENANT, TARGET, STATE).values(id, tenant, fingerprint, RUNNING));
        for (SchemaStep step : steps) {
            inserts.add(
                    dsl.insertInto(STEP, CHANGE_ID, ORDINAL, TEXT, DONE).values(id, open.size(), step.encode(), false));
            open.put(open.size(), step);
        }
        database.transactions().run(() -> inserts.forEach(Query::execute));
        return new Change(id, tenant, open);
    }

    /** Changes that were begun and not ended, oldest first. */
    List<Change> unfinished() {
        return unfinished(DSL.noCondition());
    }

    List<Change> unfinished(String tenant) {
        return unfinished(TENANT.eq(tenant));
    }

    private List<Change> unfinished(org.jooq.Condition which) {
        return database.dsl()
                .select(ID, TENANT)
                .from(CHANGE)
                .where(STATE.eq(RUNNING))
                .and(which)
                .orderBy(ID)
                .fetch(row -> new Change(row.value1(), row.value2(), openSteps(row.value1())));
    }

    private Map<Integer, SchemaStep> openSteps(UUID change) {
        return database.dsl()
                .select(ORDINAL, TEXT)
                .from(STEP)
                .where(CHANGE_ID.eq(change))
                .and(DONE.eq(false))
                .orderBy(ORDINAL)
                .fetch()
                .intoMap(row -> row.value1(), row -> SchemaStep.decode(row.value2()));
    }

    void markDone(UUID change, int ordinal) {
        database.dsl()
                .update(STEP)
                .set(DONE, true)
                .where(CHANGE_ID.eq(change))
                .and(ORDINAL.eq(ordinal))
                .execute();
    }

    void end(UUID change) {
        end(change, "DONE", null);
    }

    /** Given up: what was done stays, which is harmless; the next change is planned from there. */
    void giveUp(UUID change, String fault) {
        end(change, "FAILED", fault.substring(0, Math.min(fault.length(), LONGEST_FAULT)));
    }

    private void end(UUID change, String state, @org.jspecify.annotations.Nullable String fault) {
        database.dsl()
                .update(CHANGE)
                .set(STATE, state)
                .set(FAULT, fault)
                .set(ENDED, DSL.currentInstant())
                .where(ID.eq(change))
                .execute();
    }

    void forgetTenant(String tenant) {
        database.dsl()
                .deleteFrom(STEP)
                .where(CHANGE_ID.in(DSL.select(ID).from(CHANGE).where(TENANT.eq(tenant))))
                .execute();
        database.dsl().deleteFrom(CHANGE).where(TENANT.eq(tenant)).execute();
    }
}
