package dev.tenon.store.approval;

import static dev.tenon.store.approval.ApprovalTables.ACTIVE_KEY;
import static dev.tenon.store.approval.ApprovalTables.INSTANCE_ID;
import static dev.tenon.store.approval.ApprovalTables.LAST_AT;
import static dev.tenon.store.approval.ApprovalTables.LAST_HASH;
import static dev.tenon.store.approval.ApprovalTables.ROUND_SEQ;
import static dev.tenon.store.approval.ApprovalTables.SEQ;
import static dev.tenon.store.approval.ApprovalTables.STATE;
import static dev.tenon.store.approval.ApprovalTables.VERSION;

import dev.tenon.approval.ApprovalObjects;
import dev.tenon.approval.engine.Effect;
import dev.tenon.approval.engine.Event;
import dev.tenon.approval.engine.Instance;
import dev.tenon.approval.engine.NodeRun;
import dev.tenon.approval.engine.State;
import dev.tenon.approval.engine.Task;
import dev.tenon.approval.engine.TaskState;
import dev.tenon.approval.port.ApprovalChange;
import dev.tenon.approval.port.ApprovalChange.ChainedEvent;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.store.StoreError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes what a command changed, in the order in which everybody locks: approval, steps, tasks, then new rows. */
final class ApprovalWriting {

    private final ApprovalTables tables;
    private final String tenant;
    private final ApprovalChange change;
    private final Instance instance;
    private final Instant now;

    ApprovalWriting(ApprovalTables tables, String tenant, ApprovalChange change) {
        this.tables = tables;
        this.tenant = tenant;
        this.change = change;
        this.instance = change.after().instance();
        this.now = change.events().getLast().event().at();
    }

    /**
     * The columns every record has. All rows belong to the submitter: who else made the engine write one may be what a
     * policy hides.
     */
    static Map<String, @Nullable Object> row(UUID id, UUID submitter, Instant at) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("version", 1L);
        row.put("owner", submitter);
        row.put("createdBy", submitter);
        row.put("updatedBy", submitter);
        row.put("createdAt", at);
        row.put("updatedAt", at);
        return row;
    }

    void write() {
        head();
        instance();
        change.changedRuns().forEach(this::update);
        change.changedTasks().forEach(this::update);
        tables.insert(
                ApprovalObjects.NODE_RUN,
                change.newRuns().stream().map(this::row).toList());
        tables.insert(
                ApprovalObjects.TASK, change.newTasks().stream().map(this::row).toList());
        events();
        change.closedRuns().forEach(this::stamp);
        change.asked().forEach(this::asked);
        change.decided().forEach(this::decided);
    }

    private void head() {
        ChainedEvent last = change.events().getLast();
        var update = tables.sql()
                .update(ApprovalTables.head(tenant))
                .set(VERSION, VERSION.plus(1L))
                .set(SEQ, instance.seq())
                .set(ROUND_SEQ, instance.roundSeq())
                .set(LAST_AT, last.event().at())
                .set(LAST_HASH, last.hash())
                .set(STATE, instance.state().name());
        int rows = (instance.state().terminal() ? update.setNull(ACTIVE_KEY) : update)
                .where(INSTANCE_ID.eq(instance.id()))
                .and(SEQ.eq(change.before().instance().seq()))
                .execute();
        require(rows);
    }

    /** The approval itself changes only where people may see it change; a comment alone leaves no trace here. */
    private void instance() {
        Instance before = change.before().instance();
        boolean same = before.state() == instance.state() && before.round() == instance.round();
        if (same) {
            return;
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("state", instance.state().name());
        values.put("outcome", instance.state().terminal() ? instance.state().name() : null);
        values.put("round", (long) instance.round());
        values.put("endedAt", instance.endedAt());
        values.put("updatedAt", now);
        String object = ApprovalObjects.INSTANCE;
        var version = tables.column(object, "version", Long.class);
        tables.sql()
                .update(tables.table(object))
                .set(tables.assignments(object, values))
                .set(VERSION, version.plus(1L))
                .where(tables.column(object, "id", UUID.class).eq(instance.id()))
                .execute();
    }

    private void update(NodeRun run) {
        boolean visible = change.before()
                .findRun(run.id())
                .map(r -> r.state() != run.state())
                .orElse(true);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("state", run.state().name());
        values.put("reason", run.reason() == null ? null : run.reason().name());
        values.put("closedSeq", run.closedSeq());
        values.put("closedAt", run.closedAt());
        tally(values, run);
        if (visible) {
            values.put("updatedAt", now);
        }
        String object = ApprovalObjects.NODE_RUN;
        require(tables.sql()
                .update(tables.table(object))
                .set(tables.assignments(object, values))
                .where(tables.column(object, "id", UUID.class).eq(run.id()))
                .execute());
    }

    private static void tally(Map<String, @Nullable Object> values, NodeRun run) {
        values.put("votesTotal", (long) run.tally().total());
        values.put("votesYes", (long) run.tally().yes());
        values.put("votesNo", (long) run.tally().no());
        values.put("votesOpen", (long) run.tally().open());
    }

    private void update(Task task, long version) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        fate(values, task);
        values.put("version", task.version());
        values.put("updatedAt", now);
        String object = ApprovalObjects.TASK;
        require(tables.sql()
                .update(tables.table(object))
                .set(tables.assignments(object, values))
                .where(tables.column(object, "id", UUID.class).eq(task.id()))
                .and(tables.column(object, "version", Long.class).eq(version))
                .and(tables.column(object, "state", String.class)
                        .in(TaskState.PENDING.name(), TaskState.WAITING.name()))
                .execute());
    }

    private static void fate(Map<String, @Nullable Object> values, Task task) {
        values.put("state", task.state().name());
        values.put("decision", decision(task));
        values.put("reason", task.reason() == null ? null : task.reason().name());
        values.put("activatedSeq", task.activatedSeq());
        values.put("activatedAt", task.activatedAt());
        values.put("decidedSeq", task.decidedSeq());
        values.put("decidedAt", task.decidedAt());
        values.put("decidedBy", task.decidedBy());
        values.put("recordVersion", task.recordVersion());
    }

    private static @Nullable String decision(Task task) {
        return switch (task.state()) {
            case APPROVED -> "APPROVE";
            case REJECTED -> "REJECT";
            case RETURNED -> "RETURN";
            case WAITING, PENDING, AUTO_APPROVED, AUTO_REJECTED, NOT_REQUIRED, CANCELED -> null;
        };
    }

    private Map<String, @Nullable Object> row(NodeRun run) {
        Map<String, @Nullable Object> row = row(run.id(), instance.submitter(), now);
        row.put("instance", instance.id());
        row.put("stepKey", run.key());
        row.put("ordinal", (long) run.ordinal());
        row.put("round", (long) run.round());
        row.put("state", run.state().name());
        row.put("mode", run.mode().name());
        row.put("reason", run.reason() == null ? null : run.reason().name());
        row.put("fault", run.fault());
        row.put("activatedAt", run.activatedAt());
        row.put("closedAt", run.closedAt());
        row.put("activatedSeq", run.activatedSeq());
        row.put("closedSeq", run.closedSeq());
        tally(row, run);
        return row;
    }

    private Map<String, @Nullable Object> row(Task task) {
        State after = change.after();
        NodeRun run = after.findRun(task.run()).orElseThrow(() -> new IllegalStateException("a task without its step"));
        Map<String, @Nullable Object> row = row(task.id(), instance.submitter(), now);
        row.put("version", task.version());
        row.put("instance", instance.id());
        row.put("nodeRun", task.run());
        row.put("stepKey", run.key());
        row.put("round", (long) run.round());
        row.put("position", (long) task.order());
        row.put("assignee", task.assignee());
        row.put("origin", task.origin());
        row.put("process", instance.process());
        fate(row, task);
        return row;
    }

    private void events() {
        Map<Long, Effect.KeepComment> comments = new HashMap<>();
        change.comments().forEach(c -> comments.put(c.seq(), c));
        List<Map<String, @Nullable Object>> eventRows = new ArrayList<>();
        List<Map<String, @Nullable Object>> commentRows = new ArrayList<>();
        List<Map<String, @Nullable Object>> audienceRows = new ArrayList<>();
        for (ChainedEvent chained : change.events()) {
            Event event = chained.event();
            UUID id = RecordIds.next();
            Effect.KeepComment comment = comments.get(event.seq());
            eventRows.add(row(id, chained, comment));
            if (comment == null) {
                continue;
            }
            commentRows.add(row(id, event, comment));
            for (UUID user : comment.audience()) {
                Map<String, @Nullable Object> row = row(RecordIds.next(), instance.submitter(), event.at());
                row.put("instance", instance.id());
                row.put("user", user);
                row.put("process", instance.process());
                row.put("seq", event.seq());
                audienceRows.add(row);
            }
        }
        tables.insert(ApprovalObjects.EVENT, eventRows);
        tables.insert(ApprovalObjects.COMMENT, commentRows);
        tables.insert(ApprovalObjects.AUDIENCE, audienceRows);
    }

    private Map<String, @Nullable Object> row(UUID id, ChainedEvent chained, Effect.@Nullable KeepComment comment) {
        Event event = chained.event();
        Map<String, @Nullable Object> row = row(id, instance.submitter(), event.at());
        row.put("instance", instance.id());
        row.put("at", event.at());
        row.put("kind", event.kind().name());
        row.put("actor", event.actor());
        row.put("nodeRun", event.run());
        row.put("stepKey", event.stepKey());
        row.put("task", event.task());
        row.put("round", (long) event.round());
        row.put("reason", event.reason());
        row.put("process", instance.process());
        row.put("item", item(event.kind()));
        row.put("seq", event.seq());
        row.put("closedSeq", comment == null || comment.run() != null ? null : comment.closedSeq());
        row.put("details", chained.dataJson());
        row.put("previousHash", chained.previousHash());
        row.put("hash", chained.hash());
        return row;
    }

    private static @Nullable String item(Event.Kind kind) {
        if (kind == Event.Kind.COMMENTED) {
            return "COMMENT";
        }
        return kind.decision() ? "DECISION" : null;
    }

    private Map<String, @Nullable Object> row(UUID event, Event of, Effect.KeepComment comment) {
        Map<String, @Nullable Object> row = row(RecordIds.next(), instance.submitter(), of.at());
        row.put("instance", instance.id());
        row.put("event", event);
        row.put("at", of.at());
        row.put("author", comment.author());
        row.put("actingFor", null);
        row.put("kind", comment.kind().name());
        row.put("body", comment.body());
        row.put("nodeRun", comment.run());
        row.put("stepKey", comment.stepKey());
        row.put("round", (long) of.round());
        row.put("process", instance.process());
        row.put("seq", of.seq());
        row.put("nodeActivatedSeq", comment.activatedSeq());
        row.put("nodeClosedSeq", comment.closedSeq());
        return row;
    }

    /** Comments of a step carry the number of the event that closed it; one statement for each step that closes. */
    private void stamp(NodeRun run) {
        String object = ApprovalObjects.COMMENT;
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("nodeClosedSeq", run.closedSeq());
        tables.sql()
                .update(tables.table(object))
                .set(tables.assignments(object, values))
                .where(tables.column(object, "nodeRun", UUID.class).eq(run.id()))
                .and(tables.column(object, "nodeClosedSeq", Long.class).isNull())
                .execute();
    }

    private void asked(Effect.Asked asked) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("lastActivatedSeq", asked.seq());
        String object = ApprovalObjects.PARTICIPANT;
        if (participant(asked.user(), values) == 0) {
            tables.insert(object, List.of(participant(asked.user(), asked.seq())));
            return;
        }
        Map<String, @Nullable Object> first = new LinkedHashMap<>();
        first.put("firstSeq", asked.seq());
        tables.sql()
                .update(tables.table(object))
                .set(tables.assignments(object, first))
                .where(tables.column(object, "instance", UUID.class).eq(instance.id()))
                .and(tables.column(object, "user", UUID.class).eq(asked.user()))
                .and(tables.column(object, "firstSeq", Long.class).isNull())
                .execute();
    }

    private void decided(Effect.Decided decided) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("lastDecidedSeq", decided.seq());
        participant(decided.user(), values);
    }

    private int participant(UUID user, Map<String, @Nullable Object> values) {
        String object = ApprovalObjects.PARTICIPANT;
        return tables.sql()
                .update(tables.table(object))
                .set(tables.assignments(object, values))
                .where(tables.column(object, "instance", UUID.class).eq(instance.id()))
                .and(tables.column(object, "user", UUID.class).eq(user))
                .execute();
    }

    private Map<String, @Nullable Object> participant(UUID user, @Nullable Long asked) {
        return participant(instance, user, asked, now);
    }

    static Map<String, @Nullable Object> participant(Instance instance, UUID user, @Nullable Long asked, Instant at) {
        Map<String, @Nullable Object> row = row(RecordIds.next(), instance.submitter(), at);
        row.put("instance", instance.id());
        row.put("user", user);
        row.put("process", instance.process());
        row.put("firstSeq", asked);
        row.put("lastActivatedSeq", asked);
        row.put("lastDecidedSeq", null);
        return row;
    }

    /** Under the mutex nobody else writes these rows; if somebody did, nothing of this command may stay. */
    private static void require(int rows) {
        if (rows != 1) {
            throw StoreError.CONFLICT.error().with("state", "approval").build();
        }
    }
}
