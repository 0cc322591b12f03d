package dev.tenon.automation.internal;

import dev.tenon.access.Identity;
import dev.tenon.automation.AutomationError;
import dev.tenon.automation.Notifications;
import dev.tenon.expression.Expr;
import dev.tenon.expression.Expr.BinaryOperator;
import dev.tenon.expression.ExprBuilder;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import dev.tenon.records.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code sys__Notification} whose recipient is the asking person. */
public final class OwnNotifications implements Notifications {

    static final String OBJECT = "sys__Notification";

    private static final int MOST = 200;
    private static final int MARKED_AT_ONCE = 500;

    private final Records records;

    public OwnNotifications(Records records) {
        this.records = records;
    }

    @Override
    public Inbox read(Identity identity, boolean unreadOnly, int limit) {
        RecordSession session = session(identity);
        ExprBuilder builder = new ExprBuilder(session.scope(OBJECT));
        Expr mine = mine(builder, identity);
        Expr unread = Expr.and(mine, unread(builder));
        Query query = new Query(
                OBJECT,
                Query.Selection.ALL,
                Optional.of(unreadOnly ? unread : mine),
                List.of(new Query.SortKey(builder.field(SystemField.CREATED_AT), true)),
                Math.clamp(limit, 1, MOST),
                0,
                false);
        return new Inbox(
                count(session, unread),
                session.query(query).rows().stream().map(OwnNotifications::item).toList());
    }

    private static long count(RecordSession session, Expr filter) {
        Query counting =
                new Query(OBJECT, Query.Selection.of(SystemField.ID), Optional.of(filter), List.of(), 1, 0, true);
        return session.query(counting).count().orElse(0);
    }

    @Override
    public void markRead(Identity identity, UUID id) {
        RecordSession session = session(identity);
        Row row = session.find(OBJECT, id, Query.Selection.ALL)
                .filter(r -> identity.user().id().equals(r.values().get("recipient")))
                .orElseThrow(() -> AutomationError.UNKNOWN_NOTIFICATION
                        .error()
                        .with("id", id)
                        .build());
        if (!Boolean.TRUE.equals(row.values().get("read"))) {
            session.update(OBJECT, id, Optional.empty(), Map.of("read", true));
        }
    }

    @Override
    public void markAllRead(Identity identity) {
        RecordSession session = session(identity);
        ExprBuilder builder = new ExprBuilder(session.scope(OBJECT));
        Query query = new Query(
                OBJECT,
                Query.Selection.of(SystemField.ID),
                Optional.of(Expr.and(mine(builder, identity), unread(builder))),
                List.of(),
                MARKED_AT_ONCE,
                0,
                false);
        for (Row row : session.query(query).rows()) {
            session.update(OBJECT, row.id(), Optional.empty(), Map.of("read", true));
        }
    }

    /** With the engine's rights, because the object is written by the platform only; every query names the recipient. */
    private RecordSession session(Identity identity) {
        return records.open(identity.asSystem(), HistoryEntry.Channel.SYSTEM);
    }

    private static Expr mine(ExprBuilder builder, Identity identity) {
        return builder.binary(
                BinaryOperator.EQUAL,
                builder.field("recipient"),
                builder.literal(identity.user().id()));
    }

    /** Rows from before a value was required count as unread. */
    private static Expr unread(ExprBuilder builder) {
        Expr read = builder.field("read");
        return Expr.or(builder.isNull(read), builder.binary(BinaryOperator.EQUAL, read, builder.literal(false)));
    }

    private static Item item(Row row) {
        Map<String, @Nullable Object> values = row.values();
        return new Item(
                row.id(),
                text(values.get("kind")),
                text(values.get("title")),
                values.get("body") instanceof String body ? body : null,
                values.get("object") instanceof String object ? object : null,
                recordId(values.get("recordId")),
                Boolean.TRUE.equals(values.get("read")),
                values.get(SystemField.CREATED_AT) instanceof Instant at ? at : Instant.EPOCH);
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    private static @Nullable UUID recordId(@Nullable Object value) {
        return switch (value) {
            case UUID id -> id;
            case String text when text.length() == 36 -> UUID.fromString(text);
            case null, default -> null;
        };
    }
}
