package dev.tenon.store.automation;

import static dev.tenon.store.automation.ClaimedJobs.ENDED_AT;
import static dev.tenon.store.automation.ClaimedJobs.ID;
import static dev.tenon.store.automation.ClaimedJobs.QUEUED_AT;
import static dev.tenon.store.automation.ClaimedJobs.SEQ;
import static dev.tenon.store.automation.ClaimedJobs.STARTED_BY;
import static dev.tenon.store.automation.ClaimedJobs.STATE;
import static dev.tenon.store.automation.ClaimedJobs.STOP_WANTED;
import static dev.tenon.store.automation.ClaimedJobs.number;
import static dev.tenon.store.automation.ClaimedJobs.text;

import dev.tenon.automation.AsyncRequests.Answer;
import dev.tenon.automation.AsyncRequests.Request;
import dev.tenon.automation.AsyncRequests.State;
import dev.tenon.automation.port.AsyncStore;
import dev.tenon.automation.port.ImportStore.Standing;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.port.Sealing;
import dev.tenon.records.port.TenantSealing;
import dev.tenon.store.Database;
import dev.tenon.store.TenantSchemas;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Requests that are answered later, in the tenant's tables. Safe for use by several threads and nodes. */
public final class JooqAsyncStore implements AsyncStore {

    private static final Field<String> METHOD = text("http_method");
    private static final Field<String> PATH = text("request_path");
    private static final Field<String> QUERY = text("request_query");
    private static final Field<String> HEADERS = text("request_headers");
    private static final Field<String> ROOT = text("service_root");
    private static final Field<String> LOCALE = text("locale");
    private static final Field<String> THROUGH = text("through");
    private static final Field<Integer> STATUS = DSL.field(DSL.name("answer_status"), SQLDataType.INTEGER);
    private static final Field<String> ANSWER_HEADERS = text("answer_headers");
    private static final Field<Long> ANSWER_BYTES = number("answer_bytes");
    private static final Field<UUID> REQUEST = DSL.field(DSL.name("request_id"), SQLDataType.UUID);
    private static final Field<Boolean> OF_ANSWER = ClaimedJobs.flag("of_answer");
    private static final Field<Integer> PIECE = DSL.field(DSL.name("piece"), SQLDataType.INTEGER);
    private static final Field<byte[]> BYTES = DSL.field(DSL.name("bytes"), SQLDataType.BLOB);
    private static final List<Field<?>> ALL = List.of(
            ID,
            METHOD,
            PATH,
            QUERY,
            HEADERS,
            ROOT,
            LOCALE,
            STARTED_BY,
            THROUGH,
            STATE,
            STATUS,
            ANSWER_HEADERS,
            QUEUED_AT);
    private static final List<String> ENDED = List.of(State.DONE.name(), State.CANCELED.name(), State.FAILED.name());

    private static final String TABLE = "tenon_async_request";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;
    private final TenantSealing sealing;
    private final ClaimedJobs jobs;

    public JooqAsyncStore(Database database, TenantSealing sealing) {
        this.database = database;
        this.sealing = sealing;
        this.jobs = new ClaimedJobs(database, TABLE);
    }

    private DSLContext sql() {
        return database.dsl();
    }

    private static Table<Record> pieces(String tenant) {
        return DSL.table(DSL.name(TenantSchemas.nameOf(tenant), "tenon_async_piece"));
    }

    private static Condition of(UUID id, Part part) {
        return REQUEST.eq(id).and(OF_ANSWER.eq(part == Part.ANSWERED));
    }

    @Override
    public void add(String tenant, Job job, byte[] body) {
        Request request = job.request();
        database.transactions().run(() -> {
            for (int piece = 0; piece * PIECE_BYTES < body.length; piece++) {
                int at = piece * PIECE_BYTES;
                append(
                        tenant,
                        job.id(),
                        Part.SENT,
                        piece,
                        Arrays.copyOfRange(body, at, Math.min(body.length, at + PIECE_BYTES)));
            }
            sql().insertInto(jobs.of(tenant))
                    .set(ID, job.id())
                    .set(METHOD, request.method())
                    .set(PATH, request.path())
                    .set(QUERY, request.query())
                    .set(HEADERS, JSON.writeValueAsString(request.headers()))
                    .set(ROOT, request.root())
                    .set(LOCALE, job.locale())
                    .set(STARTED_BY, job.startedBy())
                    .set(THROUGH, request.through().name())
                    .set(STATE, job.state().name())
                    .set(STATUS, 0)
                    .set(ANSWER_HEADERS, "{}")
                    .set(ANSWER_BYTES, 0L)
                    .set(QUEUED_AT, job.queuedAt())
                    .set(STOP_WANTED, false)
                    .execute();
        });
    }

    private static Job job(Record row) {
        return new Job(
                row.get(ID),
                new Request(
                        row.get(METHOD),
                        row.get(PATH),
                        row.get(QUERY),
                        headers(row.get(HEADERS)),
                        row.get(ROOT),
                        HistoryEntry.Channel.valueOf(row.get(THROUGH))),
                row.get(LOCALE),
                row.get(STARTED_BY),
                State.valueOf(row.get(STATE)),
                new Answer(row.get(STATUS), headers(row.get(ANSWER_HEADERS))),
                row.get(QUEUED_AT));
    }

    private static Map<String, String> headers(String json) {
        return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
    }

    @Override
    public Optional<Job> find(String tenant, UUID id) {
        return jobs.find(tenant, id, ALL, JooqAsyncStore::job);
    }

    @Override
    public long open(String tenant, @Nullable UUID startedBy) {
        return jobs.open(tenant, startedBy == null ? DSL.trueCondition() : STARTED_BY.eq(startedBy));
    }

    @Override
    public Optional<Job> claim(String tenant, String claimant, Instant now, Instant until) {
        return jobs.claim(
                tenant, claimant, now, until, jobs.nothingRunsOfSamePerson(tenant, now), ALL, JooqAsyncStore::job);
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
    public boolean end(String tenant, UUID id, String claimant, State state, Answer answer, long bytes, Instant at) {
        return jobs.end(
                tenant,
                id,
                claimant,
                state.name(),
                null,
                at,
                Map.of(
                        STATUS,
                        answer.status(),
                        ANSWER_HEADERS,
                        JSON.writeValueAsString(answer.headers()),
                        ANSWER_BYTES,
                        bytes));
    }

    @Override
    public void append(String tenant, UUID id, int piece, byte[] bytes) {
        append(tenant, id, Part.ANSWERED, piece, bytes);
    }

    private void append(String tenant, UUID id, Part part, int piece, byte[] bytes) {
        sql().insertInto(pieces(tenant))
                .set(REQUEST, id)
                .set(OF_ANSWER, part == Part.ANSWERED)
                .set(PIECE, piece)
                .set(BYTES, sealed(tenant, id, part, piece, bytes))
                .execute();
    }

    /** What is sent and answered may hold the plain text of encrypted fields. */
    private byte[] sealed(String tenant, UUID id, Part part, int piece, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return sealing.of(tenant).seal(place(id, part, piece), text).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] opened(String tenant, UUID id, Part part, int piece, byte[] stored) {
        Sealing texts = sealing.of(tenant);
        String text = new String(stored, StandardCharsets.UTF_8);
        // What an earlier version of the program has kept is as it was sent.
        return texts.isSealed(text)
                ? texts.open(place(id, part, piece), text).getBytes(StandardCharsets.ISO_8859_1)
                : stored;
    }

    private static String place(UUID id, Part part, int piece) {
        return "async/" + id + "/" + part + "/" + piece;
    }

    @Override
    public InputStream open(String tenant, UUID id, Part part) {
        return new PiecesIn(piece -> sql().select(BYTES)
                .from(pieces(tenant))
                .where(of(id, part), PIECE.eq(piece))
                .fetchOptional(BYTES)
                .map(stored -> opened(tenant, id, part, piece, stored)));
    }

    @Override
    public void clear(String tenant, UUID id, Part part) {
        sql().deleteFrom(pieces(tenant)).where(of(id, part)).execute();
    }

    @Override
    public int removeEnded(String tenant, Instant before, int limit) {
        return remove(
                tenant,
                sql().select(ID)
                        .from(jobs.of(tenant))
                        .where(STATE.in(ENDED), ENDED_AT.le(before))
                        .limit(limit)
                        .fetch(ID));
    }

    @Override
    public void removeOldest(String tenant, UUID startedBy, int but) {
        remove(
                tenant,
                sql().select(ID)
                        .from(jobs.of(tenant))
                        .where(STATE.in(ENDED), STARTED_BY.eq(startedBy))
                        .orderBy(SEQ.desc())
                        .offset(but)
                        .fetch(ID));
    }

    @Override
    public void remove(String tenant, UUID id) {
        remove(tenant, List.of(id));
    }

    private int remove(String tenant, List<UUID> ids) {
        if (!ids.isEmpty()) {
            database.transactions().run(() -> {
                sql().deleteFrom(pieces(tenant)).where(REQUEST.in(ids)).execute();
                sql().deleteFrom(jobs.of(tenant)).where(ID.in(ids)).execute();
            });
        }
        return ids.size();
    }
}
