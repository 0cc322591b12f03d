package dev.tenon.store.schema;

import dev.tenon.sdk.record.RecordIds;
import dev.tenon.store.Database;
import dev.tenon.store.TenantSchemas;
import dev.tenon.tenancy.SchemaChange;
import dev.tenon.tenancy.SchemaChange.Phase;
import dev.tenon.tenancy.SchemaChange.State;
import dev.tenon.tenancy.port.SchemaEvolution.Initiator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** The journal of schema changes: written before anything is done, so that a crash leaves a list of what is to do. */
final class SchemaJournal {

    private static final Table<Record> CHANGE = DSL.table(DSL.name(TenantSchemas.PLATFORM, "schema_change"));
    private static final Table<Record> STEP = DSL.table(DSL.name(TenantSchemas.PLATFORM, "schema_change_step"));
    private static final Field<UUID> ID = DSL.field(DSL.name("id"), SQLDataType.UUID);
    private static final Field<String> TENANT = DSL.field(DSL.name("tenant"), SQLDataType.VARCHAR);
    private static final Field<String> TARGET = DSL.field(DSL.name("target_fingerprint"), SQLDataType.VARCHAR);
    private static final Field<String> STATE = DSL.field(DSL.name("state"), SQLDataType.VARCHAR);
    private static final Field<String> FAULT = DSL.field(DSL.name("fault"), SQLDataType.VARCHAR);
    private static final Field<Instant> STARTED = DSL.field(DSL.name("started_at"), SQLDataType.INSTANT);
    private static final Field<Instant> ENDED = DSL.field(DSL.name("ended_at"), SQLDataType.INSTANT);
    private static final Field<UUID> BY = DSL.field(DSL.name("started_by"), SQLDataType.UUID);
    private static final Field<String> BY_NAME = DSL.field(DSL.name("started_by_name"), SQLDataType.VARCHAR);
    private static final Field<Boolean> BACKGROUND = DSL.field(DSL.name("in_background"), SQLDataType.BOOLEAN);
    private static final Field<String> OBJECT = DSL.field(DSL.name("object_name"), SQLDataType.VARCHAR);
    private static final Field<String> PHASE = DSL.field(DSL.name("phase"), SQLDataType.VARCHAR);
    private static final Field<Long> ROWS_DONE = DSL.field(DSL.name("rows_done"), SQLDataType.BIGINT);
    private static final Field<Long> ROWS_TOTAL = DSL.field(DSL.name("rows_total"), SQLDataType.BIGINT);
    private static final Field<Boolean> CANCEL = DSL.field(DSL.name("cancel_requested"), SQLDataType.BOOLEAN);
    private static final Field<UUID> CHANGE_ID = DSL.field(DSL.name("change_id"), SQLDataType.UUID);
    private static final Field<Integer> ORDINAL = DSL.field(DSL.name("ordinal"), SQLDataType.INTEGER);
    private static final Field<String> TEXT = DSL.field(DSL.name("step"), SQLDataType.VARCHAR);
    private static final Field<Boolean> DONE = DSL.field(DSL.name("done"), SQLDataType.BOOLEAN);

    private static final String RUNNING = State.RUNNING.name();
    private static final int LONGEST_FAULT = 2000;

    private final Database database;

    SchemaJournal(Database database) {
        this.database = database;
    }

    /**
     * A change that is begun, with the steps that are not yet done by their ordinal.
     *
     * @param known false where another program has written steps that this one cannot read
     */
    record Change(UUID id, String tenant, Map<Integer, SchemaStep> open, boolean known) {

        /** Whether something is still to do that takes its time. */
        boolean takesTime() {
            return open.values().stream().anyMatch(SchemaStep::takesTime);
        }

        boolean removesData() {
            return open.values().stream().anyMatch(SchemaStep::removesData);
        }
    }

    Change begin(String tenant, String fingerprint, List<SchemaStep> steps, Initiator by) {
        UUID id = RecordIds.next();
        DSLContext dsl = database.dsl();
        Map<Integer, SchemaStep> open = new LinkedHashMap<>();
        List<Query> inserts = new ArrayList<>();
        inserts.add(dsl.insertInto(CHANGE, ID, TENANT, TARGET, STATE, BY, BY_NAME, BACKGROUND, PHASE)
                .values(
                        id,
                        tenant,
                        fingerprint,
                        RUNNING,
                        by.id(),
                        by.name(),
                        steps.stream().anyMatch(SchemaStep::takesTime),
                        Phase.PREPARING.name()));
        for (SchemaStep step : steps) {
            inserts.add(
                    dsl.insertInto(STEP, CHANGE_ID, ORDINAL, TEXT, DONE).values(id, open.size(), step.encode(), false));
            open.put(open.size(), step);
        }
        database.transactions().run(() -> inserts.forEach(Query::execute));
        return new Change(id, tenant, open, true);
    }

    /** Work on records that changes no table. */
    UUID beginComputing(String tenant, String fingerprint, long total, Initiator by) {
        UUID id = RecordIds.next();
        database.dsl()
                .insertInto(CHANGE, ID, TENANT, TARGET, STATE, BY, BY_NAME, BACKGROUND, PHASE, ROWS_TOTAL)
                .values(id, tenant, fingerprint, RUNNING, by.id(), by.name(), true, Phase.COMPUTING.name(), total)
                .execute();
        return id;
    }

    boolean isComputing(UUID change) {
        return database.dsl().fetchExists(CHANGE, ID.eq(change).and(PHASE.eq(Phase.COMPUTING.name())));
    }

    List<String> tenantsWithUnfinished() {
        return database.dsl()
                .selectDistinct(TENANT)
                .from(CHANGE)
                .where(STATE.eq(RUNNING))
                .orderBy(TENANT)
                .fetch(TENANT);
    }

    /** Changes that were begun and not ended, oldest first. */
    List<Change> unfinished(String tenant) {
        return database.dsl()
                .select(ID, TENANT)
                .from(CHANGE)
                .where(STATE.eq(RUNNING))
                .and(TENANT.eq(tenant))
                .orderBy(ID)
                .fetch(row -> read(row.value1(), row.value2()));
    }

    private Change read(UUID change, String tenant) {
        Map<Integer, String> open = database.dsl()
                .select(ORDINAL, TEXT)
                .from(STEP)
                .where(CHANGE_ID.eq(change))
                .and(DONE.eq(false))
                .orderBy(ORDINAL)
                .fetch()
                .intoMap(row -> row.value1(), row -> row.value2());
        try {
            Map<Integer, SchemaStep> steps = new LinkedHashMap<>();
            open.forEach((ordinal, text) -> steps.put(ordinal, SchemaStep.decode(text)));
            return new Change(change, tenant, steps, true);
        } catch (IllegalArgumentException | IndexOutOfBoundsException otherProgram) {
            return new Change(change, tenant, Map.of(), false);
        }
    }

    void markDone(UUID change, int ordinal) {
        database.dsl()
                .update(STEP)
                .set(DONE, true)
                .where(CHANGE_ID.eq(change))
                .and(ORDINAL.eq(ordinal))
                .execute();
    }

    /** Notes how far a change is; false when somebody has asked it to end. */
    boolean progress(UUID change, String object, Phase phase, long done, long total) {
        database.dsl()
                .update(CHANGE)
                .set(OBJECT, object)
                .set(PHASE, phase.name())
                .set(ROWS_DONE, done)
                .set(ROWS_TOTAL, total)
                .where(ID.eq(change))
                .execute();
        return !cancelRequested(change);
    }

    /** Notes that a change waits for others, which is a reason to show it; false when somebody has asked it to end. */
    boolean waits(UUID change, String object) {
        database.dsl()
                .update(CHANGE)
                .set(OBJECT, object)
                .set(PHASE, Phase.WAITING.name())
                .set(BACKGROUND, true)
                .where(ID.eq(change))
                .execute();
        return !cancelRequested(change);
    }

    boolean cancelRequested(UUID change) {
        return database.dsl().fetchExists(CHANGE, ID.eq(change).and(CANCEL.isTrue()));
    }

    /** False when the change is not running, or is at its end. */
    boolean requestCancel(String tenant, UUID change) {
        return database.dsl()
                        .update(CHANGE)
                        .set(CANCEL, true)
                        .where(ID.eq(change))
                        .and(TENANT.eq(tenant))
                        .and(STATE.eq(RUNNING))
                        .and(PHASE.ne(Phase.SWITCHING.name()))
                        .execute()
                == 1;
    }

    /** From here on the change goes to its end; false when somebody has asked it to end before. */
    boolean closeForCancelling(UUID change) {
        return database.dsl()
                        .update(CHANGE)
                        .set(PHASE, Phase.SWITCHING.name())
                        .where(ID.eq(change))
                        .and(CANCEL.isFalse())
                        .execute()
                == 1;
    }

    /** Those that took or take their time, newest first. */
    List<SchemaChange> background(String tenant, int limit) {
        return database.dsl()
                .select(ID, STATE, BY, BY_NAME, STARTED, ENDED, OBJECT, PHASE, ROWS_DONE, ROWS_TOTAL, FAULT)
                .from(CHANGE)
                .where(TENANT.eq(tenant))
                .and(BACKGROUND.isTrue())
                .orderBy(STARTED.desc(), ID.desc())
                .limit(limit)
                .fetch(row -> new SchemaChange(
                        row.get(ID),
                        State.valueOf(row.get(STATE)),
                        row.get(BY),
                        row.get(BY_NAME),
                        row.get(STARTED),
                        Optional.ofNullable(row.get(ENDED)),
                        Objects.requireNonNullElse(row.get(OBJECT), ""),
                        Phase.valueOf(row.get(PHASE)),
                        row.get(ROWS_DONE),
                        row.get(ROWS_TOTAL),
                        Objects.requireNonNullElse(row.get(FAULT), "")));
    }

    void end(UUID change) {
        end(change, State.DONE.name(), null);
    }

    /** False when somebody has asked it to end before. */
    boolean endUnlessCancelled(UUID change) {
        return database.dsl()
                        .update(CHANGE)
                        .set(STATE, State.DONE.name())
                        .set(ENDED, DSL.currentInstant())
                        .where(ID.eq(change))
                        .and(CANCEL.isFalse())
                        .execute()
                == 1;
    }

    void endCancelled(UUID change) {
        end(change, State.CANCELLED.name(), null);
    }

    /** Given up: what was done stays, which is harmless; the next change is planned from there. */
    void giveUp(UUID change, String fault) {
        end(change, State.FAILED.name(), fault.substring(0, Math.min(fault.length(), LONGEST_FAULT)));
    }

    private void end(UUID change, String state, @Nullable String fault) {
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
