package dev.tenon.store.automation;

import static dev.tenon.store.automation.ClaimedJobs.ENDED_AT;
import static dev.tenon.store.automation.ClaimedJobs.FAILURE;
import static dev.tenon.store.automation.ClaimedJobs.ID;
import static dev.tenon.store.automation.ClaimedJobs.QUEUED_AT;
import static dev.tenon.store.automation.ClaimedJobs.SEQ;
import static dev.tenon.store.automation.ClaimedJobs.STARTED_BY;
import static dev.tenon.store.automation.ClaimedJobs.STATE;
import static dev.tenon.store.automation.ClaimedJobs.STOP_WANTED;
import static dev.tenon.store.automation.ClaimedJobs.number;
import static dev.tenon.store.automation.ClaimedJobs.text;

import dev.tenon.automation.HandOverStatus;
import dev.tenon.automation.HandOverStatus.State;
import dev.tenon.automation.port.HandOverStore;
import dev.tenon.automation.port.ImportStore.Standing;
import dev.tenon.store.Database;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Hand-overs in the tenant's tables. Joins the thread's transaction. Safe for use by several threads and nodes. */
public final class JooqHandOverStore implements HandOverStore {

    private static final Field<UUID> FROM_USER = DSL.field(DSL.name("from_user"), SQLDataType.UUID);
    private static final Field<UUID> TO_USER = DSL.field(DSL.name("to_user"), SQLDataType.UUID);
    private static final Field<Long> TOTAL = number("total");
    private static final Field<Long> PROCESSED = number("processed");
    private static final Field<Long> WORK_ITEMS = number("work_items");
    private static final Field<Long> LEFT_OVER = number("left_over");
    private static final Field<String> OBJECT = text("object_name");
    private static final Field<UUID> LAST_ID = DSL.field(DSL.name("last_id"), SQLDataType.UUID);

    private static final List<Field<?>> ALL = List.of(
            ID,
            FROM_USER,
            TO_USER,
            STARTED_BY,
            STATE,
            TOTAL,
            PROCESSED,
            WORK_ITEMS,
            LEFT_OVER,
            OBJECT,
            LAST_ID,
            QUEUED_AT,
            ENDED_AT,
            FAILURE);

    private final Database database;
    private final ClaimedJobs jobs;

    public JooqHandOverStore(Database database) {
        this.database = database;
        this.jobs = new ClaimedJobs(database, "tenon_hand_over");
    }

    @Override
    public void add(String tenant, HandOverStatus job) {
        database.dsl()
                .insertInto(jobs.of(tenant))
                .set(ID, job.id())
                .set(FROM_USER, job.from())
                .set(TO_USER, job.to())
                .set(STARTED_BY, job.startedBy())
                .set(STATE, job.state().name())
                .set(reached(Reached.NOTHING))
                .set(QUEUED_AT, job.queuedAt())
                .set(STOP_WANTED, false)
                .execute();
    }

    private static Map<Field<?>, @Nullable Object> reached(Reached reached) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(TOTAL, reached.total());
        values.put(PROCESSED, reached.processed());
        values.put(WORK_ITEMS, reached.workItems());
        values.put(LEFT_OVER, reached.leftOver());
        values.put(OBJECT, reached.object());
        values.put(LAST_ID, reached.last().orElse(null));
        return values;
    }

    private static HandOverStatus status(Record row) {
        return new HandOverStatus(
                row.get(ID),
                State.valueOf(row.get(STATE)),
                row.get(FROM_USER),
                row.get(TO_USER),
                row.get(STARTED_BY),
                row.get(TOTAL),
                row.get(PROCESSED),
                row.get(WORK_ITEMS),
                row.get(LEFT_OVER),
                row.get(QUEUED_AT),
                row.get(ENDED_AT),
                row.get(FAILURE));
    }

    private static Job job(Record row) {
        return new Job(
                row.get(ID),
                row.get(FROM_USER),
                row.get(TO_USER),
                row.get(STARTED_BY),
                new Reached(
                        row.get(TOTAL),
                        row.get(PROCESSED),
                        row.get(WORK_ITEMS),
                        row.get(LEFT_OVER),
                        row.get(OBJECT),
                        Optional.ofNullable(row.get(LAST_ID))));
    }

    @Override
    public Optional<HandOverStatus> find(String tenant, UUID id) {
        return jobs.find(tenant, id, ALL, JooqHandOverStore::status);
    }

    @Override
    public List<HandOverStatus> list(String tenant, int limit) {
        return database.dsl()
                .select(ALL)
                .from(jobs.of(tenant))
                .orderBy(SEQ.desc())
                .limit(limit)
                .fetch(JooqHandOverStore::status);
    }

    @Override
    public long open(String tenant, UUID from) {
        return jobs.open(tenant, FROM_USER.eq(from));
    }

    @Override
    public Optional<Job> claim(String tenant, String claimant, Instant now, Instant until) {
        return jobs.claim(tenant, claimant, now, until, DSL.trueCondition(), ALL, JooqHandOverStore::job);
    }

    @Override
    public Standing advance(String tenant, UUID id, String claimant, Reached reached, Instant until) {
        return jobs.advance(tenant, id, claimant, reached(reached), until, () -> {});
    }

    @Override
    public void release(String tenant, UUID id, String claimant) {
        jobs.release(tenant, id, claimant);
    }

    @Override
    public void cancel(String tenant, UUID id, Instant at) {
        jobs.cancel(tenant, id, at);
    }

    @Override
    public boolean end(String tenant, UUID id, String claimant, State state, @Nullable String failure, Instant at) {
        return jobs.end(tenant, id, claimant, state.name(), failure, at, Map.of());
    }
}
