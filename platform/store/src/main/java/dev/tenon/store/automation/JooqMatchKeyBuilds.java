package dev.tenon.store.automation;

import static dev.tenon.store.automation.ClaimedJobs.ENDED_AT;
import static dev.tenon.store.automation.ClaimedJobs.FAILURE;
import static dev.tenon.store.automation.ClaimedJobs.ID;
import static dev.tenon.store.automation.ClaimedJobs.QUEUED;
import static dev.tenon.store.automation.ClaimedJobs.QUEUED_AT;
import static dev.tenon.store.automation.ClaimedJobs.RUNNING;
import static dev.tenon.store.automation.ClaimedJobs.STARTED_BY;
import static dev.tenon.store.automation.ClaimedJobs.STATE;
import static dev.tenon.store.automation.ClaimedJobs.STOP_WANTED;
import static dev.tenon.store.automation.ClaimedJobs.number;
import static dev.tenon.store.automation.ClaimedJobs.text;

import dev.tenon.automation.port.ImportStore.Standing;
import dev.tenon.automation.port.MatchKeyBuilds;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.store.Database;
import dev.tenon.tenancy.SchemaChange;
import dev.tenon.tenancy.port.TenancyStore.NewVersion;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** The work on keys of duplicate rules in the tenant's tables. Joins the thread's transaction. */
public final class JooqMatchKeyBuilds implements MatchKeyBuilds {

    private static final Field<Long> SEQ = ClaimedJobs.SEQ;
    private static final Field<String> OBJECT = text("object_name");
    private static final Field<String> DEFINITIONS = text("definitions");
    private static final Field<Long> VERSION = number("model_version");
    private static final Field<String> BY_NAME = text("started_by_name");
    private static final Field<Long> TOTAL = number("total_rows");
    private static final Field<Long> PROCESSED = number("processed");
    private static final Field<UUID> PLACE = DSL.field(DSL.name("place"), SQLDataType.UUID);
    private static final List<Field<?>> JOB = List.of(ID, OBJECT, DEFINITIONS, VERSION, PLACE, PROCESSED, TOTAL);

    private final Database database;
    private final ClaimedJobs jobs;

    public JooqMatchKeyBuilds(Database database) {
        this.database = database;
        this.jobs = new ClaimedJobs(database, "tenon_match_build");
    }

    /** Notes what a version in force has to be followed by; part of its publication. */
    public void add(NewVersion next) {
        next.matchKeysDue()
                .forEach((object, definitions) -> database.dsl()
                        .insertInto(jobs.of(next.tenant()))
                        .set(ID, RecordIds.next())
                        .set(OBJECT, object)
                        .set(DEFINITIONS, String.join(",", definitions))
                        .set(VERSION, next.version().version())
                        .set(STARTED_BY, next.version().by())
                        .set(BY_NAME, next.version().byName())
                        .set(STATE, QUEUED)
                        .set(TOTAL, -1L)
                        .set(PROCESSED, 0L)
                        .set(QUEUED_AT, next.version().at())
                        .set(STOP_WANTED, false)
                        .execute());
    }

    @Override
    public Optional<Job> claim(String tenant, String node, Instant now, Instant until) {
        return jobs.claim(
                tenant,
                node,
                now,
                until,
                DSL.trueCondition(),
                JOB,
                row -> new Job(
                        row.get(ID),
                        row.get(OBJECT),
                        Set.of(row.get(DEFINITIONS).split(",")),
                        row.get(VERSION),
                        new Reached(Optional.ofNullable(row.get(PLACE)), row.get(PROCESSED), row.get(TOTAL))));
    }

    @Override
    public Standing advance(String tenant, UUID id, String node, Reached reached, Instant until) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(PLACE, reached.last().orElse(null));
        values.put(PROCESSED, reached.processed());
        values.put(TOTAL, reached.total());
        return jobs.advance(tenant, id, node, values, until, () -> {});
    }

    @Override
    public void release(String tenant, UUID id, String node) {
        jobs.release(tenant, id, node);
    }

    @Override
    public void end(String tenant, UUID id, String node, State state, @Nullable String failure, Instant at) {
        jobs.end(tenant, id, node, state.name(), failure, at, Map.of());
    }

    /** Asks work that has not ended to end; false where there is none. */
    public boolean cancel(String tenant, UUID id, Instant at) {
        boolean open = jobs.open(tenant, ID.eq(id)) > 0;
        if (open) {
            jobs.cancel(tenant, id, at);
        }
        return open;
    }

    /** As those who customize see them, newest first. */
    public List<SchemaChange> changes(String tenant, int limit) {
        return database.dsl()
                .select(ID, STATE, STARTED_BY, BY_NAME, QUEUED_AT, ENDED_AT, OBJECT, PROCESSED, TOTAL, FAILURE)
                .from(jobs.of(tenant))
                .orderBy(SEQ.desc())
                .limit(limit)
                .fetch(JooqMatchKeyBuilds::change);
    }

    private static SchemaChange change(Record row) {
        return new SchemaChange(
                row.get(ID),
                state(row.get(STATE)),
                row.get(STARTED_BY),
                row.get(BY_NAME),
                row.get(QUEUED_AT),
                Optional.ofNullable(row.get(ENDED_AT)),
                row.get(OBJECT),
                SchemaChange.Phase.MATCHING,
                row.get(PROCESSED),
                Math.max(0, row.get(TOTAL)),
                Objects.requireNonNullElse(row.get(FAILURE), ""));
    }

    private static SchemaChange.State state(String state) {
        return switch (state) {
            case QUEUED, RUNNING -> SchemaChange.State.RUNNING;
            case "DONE" -> SchemaChange.State.DONE;
            case "CANCELED" -> SchemaChange.State.CANCELLED;
            default -> SchemaChange.State.FAILED;
        };
    }
}
