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

import dev.tenon.automation.ImportStatus.RowError;
import dev.tenon.automation.ImportStatus.State;
import dev.tenon.automation.Imports.Duplicates;
import dev.tenon.automation.Imports.Mode;
import dev.tenon.automation.port.ImportStore;
import dev.tenon.records.TriedRows.Tried;
import dev.tenon.store.Database;
import dev.tenon.store.TenantSchemas;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Imports and their errors. Joins the thread's transaction. Safe for use by several threads and nodes. */
public final class JooqImportStore implements ImportStore {

    private static final Field<String> OBJECT = text("object_name");
    private static final Field<String> FILE = text("file_name");
    private static final Field<String> CONTENT = text("content_hash");
    private static final Field<String> CHARSET = text("charset");
    private static final Field<String> SEPARATOR = text("separator_char");
    private static final Field<Boolean> WORKBOOK = flag("workbook");
    private static final Field<Integer> SHEET = DSL.field(DSL.name("sheet_number"), SQLDataType.INTEGER);
    private static final Field<String> MODE = text("row_mode");
    private static final Field<Boolean> DRY_RUN = flag("dry_run");
    private static final Field<String> DUPLICATES = text("duplicates");
    private static final Field<String> COLUMNS = text("column_fields");
    private static final Field<String> KEY_FIELD = text("key_field");
    private static final Field<Long> TOTAL = number("total_rows");
    private static final Field<Long> PROCESSED = number("processed");
    private static final Field<Long> CREATED = number("created_rows");
    private static final Field<Long> UPDATED = number("updated_rows");
    private static final Field<Long> REJECTED = number("rejected_rows");
    private static final Field<UUID> IMPORT_ID = DSL.field(DSL.name("import_id"), SQLDataType.UUID);
    private static final Field<Long> LINE = number("line_number");
    private static final Field<String> TITLE = text("column_title");
    private static final Field<String> CODE = text("code");
    private static final Field<String> MESSAGE = text("message");
    private static final Field<String> TRIED_KEY = text("tried_key");
    private static final Field<UUID> RECORD_ID = DSL.field(DSL.name("record_id"), SQLDataType.UUID);
    private static final Field<String> TRIED_CONTENT = text("content");
    private static final Field<Long> ERROR_ID = number("id");

    private static final List<Field<?>> ALL = List.of(
            ID,
            OBJECT,
            FILE,
            CONTENT,
            CHARSET,
            SEPARATOR,
            WORKBOOK,
            SHEET,
            COLUMNS,
            KEY_FIELD,
            MODE,
            DRY_RUN,
            DUPLICATES,
            STARTED_BY,
            STATE,
            TOTAL,
            PROCESSED,
            CREATED,
            UPDATED,
            REJECTED,
            QUEUED_AT,
            STARTED_AT,
            ENDED_AT,
            FAILURE);

    private static final String NOT_KEPT = "";
    private static final int TITLE_CHARS = 200;

    /** Rows with one key; a save compares no more with records, either. */
    private static final int MOST_TRIED = 200;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;
    private final ClaimedJobs jobs;

    public JooqImportStore(Database database) {
        this.database = database;
        this.jobs = new ClaimedJobs(database, "tenon_import");
    }

    private DSLContext sql() {
        return database.dsl();
    }

    private static Table<Record> errors(String tenant) {
        return DSL.table(DSL.name(TenantSchemas.nameOf(tenant), "tenon_import_error"));
    }

    private static Table<Record> tried(String tenant) {
        return DSL.table(DSL.name(TenantSchemas.nameOf(tenant), "tenon_import_tried"));
    }

    @Override
    public void add(String tenant, Job job) {
        sql().insertInto(jobs.of(tenant))
                .set(ID, job.id())
                .set(OBJECT, job.object())
                .set(FILE, job.fileName())
                .set(CONTENT, job.content())
                .set(CHARSET, job.form().charset())
                .set(SEPARATOR, String.valueOf(job.form().separator()))
                .set(WORKBOOK, job.form().workbook())
                .set(SHEET, job.form().sheet())
                .set(MODE, job.mode().name())
                .set(DRY_RUN, job.dryRun())
                .set(DUPLICATES, job.duplicates().name())
                .set(COLUMNS, JSON.writeValueAsString(job.columns()))
                .set(KEY_FIELD, job.keyField())
                .set(STARTED_BY, job.startedBy())
                .set(STATE, job.state().name())
                .set(TOTAL, job.total())
                .set(PROCESSED, job.processed())
                .set(CREATED, job.created())
                .set(UPDATED, job.updated())
                .set(REJECTED, job.rejected())
                .set(QUEUED_AT, job.queuedAt())
                .set(STOP_WANTED, false)
                .execute();
    }

    @Override
    public Optional<Job> find(String tenant, UUID id) {
        return jobs.find(tenant, id, ALL, JooqImportStore::job);
    }

    @Override
    public List<Job> list(String tenant, UUID startedBy, int limit) {
        return jobs.list(tenant, startedBy, limit, ALL, JooqImportStore::job);
    }

    private static Job job(Record row) {
        return new Job(
                row.get(ID),
                row.get(OBJECT),
                row.get(FILE),
                row.get(CONTENT),
                new FileForm(
                        row.get(WORKBOOK), row.get(CHARSET), row.get(SEPARATOR).charAt(0), row.get(SHEET)),
                JSON.readValue(row.get(COLUMNS), new TypeReference<List<String>>() {}),
                row.get(KEY_FIELD),
                Mode.valueOf(row.get(MODE)),
                row.get(DRY_RUN),
                Duplicates.valueOf(row.get(DUPLICATES)),
                row.get(STARTED_BY),
                State.valueOf(row.get(STATE)),
                row.get(TOTAL),
                row.get(PROCESSED),
                row.get(CREATED),
                row.get(UPDATED),
                row.get(REJECTED),
                row.get(QUEUED_AT),
                row.get(STARTED_AT),
                row.get(ENDED_AT),
                row.get(FAILURE));
    }

    @Override
    public long open(String tenant) {
        return jobs.open(tenant, DSL.noCondition());
    }

    @Override
    public Optional<Job> claim(String tenant, String claimant, Instant now, Instant until) {
        return jobs.claim(tenant, claimant, now, until, DSL.trueCondition(), ALL, JooqImportStore::job);
    }

    @Override
    public void noteTotal(String tenant, UUID id, long total) {
        sql().update(jobs.of(tenant)).set(TOTAL, total).where(ID.eq(id)).execute();
    }

    @Override
    public Standing advance(String tenant, UUID id, String claimant, Progress progress, Instant until) {
        Map<Field<?>, Object> reached = Map.of(
                PROCESSED, PROCESSED.plus(progress.processed()),
                CREATED, CREATED.plus(progress.created()),
                UPDATED, UPDATED.plus(progress.updated()),
                REJECTED, REJECTED.plus(progress.rejected()));
        return jobs.advance(tenant, id, claimant, reached, until, () -> {
            insertErrors(tenant, id, progress.errors());
            insertTried(tenant, id, progress.tried());
        });
    }

    private void insertTried(String tenant, UUID id, List<Tried> rows) {
        if (rows.isEmpty()) {
            return;
        }
        var insert = sql().insertInto(tried(tenant), IMPORT_ID, TRIED_KEY, RECORD_ID, TRIED_CONTENT);
        for (Tried row : rows) {
            String content = JSON.writeValueAsString(new Content(row.title(), row.forms()));
            insert = insert.values(id, row.key(), row.record(), content);
        }
        insert.execute();
    }

    /** Of a row that was tried. */
    private record Content(String title, List<String> forms) {}

    @Override
    public List<Tried> tried(String tenant, UUID id, Collection<String> keys) {
        return sql().select(TRIED_KEY, RECORD_ID, TRIED_CONTENT)
                .from(tried(tenant))
                .where(IMPORT_ID.eq(id), TRIED_KEY.in(keys))
                .orderBy(TRIED_KEY, RECORD_ID.desc())
                .limit(MOST_TRIED * keys.size())
                .fetch(row -> {
                    Content content = JSON.readValue(row.get(TRIED_CONTENT), Content.class);
                    return new Tried(row.get(TRIED_KEY), row.get(RECORD_ID), content.title(), content.forms());
                });
    }

    private void forgetTried(String tenant, UUID id) {
        sql().deleteFrom(tried(tenant))
                .where(IMPORT_ID.eq(id))
                .and(DSL.exists(sql().selectOne().from(jobs.of(tenant)).where(ID.eq(id), ENDED_AT.isNotNull())))
                .execute();
    }

    private void insertErrors(String tenant, UUID id, List<RowError> found) {
        if (found.isEmpty()) {
            return;
        }
        var insert = sql().insertInto(errors(tenant), IMPORT_ID, LINE, TITLE, CODE, MESSAGE);
        for (RowError error : found) {
            insert = insert.values(
                    id,
                    error.line(),
                    ClaimedJobs.shortened(error.column(), TITLE_CHARS),
                    error.code(),
                    error.message());
        }
        insert.execute();
    }

    @Override
    public void release(String tenant, UUID id, String claimant) {
        jobs.release(tenant, id, claimant);
    }

    @Override
    public void cancel(String tenant, UUID id, Instant at) {
        database.transactions().run(() -> {
            jobs.cancel(tenant, id, at);
            forgetTried(tenant, id);
        });
    }

    @Override
    public void end(String tenant, UUID id, String claimant, State state, @Nullable String failure, Instant at) {
        database.transactions().run(() -> {
            jobs.end(tenant, id, claimant, state.name(), failure, at, Map.of());
            forgetTried(tenant, id);
        });
    }

    @Override
    public boolean forgetFiles(String tenant, Instant endedBefore, int limit) {
        List<UUID> some = sql().select(ID)
                .from(jobs.of(tenant))
                .where(ENDED_AT.lt(endedBefore), CONTENT.ne(NOT_KEPT))
                .limit(limit)
                .fetch(ID);
        if (!some.isEmpty()) {
            sql().update(jobs.of(tenant))
                    .set(CONTENT, NOT_KEPT)
                    .where(ID.in(some))
                    .execute();
        }
        return some.size() < limit;
    }

    @Override
    public List<RowError> errors(String tenant, UUID id, long afterLine, int limit) {
        return sql().select(LINE, TITLE, CODE, MESSAGE)
                .from(errors(tenant))
                .where(IMPORT_ID.eq(id), LINE.gt(afterLine))
                .orderBy(LINE, ERROR_ID)
                .limit(limit)
                .fetch(row -> new RowError(row.get(LINE), row.get(TITLE), row.get(CODE), row.get(MESSAGE)));
    }
}
