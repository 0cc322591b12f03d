package dev.tenon.store.automation;

import dev.tenon.automation.port.ImportStore.Standing;
import dev.tenon.store.Database;
import dev.tenon.store.TenantSchemas;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** What tables of jobs have in common that nodes claim, work on for a while, and end. Joins the thread's transaction. */
final class ClaimedJobs {

    static final Field<UUID> ID = DSL.field(DSL.name("id"), SQLDataType.UUID);
    static final Field<Long> SEQ = number("seq");
    static final Field<UUID> STARTED_BY = DSL.field(DSL.name("started_by"), SQLDataType.UUID);
    static final Field<String> STATE = text("state");
    static final Field<Instant> QUEUED_AT = time("queued_at");
    static final Field<Instant> STARTED_AT = time("started_at");
    static final Field<Instant> ENDED_AT = time("ended_at");
    static final Field<String> FAILURE = text("failure");
    static final Field<Boolean> STOP_WANTED = flag("stop_wanted");
    static final String QUEUED = "QUEUED";
    static final String RUNNING = "RUNNING";

    private static final Field<String> CLAIMED_BY = text("claimed_by");
    private static final Field<Instant> CLAIMED_UNTIL = time("claimed_until");
    private static final String CANCELED = "CANCELED";
    private static final int FAILURE_CHARS = 1900;

    private final Database database;
    private final String table;

    ClaimedJobs(Database database, String table) {
        this.database = database;
        this.table = table;
    }

    static Field<String> text(String column) {
        return DSL.field(DSL.name(column), SQLDataType.VARCHAR);
    }

    static Field<Long> number(String column) {
        return DSL.field(DSL.name(column), SQLDataType.BIGINT);
    }

    static Field<Instant> time(String column) {
        return DSL.field(DSL.name(column), SQLDataType.INSTANT);
    }

    static Field<Boolean> flag(String column) {
        return DSL.field(DSL.name(column), SQLDataType.BOOLEAN);
    }

    private DSLContext sql() {
        return database.dsl();
    }

    Table<Record> of(String tenant) {
        return DSL.table(DSL.name(TenantSchemas.nameOf(tenant), table));
    }

    /** Newest first. */
    <J> List<J> list(String tenant, UUID startedBy, int limit, List<Field<?>> fields, Function<Record, J> job) {
        return sql().select(fields)
                .from(of(tenant))
                .where(STARTED_BY.eq(startedBy))
                .orderBy(SEQ.desc())
                .limit(limit)
                .fetch(job::apply);
    }

    <J> Optional<J> find(String tenant, UUID id, List<Field<?>> fields, Function<Record, J> job) {
        return sql().select(fields).from(of(tenant)).where(ID.eq(id)).fetchOptional(job::apply);
    }

    /** How many have not ended. */
    long open(String tenant, Condition which) {
        return sql().fetchCount(of(tenant), STATE.in(QUEUED, RUNNING).and(which));
    }

    /** The oldest that is queued, or that a silent node has left in the middle. */
    <J> Optional<J> claim(
            String tenant,
            String claimant,
            Instant now,
            Instant until,
            Condition which,
            List<Field<?>> fields,
            Function<Record, J> job) {
        Condition left = STATE.eq(RUNNING).and(CLAIMED_UNTIL.isNull().or(CLAIMED_UNTIL.le(now)));
        return database.transactions().inTransaction(() -> {
            Optional<? extends Record> found = sql().select(fields)
                    .from(of(tenant))
                    .where(STATE.eq(QUEUED).or(left), which)
                    .orderBy(SEQ)
                    .limit(1)
                    .forUpdate()
                    .skipLocked()
                    .fetchOptional();
            found.ifPresent(row -> sql().update(of(tenant))
                    .set(STATE, RUNNING)
                    .set(STARTED_AT, DSL.coalesce(STARTED_AT, DSL.val(now, STARTED_AT)))
                    .set(CLAIMED_BY, claimant)
                    .set(CLAIMED_UNTIL, until)
                    .where(ID.eq(row.get(ID)))
                    .execute());
            return found.map(job);
        });
    }

    /** That no node is at work for whoever has started it. */
    Condition nothingRunsOfSamePerson(String tenant, Instant now) {
        Table<Record> other = of(tenant).as("other");
        return DSL.notExists(sql().selectOne()
                .from(other)
                .where(
                        qualified(other, STARTED_BY).eq(qualified(of(tenant), STARTED_BY)),
                        qualified(other, STATE).eq(RUNNING),
                        qualified(other, CLAIMED_UNTIL).gt(now)));
    }

    private static <T> Field<T> qualified(Table<Record> of, Field<T> column) {
        return DSL.field(of.getQualifiedName().append(column.getName()), column.getDataType());
    }

    private static Condition mine(UUID id, String claimant) {
        return ID.eq(id).and(CLAIMED_BY.eq(claimant)).and(STATE.eq(RUNNING));
    }

    /** Notes what was reached and keeps the claim; nothing is noted where the claim is lost. */
    Standing advance(
            String tenant, UUID id, String claimant, Map<Field<?>, ?> reached, Instant until, Runnable alongside) {
        return database.transactions().inTransaction(() -> {
            int kept = sql().update(of(tenant))
                    .set(reached)
                    .set(CLAIMED_UNTIL, until)
                    .where(mine(id, claimant))
                    .execute();
            if (kept == 0) {
                return Standing.LOST;
            }
            alongside.run();
            boolean stop = sql().fetchExists(of(tenant), ID.eq(id).and(STOP_WANTED.isTrue()));
            return stop ? Standing.STOP : Standing.GO_ON;
        });
    }

    void release(String tenant, UUID id, String claimant) {
        sql().update(of(tenant))
                .set(STATE, QUEUED)
                .setNull(CLAIMED_BY)
                .setNull(CLAIMED_UNTIL)
                .where(mine(id, claimant))
                .execute();
    }

    void cancel(String tenant, UUID id, Instant at) {
        database.transactions().run(() -> {
            sql().update(of(tenant))
                    .set(STATE, CANCELED)
                    .set(ENDED_AT, at)
                    .where(ID.eq(id), STATE.eq(QUEUED))
                    .execute();
            sql().update(of(tenant))
                    .set(STOP_WANTED, true)
                    .where(ID.eq(id), STATE.eq(RUNNING))
                    .execute();
        });
    }

    /** Ends it, unless it is no longer the claimant's. */
    boolean end(
            String tenant,
            UUID id,
            String claimant,
            String state,
            @Nullable String failure,
            Instant at,
            Map<Field<?>, ?> more) {
        return sql().update(of(tenant))
                        .set(more)
                        .set(STATE, state)
                        .set(FAILURE, failure == null ? null : shortened(failure, FAILURE_CHARS))
                        .set(ENDED_AT, at)
                        .setNull(CLAIMED_UNTIL)
                        .where(mine(id, claimant))
                        .execute()
                > 0;
    }

    static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
