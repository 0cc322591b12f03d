package dev.tenon.approval.internal;

import dev.tenon.access.Identity;
import dev.tenon.approval.ApprovalError;
import dev.tenon.approval.ApprovalObjects;
import dev.tenon.approval.engine.NodeState;
import dev.tenon.approval.engine.TaskState;
import dev.tenon.approval.view.InboxPage;
import dev.tenon.approval.view.NameLabel;
import dev.tenon.approval.view.TodoItem;
import dev.tenon.expression.Expr;
import dev.tenon.expression.Expr.BinaryOperator;
import dev.tenon.expression.ExprBuilder;
import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.records.Page;
import dev.tenon.records.Query;
import dev.tenon.records.Query.Selection;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The lists of the approval inbox. Pages are found by the last line of the page before, not by counting, so a list that
 * grows at its head shows no line twice.
 */
public final class InboxReader {

    private static final int MOST_LINES = 100;
    private static final int STANDARD_LINES = 20;

    private final Collaborators with;

    public InboxReader(Collaborators with) {
        this.with = with;
    }

    /** Where a page ends: the sort value and the id of its last line. */
    private record Cursor(Instant at, UUID id) {

        String encoded() {
            String text = at + "|" + id;
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        static Cursor decoded(String cursor) {
            try {
                String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
                int bar = text.indexOf('|');
                return new Cursor(Instant.parse(text.substring(0, bar)), UUID.fromString(text.substring(bar + 1)));
            } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException malformed) {
                throw ApprovalError.CURSOR_INVALID.error().causedBy(malformed).build();
            }
        }
    }

    public InboxPage todo(Identity who, @Nullable String cursor, int limit) {
        RecordSession session = with.as(who);
        ExprBuilder build = new ExprBuilder(session.scope(ApprovalObjects.TASK));
        Expr mine = Expr.and(
                Reading.equal(build, "assignee", who.user().id()),
                Reading.equal(build, "state", TaskState.PENDING.name()));
        return tasks(who, session, build, mine, "activatedAt", cursor, limit);
    }

    /** Every task of a person that is not decided, also those whose turn has not come; read as the engine. */
    public List<UUID> openTasks(Identity who, UUID assignee) {
        RecordSession session = with.engine(who);
        ExprBuilder build = new ExprBuilder(session.scope(ApprovalObjects.TASK));
        Expr open = Expr.and(
                Reading.equal(build, "assignee", assignee),
                build.in(
                        build.field("state"),
                        List.of(build.literal(TaskState.PENDING.name()), build.literal(TaskState.WAITING.name()))));
        List<UUID> tasks = new ArrayList<>();
        boolean more = true;
        while (more) {
            Page page = session.query(new Query(
                    ApprovalObjects.TASK,
                    Selection.of("id"),
                    Optional.of(open),
                    List.of(new Query.SortKey(build.field("id"), false)),
                    MOST_LINES,
                    tasks.size(),
                    false));
            page.rows().forEach(row -> tasks.add(row.id()));
            more = page.more();
        }
        return tasks;
    }

    public InboxPage done(Identity who, @Nullable String cursor, int limit) {
        RecordSession session = with.as(who);
        ExprBuilder build = new ExprBuilder(session.scope(ApprovalObjects.TASK));
        Expr mine = Reading.equal(build, "decidedBy", who.user().id());
        return tasks(who, session, build, mine, "decidedAt", cursor, limit);
    }

    public InboxPage mine(Identity who, @Nullable String cursor, int limit) {
        RecordSession session = with.as(who);
        String object = ApprovalObjects.INSTANCE;
        ExprBuilder build = new ExprBuilder(session.scope(object));
        ExprBuilder runs = new ExprBuilder(session.scope(ApprovalObjects.NODE_RUN));
        Expr open = runs.in(
                runs.field("state"),
                List.of(runs.literal(NodeState.ACTIVE.name()), runs.literal(NodeState.BLOCKED.name())));
        Query.Children current = new Query.Children(
                ApprovalObjects.NODE_RUN, "instance", Selection.ALL, Optional.of(open), List.of(), 1);
        Selection select =
                new Selection(List.of(), Map.of("submitter", Selection.of("name")), Map.of("current", current));
        Page page = page(
                session,
                object,
                select,
                build,
                Reading.equal(build, "submitter", who.user().id()),
                "startedAt",
                cursor,
                limit);
        List<TodoItem> items = new ArrayList<>();
        for (Row row : page.rows()) {
            List<Row> active = row.children().getOrDefault("current", List.of());
            String step = active.isEmpty() ? null : Reading.text(active.getFirst(), "stepKey");
            items.add(item(who, row, null, step));
        }
        return new InboxPage(items, next(page, "startedAt"));
    }

    private InboxPage tasks(
            Identity who,
            RecordSession session,
            ExprBuilder build,
            Expr mine,
            String order,
            @Nullable String cursor,
            int limit) {
        Map<String, Selection> parents = new LinkedHashMap<>();
        parents.put("instance", Reading.withPeople("submitter"));
        Selection select = new Selection(List.of(), parents, Map.of());
        Page page = page(session, ApprovalObjects.TASK, select, build, mine, order, cursor, limit);
        List<TodoItem> items = new ArrayList<>();
        for (Row task : page.rows()) {
            Row instance = task.parents().get("instance");
            if (instance != null) {
                items.add(item(who, instance, task, Reading.text(task, "stepKey")));
            }
        }
        return new InboxPage(items, next(page, order));
    }

    private static Page page(
            RecordSession session,
            String object,
            Selection select,
            ExprBuilder build,
            Expr mine,
            String order,
            @Nullable String cursor,
            int limit) {
        Expr filter = mine;
        if (cursor != null && !cursor.isBlank()) {
            Cursor from = Cursor.decoded(cursor);
            Expr at = build.literal(from.at());
            Expr earlier = build.binary(BinaryOperator.LESS, build.field(order), at);
            Expr sameTime = build.binary(BinaryOperator.EQUAL, build.field(order), at);
            // Made without the checker: ids have an order for pages, but not in the language.
            Expr smallerId = new Expr.Binary(
                    BinaryOperator.LESS,
                    build.field("id"),
                    build.literal(from.id()),
                    dev.tenon.expression.ValueType.Simple.BOOLEAN);
            filter = Expr.and(filter, Expr.or(earlier, Expr.and(sameTime, smallerId)));
        }
        int lines = limit <= 0 ? STANDARD_LINES : Math.min(limit, MOST_LINES);
        List<Query.SortKey> sort =
                List.of(new Query.SortKey(build.field(order), true), new Query.SortKey(build.field("id"), true));
        return session.query(new Query(object, select, Optional.of(filter), sort, lines, 0, false));
    }

    private static @Nullable String next(Page page, String order) {
        if (!page.more() || page.rows().isEmpty()) {
            return null;
        }
        Row last = page.rows().getLast();
        Instant at = Reading.time(last, order);
        return at == null ? null : new Cursor(at, last.id()).encoded();
    }

    private TodoItem item(Identity who, Row instance, @Nullable Row task, @Nullable String stepKey) {
        Locale locale = who.user().locale();
        var model = with.models().current(who.tenant()).model();
        String object = Reading.text(instance, "object", "");
        String process = Reading.text(instance, "process", "");
        ApprovalProcess definition = with.definitions().pinned(who.tenant(), Reading.text(instance, "definition", ""));
        String objectLabel = model.findObject(object)
                .map(ObjectType::label)
                .map(label -> label.in(locale))
                .orElse(object);
        String decision = task == null ? null : Reading.text(task, "decision");
        return new TodoItem(
                task == null ? null : task.id(),
                instance.id(),
                new NameLabel(process, definition.label().in(locale)),
                object,
                objectLabel,
                UUID.fromString(Reading.text(instance, "recordId", "")),
                Reading.text(instance, "title", ""),
                Reading.person(instance, "submitter"),
                stepKey,
                stepKey == null ? null : Progress.label(definition, stepKey, locale),
                task == null ? Reading.time(instance, "startedAt") : Reading.time(task, "activatedAt"),
                task == null ? null : Reading.time(task, "decidedAt"),
                Reading.text(instance, "state", ""),
                decision,
                Reading.text(instance, "outcome"),
                task == null ? null : (Long) task.version());
    }
}
