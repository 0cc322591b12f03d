package dev.tenon.store.automation;

import dev.tenon.automation.port.OutboxQueue;
import dev.tenon.store.Database;
import dev.tenon.store.H2Dialect;
import dev.tenon.store.PostgresDialect;
import dev.tenon.store.TenantSchemas;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record6;
import org.jooq.Result;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The outboxes. Safe for use by several threads and nodes. */
public final class JooqOutboxQueue implements OutboxQueue {

    private static final Field<UUID> ID = DSL.field(DSL.name("e", "id"), SQLDataType.UUID);
    private static final Field<Long> SEQ = DSL.field(DSL.name("e", "seq"), SQLDataType.BIGINT);
    private static final Field<String> TOPIC = DSL.field(DSL.name("e", "topic"), SQLDataType.VARCHAR);
    private static final Field<String> KEY = DSL.field(DSL.name("e", "event_key"), SQLDataType.VARCHAR);
    private static final Field<String> PAYLOAD = DSL.field(DSL.name("e", "payload"), SQLDataType.VARCHAR);
    private static final Field<Integer> ATTEMPTS = DSL.field(DSL.name("attempts"), SQLDataType.INTEGER);
    private static final Field<Instant> AVAILABLE_AT = DSL.field(DSL.name("available_at"), SQLDataType.INSTANT);
    private static final Field<Instant> CLAIMED_UNTIL = DSL.field(DSL.name("claimed_until"), SQLDataType.INSTANT);
    private static final Field<String> DONE_BY = DSL.field(DSL.name("done_by"), SQLDataType.VARCHAR);
    private static final Field<Boolean> BURIED = DSL.field(DSL.name("buried"), SQLDataType.BOOLEAN);
    private static final Field<String> FAULT = DSL.field(DSL.name("last_fault"), SQLDataType.VARCHAR);
    private static final Field<UUID> EVENT_ID = DSL.field(DSL.name("id"), SQLDataType.UUID);
    private static final Field<String> EVENT_TOPIC = DSL.field(DSL.name("topic"), SQLDataType.VARCHAR);

    /** An earlier event of the same key. */
    private static final Field<Long> EARLIER_SEQ = DSL.field(DSL.name("earlier", "seq"), SQLDataType.BIGINT);

    private static final Field<String> EARLIER_KEY = DSL.field(DSL.name("earlier", "event_key"), SQLDataType.VARCHAR);
    private static final Field<String> EARLIER_TOPIC = DSL.field(DSL.name("earlier", "topic"), SQLDataType.VARCHAR);
    private static final Field<Boolean> EARLIER_BURIED = DSL.field(DSL.name("earlier", "buried"), SQLDataType.BOOLEAN);

    private static final int FAULT_CHARS = 1900;

    private final Database database;

    public JooqOutboxQueue(Database database) {
        this.database = database;
    }

    private static Table<Record> outbox(String tenant) {
        return DSL.table(DSL.name(TenantSchemas.nameOf(tenant), "tenon_outbox"));
    }

    @Override
    public List<Claimed> claim(String tenant, Set<String> topics, Instant now, Instant until, int limit) {
        if (topics.isEmpty()) {
            return List.of();
        }
        Table<Record> outbox = outbox(tenant);
        Condition nobodyHasIt = CLAIMED_UNTIL.isNull().or(CLAIMED_UNTIL.le(now));
        Condition oldestOfItsKey = DSL.notExists(DSL.selectOne()
                .from(outbox.as("earlier"))
                .where(EARLIER_KEY.eq(KEY))
                .and(EARLIER_SEQ.lt(SEQ))
                .and(EARLIER_TOPIC.in(topics))
                .and(EARLIER_BURIED.isFalse()));
        Condition ready =
                DSL.and(BURIED.isFalse(), AVAILABLE_AT.le(now), nobodyHasIt, TOPIC.in(topics), oldestOfItsKey);
        return database.transactions().inTransaction(() -> {
            Condition first = switch (database.dialect()) {
                case PostgresDialect postgres -> DSL.noCondition();
                // It would lock all that a limit cuts off, too.
                case H2Dialect h2 ->
                    ID.in(database.dsl()
                            .select(ID)
                            .from(outbox.as("e"))
                            .where(ready)
                            .orderBy(SEQ)
                            .limit(limit)
                            .fetch(ID));
            };
            Result<Record6<UUID, String, String, String, Integer, String>> due = database.dsl()
                    .select(ID, TOPIC, KEY, PAYLOAD, ATTEMPTS, DONE_BY)
                    .from(outbox.as("e"))
                    .where(ready, first)
                    .orderBy(SEQ)
                    .limit(limit)
                    .forUpdate()
                    .skipLocked()
                    .fetch();
            if (!due.isEmpty()) {
                // Locked above, so nobody else can take them before the commit.
                database.dsl()
                        .update(outbox)
                        .set(CLAIMED_UNTIL, until)
                        .set(ATTEMPTS, ATTEMPTS.plus(1))
                        .where(EVENT_ID.in(due.getValues(ID)))
                        .execute();
            }
            return due.map(row -> new Claimed(
                    row.get(ID),
                    row.get(TOPIC),
                    row.get(KEY),
                    row.get(PAYLOAD),
                    row.get(ATTEMPTS) + 1,
                    names(row.get(DONE_BY))));
        });
    }

    private static Set<String> names(String joined) {
        return Arrays.stream(joined.split(","))
                .filter(n -> !n.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void discardOthers(String tenant, Set<String> topics) {
        database.dsl()
                .deleteFrom(outbox(tenant))
                .where(topics.isEmpty() ? DSL.trueCondition() : EVENT_TOPIC.notIn(topics))
                .execute();
    }

    @Override
    public void noteDone(String tenant, UUID event, String consumer) {
        database.dsl()
                .update(outbox(tenant))
                .set(DONE_BY, DONE_BY.concat(consumer).concat(","))
                .where(EVENT_ID.eq(event))
                .execute();
    }

    @Override
    public void remove(String tenant, UUID event) {
        database.dsl().deleteFrom(outbox(tenant)).where(EVENT_ID.eq(event)).execute();
    }

    @Override
    public void retry(String tenant, UUID event, Instant at, String fault) {
        database.dsl()
                .update(outbox(tenant))
                .set(AVAILABLE_AT, at)
                .setNull(CLAIMED_UNTIL)
                .set(FAULT, shortened(fault))
                .where(EVENT_ID.eq(event))
                .execute();
    }

    @Override
    public void bury(String tenant, UUID event, String fault) {
        database.dsl()
                .update(outbox(tenant))
                .set(BURIED, true)
                .setNull(CLAIMED_UNTIL)
                .set(FAULT, shortened(fault))
                .where(EVENT_ID.eq(event))
                .execute();
    }

    private static String shortened(String fault) {
        return fault.length() <= FAULT_CHARS ? fault : fault.substring(0, FAULT_CHARS);
    }

    @Override
    public long buried(String tenant) {
        return database.dsl().fetchCount(outbox(tenant), BURIED.isTrue());
    }

    @Override
    public <T> T inTransaction(String tenant, Supplier<T> work) {
        return database.transactions().inTransaction(work);
    }
}
