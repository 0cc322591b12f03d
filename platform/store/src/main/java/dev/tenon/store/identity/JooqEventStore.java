package dev.tenon.store.identity;

import static dev.tenon.store.identity.IdentityTables.EVENT;
import static dev.tenon.store.identity.IdentityTables.TENANT;
import static dev.tenon.store.identity.IdentityTables.USER_ID;
import static dev.tenon.store.identity.IdentityTables.text;
import static dev.tenon.store.identity.IdentityTables.time;
import static dev.tenon.store.identity.IdentityTables.utc;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;

import dev.tenon.tenancy.identity.EventStore;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;

/** What happened to accounts, in the platform's schema. Joins the thread's transaction: what is taken back did not happen. */
public final class JooqEventStore implements EventStore {

    private static final Field<Long> SEQ = field(name("seq"), Long.class);
    private static final Field<OffsetDateTime> AT = time("at");
    private static final Field<String> KIND = text("kind");
    private static final Field<UUID> ACTOR_ID = field(name("actor_id"), UUID.class);
    private static final Field<String> ACTOR_NAME = text("actor_name");
    private static final Field<String> USER_NAME = text("user_name");
    private static final Field<String> FROM_ADDRESS = text("address");
    private static final Field<String> DETAIL = text("detail");

    private final DSLContext sql;

    public JooqEventStore(DSLContext sql) {
        this.sql = sql;
    }

    @Override
    public void append(Event event) {
        sql.insertInto(EVENT)
                .set(AT, utc(event.at()))
                .set(TENANT, event.tenant())
                .set(KIND, event.kind().name())
                .set(ACTOR_ID, event.actor())
                .set(ACTOR_NAME, event.actorName())
                .set(USER_ID, event.user())
                .set(USER_NAME, event.userName())
                .set(FROM_ADDRESS, event.address())
                .set(DETAIL, event.detail())
                .execute();
    }

    @Override
    public List<Entry> events(String tenant, Optional<UUID> user, long before, int limit) {
        return sql.select(SEQ, AT, TENANT, KIND, ACTOR_ID, ACTOR_NAME, USER_ID, USER_NAME, FROM_ADDRESS, DETAIL)
                .from(EVENT)
                .where(TENANT.eq(tenant), SEQ.lt(before), user.map(USER_ID::eq).orElse(noCondition()))
                .orderBy(SEQ.desc())
                .limit(limit)
                .fetch(row -> new Entry(
                        row.get(SEQ),
                        new Event(
                                row.get(AT).toInstant(),
                                row.get(TENANT),
                                Kind.valueOf(row.get(KIND)),
                                row.get(ACTOR_ID),
                                row.get(ACTOR_NAME),
                                row.get(USER_ID),
                                row.get(USER_NAME),
                                row.get(FROM_ADDRESS),
                                row.get(DETAIL))));
    }
}
