package dev.tenon.store.automation;

import static dev.tenon.store.automation.ClaimedJobs.ENDED_AT;
import static dev.tenon.store.automation.ClaimedJobs.FAILURE;
import static dev.tenon.store.automation.ClaimedJobs.ID;
import static dev.tenon.store.automation.ClaimedJobs.QUEUED_AT;
import static dev.tenon.store.automation.ClaimedJobs.STARTED_AT;
import static dev.tenon.store.automation.ClaimedJobs.STARTED_BY;
import static dev.tenon.store.automation.ClaimedJobs.STATE;
import static dev.tenon.store.automation.ClaimedJobs.STOP_WANTED;
import static dev.tenon.store.automation.ClaimedJobs.flag;
import static dev.tenon.store.automation.ClaimedJobs.number;
import static dev.tenon.store.automation.ClaimedJobs.text;
import static dev.tenon.store.automation.ClaimedJobs.time;

import dev.tenon.automation.ExportStatus.State;
import dev.tenon.automation.Exports.Format;
import dev.tenon.automation.Exports.Request;
import dev.tenon.automation.port.ExportStore;
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
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Exports in the tenant's tables. Joins the thread's transaction. Safe for use by several threads and nodes. */
public final class JooqExportStore implements ExportStore {

    private static final Field<String> OBJECT = text("object_name");
    private static final Field<String> QUERY = text("list_query");
    private static final Field<Boolean> NAMES = flag("technical_names");
    private static final Field<String> FORMAT = text("file_format");
    private static final Field<String> CHARSET = text("charset");
    private static final Field<String> SEPARATOR = text("separator_char");
    private static final Field<String> FILE = text("file_name");
    private static final Field<String> LOCALE = text("locale");
    private static final Field<Long> TOTAL = number("total_rows");
    private static final Field<Long> PROCESSED = number("processed");
    private static final Field<String> TITLES = text("titles");
    private static final Field<String> PLACE = text("place");
    private static final Field<Long> ROW_BYTES = number("row_bytes");
    private static final Field<Long> ALTERED = number("altered");
    private static final Field<Long> FILE_BYTES = number("file_bytes");
    private static final Field<Instant> EXPIRES_AT = time("expires_at");

    private static final List<Field<?>> ALL = List.of(
            ID,
            OBJECT,
            QUERY,
            NAMES,
            FORMAT,
            CHARSET,
            SEPARATOR,
            FILE,
            LOCALE,
            STARTED_BY,
            STATE,
            TOTAL,
            PROCESSED,
            TITLES,
            PLACE,
            ROW_BYTES,
            ALTERED,
            FILE_BYTES,
            QUEUED_AT,
            STARTED_AT,
            ENDED_AT,
            EXPIRES_AT,
            FAILURE);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;
    private final ClaimedJobs jobs;

    public JooqExportStore(Database database) {
        this.database = database;
        this.jobs = new ClaimedJobs(database, "tenon_export");
    }

    @Override
    public void add(String tenant, Job job) {
        Request request = job.request();
        database.dsl()
                .insertInto(jobs.of(tenant))
                .set(ID, job.id())
                .set(OBJECT, request.object())
                .set(QUERY, request.query())
                .set(NAMES, request.technicalNames())
                .set(FORMAT, request.format().name())
                .set(CHARSET, request.charset())
                .set(SEPARATOR, String.valueOf(request.separator()))
                .set(FILE, request.fileName().orElse(""))
                .set(LOCALE, job.locale())
                .set(STARTED_BY, job.startedBy())
                .set(STATE, job.state().name())
                .set(reached(job.reached()))
                .set(ALTERED, job.altered())
                .set(FILE_BYTES, job.bytes())
                .set(QUEUED_AT, job.queuedAt())
                .set(STOP_WANTED, false)
                .execute();
    }

    private static Map<Field<?>, Object> reached(Reached reached) {
        return Map.of(
                TOTAL, reached.total(),
                PROCESSED, reached.processed(),
                TITLES, JSON.writeValueAsString(reached.titles()),
                PLACE, reached.place(),
                ROW_BYTES, reached.rowBytes());
    }

    private static Job job(Record row) {
        return new Job(
                row.get(ID),
                new Request(
                        row.get(OBJECT),
                        row.get(QUERY),
                        row.get(NAMES),
                        Format.valueOf(row.get(FORMAT)),
                        row.get(CHARSET),
                        row.get(SEPARATOR).charAt(0),
                        Optional.of(row.get(FILE)).filter(name -> !name.isEmpty())),
                row.get(LOCALE),
                row.get(STARTED_BY),
                State.valueOf(row.get(STATE)),
                new Reached(
                        row.get(TOTAL),
                        row.get(PROCESSED),
                        JSON.readValue(row.get(TITLES), new TypeReference<List<String>>() {}),
                        row.get(PLACE),
                        row.get(ROW_BYTES)),
                row.get(ALTERED),
                row.get(FILE_BYTES),
                row.get(QUEUED_AT),
                row.get(STARTED_AT),
                row.get(ENDED_AT),
                row.get(EXPIRES_AT),
                row.get(FAILURE));
    }

    @Override
    public Optional<Job> find(String tenant, UUID id) {
        return jobs.find(tenant, id, ALL, JooqExportStore::job);
    }

    @Override
    public List<Job> list(String tenant, UUID startedBy, int limit) {
        return jobs.list(tenant, startedBy, limit, ALL, JooqExportStore::job);
    }

    @Override
    public long open(String tenant, UUID startedBy) {
        return jobs.open(tenant, STARTED_BY.eq(startedBy));
    }

    @Override
    public Optional<Job> claim(String tenant, String claimant, Instant now, Instant until) {
        return jobs.claim(tenant, claimant, now, until, DSL.trueCondition(), ALL, JooqExportStore::job);
    }

    @Override
    public Standing advance(String tenant, UUID id, String claimant, Reached reached, Instant until) {
        return jobs.advance(tenant, id, claimant, reached(reached), until, () -> {});
    }

    @Override
    public Standing keep(String tenant, UUID id, String claimant, Instant until) {
        return jobs.advance(tenant, id, claimant, Map.of(), until, () -> {});
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
    public boolean end(String tenant, UUID id, String claimant, Ended ended) {
        Map<Field<?>, @Nullable Object> more = new HashMap<>();
        more.put(ALTERED, ended.altered());
        more.put(FILE_BYTES, ended.bytes());
        more.put(EXPIRES_AT, ended.expiresAt());
        return jobs.end(tenant, id, claimant, ended.state().name(), ended.failure(), ended.at(), more);
    }

    @Override
    public List<UUID> expired(String tenant, Instant now, int limit) {
        return database.dsl()
                .select(ID)
                .from(jobs.of(tenant))
                .where(STATE.eq(State.DONE.name()), EXPIRES_AT.le(now))
                .limit(limit)
                .fetch(ID);
    }

    @Override
    public void markExpired(String tenant, UUID id) {
        database.dsl()
                .update(jobs.of(tenant))
                .set(STATE, State.EXPIRED.name())
                .where(ID.eq(id), STATE.eq(State.DONE.name()))
                .execute();
    }
}
