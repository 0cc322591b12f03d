package dev.tenon.store.automation;

import dev.tenon.automation.ImportStatus.RowError;
import dev.tenon.automation.ImportStatus.State;
import dev.tenon.automation.port.ImportStore;
import dev.tenon.store.Database;
import dev.tenon.store.TenantSchemas;
import java.time.Instant;
import java.util.List;
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

/** Imports and their errors. Joins the thread's transaction. Safe for use by several threads and nodes. */
public final class JooqImportStore implements ImportStore {

    private static final Field<UUID> ID = DSL.field(DSL.name("id"), SQLDataType.UUID);
    private static final Field<Long> SEQ = number("seq");
    private static final Field<String> OBJECT = text("object_name");
    private static final Field<String> FILE = text("file_name");
    private static final Field<String> CONTENT = text("content_hash");
    private static final Field<String> CHARSET = text("charset");
    private static final Field<String> SEPARATOR = text("separator_char");
    private static final Field<String> COLUMNS = text("column_fields");
    private static final Field<String> KEY_FIELD = text("key_field");
    private static final Field<UUID> STARTED_BY = DSL.field(DSL.name("started_by"), SQLDataType.UUID);
    private static final Field<String> STATE = text("state");
    private static final Field<Long> TOTAL = number("total_rows");
    private static final Field<Long> PROCESSED = number("processed");
    private static final Field<Long> CREATED = number("created_rows");
    private static final Field<Long> UPDATED = number("updated_rows");
    private static final Field<Long> REJECTED = number("rejected_rows");
    private static final Field<Instant> QUEUED_AT = time("queued_at");
    private static final Field<Instant> STARTED_AT = time("started_at");
    private static final Field<Instant> ENDED_AT = time("ended_at");
    private static final Field<String> FAILURE = text("failure");
    private static final Field<String> CLAIMED_BY = text("claimed_by");
    private static final Field<Instant> CLAIMED_UNTIL = time("claimed_until");
    private static final Field<Boolean> STOP_WANTED = DSL.field(DSL.name("stop_wanted"), SQLDataType.BOOLEAN);
    private static final Field<UUID> IMPORT_ID = DSL.field(DSL.name("import_id"), SQLDataType.UUID);
    private static final Field<Long> LINE = number("line_number");
    private static final Field<String> TITLE = text("column_title");
    private static final Field<String> CODE = text("code");
    private static final Field<String> MESSAGE = text("message");
    private static final Field<Long> ERROR_ID = number("id");

    private static final List<Field<?>> ALL = List.of(
            ID,
            OBJECT,
            FILE,
            CONTENT,
            CHARSET,
            SEPARATOR,
            COLUMNS,
            KEY_FIELD,
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

    private static final int TITLE_CHARS = 200;
    private static final int FAILURE_CHARS = 1900;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;

    public JooqImportStore(Database database) {
        this.database = database;
    }

    private static Field<String> text(String column) {
        return DSL.field(DSL.name(column), SQLDataType.VARCHAR);
    }

    private static Field<Long> number(String column) {
        return DSL.field(DSL.name(column), SQLDataType.BIGINT);
    }

    private static Field<Instant> time(String column) {
        return DSL.field(DSL.name(column), SQLDataType.INSTANT);
    }

    private DSLContext sql() {
        return database.dsl();
    }

    private static Table<Record> imports(String tenant) {
        return DSL.table(DSL.name(TenantSchemas.nameOf(tenant), "tenon_import"));
    }

    private static Table<Record> errors(String tenant) {
        return DSL.table(DSL.name(TenantSchemas.nameOf(tenant), "tenon_import_error"));
    }

    @Override
    public void add(String tenant, Job job) {
        sql().insertInto(imports(tenant))
                .set(ID, job.id())
                .set(OBJECT, job.object())
                .set(FILE, job.fileName())
                .set(CONTENT, job.content())
                .set(CHARSET, job.charset())
                .set(SEPARATOR, String.valueOf(job.separator()))
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
        return sql().select(ALL).from(imports(tenant)).where(ID.eq(id)).fetchOptional(JooqImportStore::job);
    }

    @Override
    public List<Job> list(String tenant, UUID startedBy, int limit) {
        return sql().select(ALL)
                .from(imports(tenant))
                .where(STARTED_BY.eq(startedBy))
                .orderBy(SEQ.desc())
                .limit(limit)
                .fetch(JooqImportStore::job);
    }

    private static Job job(Record row) {
        return new Job(
                row.get(ID),
                row.get(OBJECT),
                row.get(FILE),
                row.get(CONTENT),
                row.get(CHARSET),
                row.get(SEPARATOR).charAt(0),
                JSON.readValue(row.get(COLUMNS), new TypeReference<List<String>>() {}),
                row.get(KEY_FIELD),
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
        return sql().fetchCount(imports(tenant), STATE.in(State.QUEUED.name(), State.RUNNING.name()));
    }

    @Override
    public Optional<Job> claim(String tenant, String claimant, Instant now, Instant until) {
        Condition queued = STATE.eq(State.QUEUED.name());
        Condition left =
                STATE.eq(State.RUNNING.name()).and(CLAIMED_UNTIL.isNull().or(CLAIMED_UNTIL.le(now)));
        return database.transactions().inTransaction(() -> {
            Optional<Job> found = sql().select(ALL)
                    .from(imports(tenant))
                    .where(queued.or(left))
                    .orderBy(SEQ)
                    .limit(1)
                    .forUpdate()
                    .skipLocked()
                    .fetchOptional(JooqImportStore::job);
            found.ifPresent(job -> sql().update(imports(tenant))
                    .set(STATE, State.RUNNING.name())
                    .set(STARTED_AT, job.startedAt() == null ? now : job.startedAt())
                    .set(CLAIMED_BY, claimant)
                    .set(CLAIMED_UNTIL, until)
                    .where(ID.eq(job.id()))
                    .execute());
            return found;
        });
    }

    @Override
    public void noteTotal(String tenant, UUID id, long total) {
        sql().update(imports(tenant)).set(TOTAL, total).where(ID.eq(id)).execute();
    }

    private static Condition mine(UUID id, String claimant) {
        return ID.eq(id).and(CLAIMED_BY.eq(claimant)).and(STATE.eq(State.RUNNING.name()));
    }

    @Override
    public Standing advance(String tenant, UUID id, String claimant, Progress progress, Instant until) {
        return database.transactions().inTransaction(() -> {
            int kept = sql().update(imports(tenant))
                    .set(PROCESSED, PROCESSED.plus(progress.processed()))
                    .set(CREATED, CREATED.plus(progress.created()))
                    .set(UPDATED, UPDATED.plus(progress.updated()))
                    .set(REJECTED, REJECTED.plus(progress.rejected()))
                    .set(CLAIMED_UNTIL, until)
                    .where(mine(id, claimant))
                    .execute();
            if (kept == 0) {
                return Standing.LOST;
            }
            insertErrors(tenant, id, progress.errors());
            boolean stop = sql().fetchExists(imports(tenant), ID.eq(id).and(STOP_WANTED.isTrue()));
            return stop ? Standing.STOP : Standing.GO_ON;
        });
    }

    private void insertErrors(String tenant, UUID id, List<RowError> found) {
        if (found.isEmpty()) {
            return;
        }
        var insert = sql().insertInto(errors(tenant), IMPORT_ID, LINE, TITLE, CODE, MESSAGE);
        for (RowError error : found) {
            insert = insert.values(
                    id, error.line(), shortened(error.column(), TITLE_CHARS), error.code(), error.message());
        }
        insert.execute();
    }

    @Override
    public void release(String tenant, UUID id, String claimant) {
        sql().update(imports(tenant))
                .set(STATE, State.QUEUED.name())
                .setNull(CLAIMED_BY)
                .setNull(CLAIMED_UNTIL)
                .where(mine(id, claimant))
                .execute();
    }

    @Override
    public void cancel(String tenant, UUID id, Instant at) {
        database.transactions().run(() -> {
            sql().update(imports(tenant))
                    .set(STATE, State.CANCELED.name())
                    .set(ENDED_AT, at)
                    .where(ID.eq(id), STATE.eq(State.QUEUED.name()))
                    .execute();
            sql().update(imports(tenant))
                    .set(STOP_WANTED, true)
                    .where(ID.eq(id), STATE.eq(State.RUNNING.name()))
                    .execute();
        });
    }

    @Override
    public void end(String tenant, UUID id, String claimant, State state, @Nullable String failure, Instant at) {
        sql().update(imports(tenant))
                .set(STATE, state.name())
                .set(FAILURE, failure == null ? null : shortened(failure, FAILURE_CHARS))
                .set(ENDED_AT, at)
                .setNull(CLAIMED_UNTIL)
                .where(mine(id, claimant))
                .execute();
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
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
