package dev.tenon.store.approval;

import static dev.tenon.store.approval.ApprovalTables.INSTANCE_ID;
import static dev.tenon.store.approval.ApprovalTables.LAST_AT;
import static dev.tenon.store.approval.ApprovalTables.LAST_HASH;
import static dev.tenon.store.approval.ApprovalTables.ROUND_SEQ;
import static dev.tenon.store.approval.ApprovalTables.SEQ;
import static dev.tenon.store.approval.ApprovalTables.VERSION;

import dev.tenon.approval.ApprovalObjects;
import dev.tenon.approval.engine.Instance;
import dev.tenon.approval.engine.InstanceState;
import dev.tenon.approval.engine.NodeRun;
import dev.tenon.approval.engine.NodeState;
import dev.tenon.approval.engine.Reason;
import dev.tenon.approval.engine.State;
import dev.tenon.approval.engine.Tally;
import dev.tenon.approval.engine.Task;
import dev.tenon.approval.engine.TaskState;
import dev.tenon.approval.port.ApprovalStore.Stored;
import dev.tenon.metadata.model.ApprovalProcess.Mode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jspecify.annotations.Nullable;

/** Reads the state of one approval. */
final class ApprovalReading {

    private final ApprovalTables tables;

    ApprovalReading(ApprovalTables tables) {
        this.tables = tables;
    }

    Optional<Stored> load(String tenant, UUID id, boolean lock) {
        var query = tables.sql()
                .select(VERSION, SEQ, ROUND_SEQ, LAST_AT, LAST_HASH)
                .from(ApprovalTables.head(tenant))
                .where(INSTANCE_ID.eq(id));
        // The mutex comes first: what is read behind it is what the last command left.
        Record head = lock ? query.forUpdate().fetchOne() : query.fetchOne();
        if (head == null) {
            return Optional.empty();
        }
        Columns of = new Columns(ApprovalObjects.INSTANCE);
        Record row = of.select("id", UUID.class)
                .select("process", String.class)
                .select("definition", String.class)
                .select("object", String.class)
                .select("recordId", String.class)
                .select("title", String.class)
                .select("submitter", UUID.class)
                .select("state", String.class)
                .select("round", Long.class)
                .select("startedAt", Instant.class)
                .select("endedAt", Instant.class)
                .one("id", id);
        if (row == null) {
            return Optional.empty();
        }
        Instance instance = new Instance(
                id,
                of.require(row, "process", String.class),
                of.require(row, "definition", String.class),
                of.require(row, "object", String.class),
                UUID.fromString(of.require(row, "recordId", String.class)),
                of.require(row, "title", String.class),
                of.require(row, "submitter", UUID.class),
                InstanceState.valueOf(of.require(row, "state", String.class)),
                of.number(row, "round"),
                head.get(SEQ),
                head.get(ROUND_SEQ),
                of.require(row, "startedAt", Instant.class),
                of.get(row, "endedAt", Instant.class));
        List<NodeRun> runs = runs(id);
        return Optional.of(new Stored(
                new State(instance, runs, tasks(id)), head.get(VERSION), head.get(LAST_AT), head.get(LAST_HASH)));
    }

    private List<NodeRun> runs(UUID id) {
        Columns of = new Columns(ApprovalObjects.NODE_RUN);
        return of.select("id", UUID.class)
                .select("stepKey", String.class)
                .select("ordinal", Long.class)
                .select("round", Long.class)
                .select("state", String.class)
                .select("mode", String.class)
                .select("votesTotal", Long.class)
                .select("votesYes", Long.class)
                .select("votesNo", Long.class)
                .select("votesOpen", Long.class)
                .select("reason", String.class)
                .select("fault", String.class)
                .select("activatedSeq", Long.class)
                .select("closedSeq", Long.class)
                .select("activatedAt", Instant.class)
                .select("closedAt", Instant.class)
                .all(id, "ordinal")
                .map(row -> new NodeRun(
                        of.require(row, "id", UUID.class),
                        of.require(row, "stepKey", String.class),
                        of.number(row, "ordinal"),
                        of.number(row, "round"),
                        NodeState.valueOf(of.require(row, "state", String.class)),
                        Mode.valueOf(of.require(row, "mode", String.class)),
                        new Tally(
                                of.number(row, "votesTotal"),
                                of.number(row, "votesYes"),
                                of.number(row, "votesNo"),
                                of.number(row, "votesOpen")),
                        reason(of.get(row, "reason", String.class)),
                        of.get(row, "fault", String.class),
                        of.require(row, "activatedSeq", Long.class),
                        of.get(row, "closedSeq", Long.class),
                        of.require(row, "activatedAt", Instant.class),
                        of.get(row, "closedAt", Instant.class)));
    }

    private List<Task> tasks(UUID id) {
        Columns of = new Columns(ApprovalObjects.TASK);
        return of.select("id", UUID.class)
                .select("nodeRun", UUID.class)
                .select("position", Long.class)
                .select("assignee", UUID.class)
                .select("state", String.class)
                .select("reason", String.class)
                .select("origin", UUID.class)
                .select("version", Long.class)
                .select("activatedSeq", Long.class)
                .select("activatedAt", Instant.class)
                .select("decidedSeq", Long.class)
                .select("decidedAt", Instant.class)
                .select("decidedBy", UUID.class)
                .select("recordVersion", Long.class)
                .all(id, "position")
                .map(row -> new Task(
                        of.require(row, "id", UUID.class),
                        of.require(row, "nodeRun", UUID.class),
                        of.number(row, "position"),
                        of.require(row, "assignee", UUID.class),
                        TaskState.valueOf(of.require(row, "state", String.class)),
                        reason(of.get(row, "reason", String.class)),
                        of.get(row, "origin", UUID.class),
                        of.require(row, "version", Long.class),
                        of.get(row, "activatedSeq", Long.class),
                        of.get(row, "activatedAt", Instant.class),
                        of.get(row, "decidedSeq", Long.class),
                        of.get(row, "decidedAt", Instant.class),
                        of.get(row, "decidedBy", UUID.class),
                        of.get(row, "recordVersion", Long.class)));
    }

    private static @Nullable Reason reason(@Nullable String name) {
        return name == null ? null : Reason.valueOf(name);
    }

    /** The columns of one object that a statement selects, by field. */
    private final class Columns {

        private final String object;
        private final Map<String, Field<?>> selected = new LinkedHashMap<>();

        Columns(String object) {
            this.object = object;
        }

        Columns select(String field, Class<?> type) {
            selected.put(field, tables.column(object, field, type));
            return this;
        }

        @Nullable
        Record one(String field, UUID id) {
            return tables.sql()
                    .select(selected.values())
                    .from(tables.table(object))
                    .where(tables.column(object, field, UUID.class).eq(id))
                    .fetchOne();
        }

        Result<Record> all(UUID instance, String order) {
            return tables.sql()
                    .select(selected.values())
                    .from(tables.table(object))
                    .where(tables.column(object, "instance", UUID.class).eq(instance))
                    .orderBy(tables.column(object, order, Long.class), tables.column(object, "id", UUID.class))
                    .fetch();
        }

        <T> @Nullable T get(Record row, String field, Class<T> type) {
            return row.get(tables.column(object, field, type));
        }

        <T> T require(Record row, String field, Class<T> type) {
            T value = get(row, field, type);
            if (value == null) {
                throw new IllegalStateException(object + " without " + field);
            }
            return value;
        }

        int number(Record row, String field) {
            return Math.toIntExact(require(row, field, Long.class));
        }
    }
}
