package dev.tenon.store.identity;

import static dev.tenon.store.identity.IdentityTables.ADDRESS;
import static dev.tenon.store.identity.IdentityTables.CODE;
import static dev.tenon.store.identity.IdentityTables.CREATED_AT;
import static dev.tenon.store.identity.IdentityTables.CREDENTIAL;
import static dev.tenon.store.identity.IdentityTables.EXPIRES_AT;
import static dev.tenon.store.identity.IdentityTables.FAILURES;
import static dev.tenon.store.identity.IdentityTables.HASH;
import static dev.tenon.store.identity.IdentityTables.KEY;
import static dev.tenon.store.identity.IdentityTables.PAUSED_UNTIL;
import static dev.tenon.store.identity.IdentityTables.SESSION;
import static dev.tenon.store.identity.IdentityTables.TENANT;
import static dev.tenon.store.identity.IdentityTables.USER_ID;
import static dev.tenon.store.identity.IdentityTables.instant;
import static dev.tenon.store.identity.IdentityTables.is;
import static dev.tenon.store.identity.IdentityTables.of;
import static dev.tenon.store.identity.IdentityTables.text;
import static dev.tenon.store.identity.IdentityTables.time;
import static dev.tenon.store.identity.IdentityTables.utc;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import dev.tenon.store.Database;
import dev.tenon.tenancy.identity.IdentityStore.Account;
import dev.tenon.tenancy.identity.IdentityStore.Attempt;
import dev.tenon.tenancy.identity.LoginStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Sessions, authorization codes and signing keys in the platform's schema. */
public final class JooqLoginStore implements LoginStore {

    private static final Field<String> ID = text("id");
    private static final Field<String> CLIENT = text("client");
    private static final Field<String> REQUEST = text("request");
    private static final Field<OffsetDateTime> ISSUED_AT = time("issued_at");
    private static final Field<Boolean> USED = field(name("used"), Boolean.class);
    private static final Field<Integer> SLOT = field(name("slot"), Integer.class);
    private static final Field<String> JWK = text("jwk");

    private static final Field<String> FROM_ADDRESS = text("address");
    private static final Field<String> DEVICE = text("device");
    private static final Field<OffsetDateTime> SEEN_AT = time("seen_at");
    private static final Field<OffsetDateTime> LAST_AT = time("last_at");
    /** No back-off is as long, and nothing that is older is looked at. */
    private static final Duration ADDRESSES_KEPT = Duration.ofDays(1);

    private final Database database;
    private final DSLContext sql;
    private final String live;

    public JooqLoginStore(Database database) {
        this.database = database;
        this.sql = database.dsl();
        Table<Record> session = SESSION.as("session");
        Table<Record> account = CREDENTIAL.as("account");
        this.live = sql.render(sql.select(
                        of(session, HASH),
                        of(session, TENANT),
                        of(session, USER_ID),
                        of(session, FROM_ADDRESS),
                        of(session, DEVICE),
                        of(session, CREATED_AT),
                        DSL.coalesce(of(session, SEEN_AT), of(session, CREATED_AT)),
                        of(session, EXPIRES_AT),
                        of(account, IdentityTables.LOGIN),
                        of(account, IdentityTables.ACTIVE),
                        of(account, IdentityTables.REVISION))
                .from(session)
                .join(account)
                .on(
                        of(account, TENANT).eq(of(session, TENANT)),
                        of(account, USER_ID).eq(of(session, USER_ID)))
                .where(of(session, HASH).eq(DSL.param("hash", HASH.getDataType()))));
    }

    @Override
    public void insertSession(Session session) {
        sql.insertInto(SESSION)
                .set(HASH, session.id())
                .set(TENANT, session.tenant())
                .set(USER_ID, session.user())
                .set(FROM_ADDRESS, session.address())
                .set(DEVICE, session.device())
                .set(CREATED_AT, utc(session.createdAt()))
                .set(SEEN_AT, utc(session.seenAt()))
                .set(EXPIRES_AT, utc(session.expiresAt()))
                .execute();
    }

    /** Each request asks this, so the text is written once and run with plain JDBC. */
    @Override
    public Optional<LiveSession> findSession(String id) {
        return database.withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(live)) {
                statement.setString(1, id);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? Optional.of(live(row)) : Optional.empty();
                }
            }
        });
    }

    private static LiveSession live(ResultSet row) throws SQLException {
        Session session = new Session(
                row.getString(1),
                row.getString(2),
                row.getObject(3, UUID.class),
                row.getString(4),
                row.getString(5),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getObject(8, OffsetDateTime.class).toInstant());
        return new LiveSession(
                session,
                new Account(session.tenant(), session.user(), row.getString(9), row.getBoolean(10), row.getLong(11)));
    }

    @Override
    public void extendSession(String id, Instant seenAt, Instant expiresAt) {
        sql.update(SESSION)
                .set(SEEN_AT, utc(seenAt))
                .set(EXPIRES_AT, utc(expiresAt))
                .where(HASH.eq(id))
                .execute();
    }

    @Override
    public boolean deleteSession(String tenant, UUID user, String id) {
        return sql.deleteFrom(SESSION).where(is(tenant, user).and(HASH.eq(id))).execute() == 1;
    }

    @Override
    public void deleteSession(String id) {
        sql.deleteFrom(SESSION).where(HASH.eq(id)).execute();
    }

    @Override
    public void deleteSessions(String tenant, UUID user) {
        sql.deleteFrom(SESSION).where(is(tenant, user)).execute();
        sql.deleteFrom(CODE).where(is(tenant, user)).execute();
    }

    @Override
    public List<Session> sessions(String tenant, UUID user, Instant now) {
        Field<OffsetDateTime> seen = DSL.coalesce(SEEN_AT, CREATED_AT);
        return sql.select(HASH, TENANT, USER_ID, FROM_ADDRESS, DEVICE, CREATED_AT, seen, EXPIRES_AT)
                .from(SESSION)
                .where(is(tenant, user).and(EXPIRES_AT.gt(utc(now))))
                .orderBy(seen.desc(), HASH)
                .fetch(row -> new Session(
                        row.get(HASH),
                        row.get(TENANT),
                        row.get(USER_ID),
                        row.get(FROM_ADDRESS),
                        row.get(DEVICE),
                        row.get(CREATED_AT).toInstant(),
                        row.get(seen).toInstant(),
                        row.get(EXPIRES_AT).toInstant()));
    }

    @Override
    public Attempt attemptFrom(String address, Instant now, Instant forget, IntFunction<Optional<Instant>> pause) {
        known(address, now);
        return sql.transactionResult(inner -> {
            Record row = inner.dsl()
                    .select(FAILURES, PAUSED_UNTIL, LAST_AT)
                    .from(ADDRESS)
                    .where(FROM_ADDRESS.eq(address))
                    .forUpdate()
                    .fetchSingle();
            boolean forgotten = row.get(LAST_AT).toInstant().isBefore(forget);
            Counting counting =
                    Counting.of(forgotten ? 0 : row.get(FAILURES), instant(row.get(PAUSED_UNTIL)), now, pause);
            if (!counting.attempt().blocked()) {
                inner.dsl()
                        .update(ADDRESS)
                        .set(FAILURES, counting.failures())
                        .set(LAST_AT, utc(now))
                        .set(PAUSED_UNTIL, counting.pausedUntil())
                        .where(FROM_ADDRESS.eq(address))
                        .execute();
            }
            return counting.attempt();
        });
    }

    /** Sees that the address has a row to lock; of two that add one at once, the second finds the first one's. */
    private void known(String address, Instant now) {
        if (sql.fetchExists(ADDRESS, FROM_ADDRESS.eq(address))) {
            return;
        }
        try {
            sql.insertInto(ADDRESS)
                    .set(FROM_ADDRESS, address)
                    .set(FAILURES, 0)
                    .set(LAST_AT, utc(now))
                    .execute();
        } catch (RuntimeException failed) {
            if (!IdentityTables.violatesConstraint(failed)) {
                throw failed;
            }
        }
    }

    @Override
    public void forgive(String address) {
        sql.update(ADDRESS)
                .set(FAILURES, FAILURES.minus(1))
                .setNull(PAUSED_UNTIL)
                .where(FROM_ADDRESS.eq(address).and(FAILURES.gt(0)))
                .execute();
    }

    @Override
    public void saveCode(AuthorizationCode code) {
        int updated = sql.update(CODE)
                .set(HASH, code.hash())
                .set(REQUEST, code.request())
                .set(EXPIRES_AT, utc(code.expiresAt()))
                .set(USED, code.used())
                .where(ID.eq(code.id()))
                .execute();
        if (updated == 0) {
            sql.insertInto(CODE)
                    .set(ID, code.id())
                    .set(HASH, code.hash())
                    .set(CLIENT, code.client())
                    .set(TENANT, code.tenant())
                    .set(USER_ID, code.user())
                    .set(REQUEST, code.request())
                    .set(ISSUED_AT, utc(code.issuedAt()))
                    .set(EXPIRES_AT, utc(code.expiresAt()))
                    .set(USED, code.used())
                    .execute();
        }
    }

    @Override
    public Optional<AuthorizationCode> findCode(String hash) {
        return sql.select(ID, HASH, CLIENT, TENANT, USER_ID, REQUEST, ISSUED_AT, EXPIRES_AT, USED)
                .from(CODE)
                .where(HASH.eq(hash))
                .fetchOptional(row -> new AuthorizationCode(
                        row.get(ID),
                        row.get(HASH),
                        row.get(CLIENT),
                        row.get(TENANT),
                        row.get(USER_ID),
                        row.get(REQUEST),
                        row.get(ISSUED_AT).toInstant(),
                        row.get(EXPIRES_AT).toInstant(),
                        row.get(USED)));
    }

    @Override
    public void deleteCode(String id) {
        sql.deleteFrom(CODE).where(ID.eq(id)).execute();
    }

    @Override
    public void removeExpired(Instant now) {
        sql.deleteFrom(SESSION).where(EXPIRES_AT.lt(utc(now))).execute();
        sql.deleteFrom(CODE).where(EXPIRES_AT.lt(utc(now))).execute();
        sql.deleteFrom(ADDRESS)
                .where(LAST_AT.lt(utc(now.minus(ADDRESSES_KEPT))))
                .execute();
    }

    @Override
    public List<SigningKey> signingKeys() {
        return sql.select(ID, JWK, CREATED_AT)
                .from(KEY)
                .orderBy(SLOT.desc())
                .fetch(row -> new SigningKey(
                        row.get(ID), row.get(JWK), row.get(CREATED_AT).toInstant()));
    }

    @Override
    public void replaceSigningKey(SigningKey before, String jwk) {
        sql.update(KEY)
                .set(JWK, jwk)
                .where(ID.eq(before.id()), JWK.eq(before.jwk()))
                .execute();
    }

    @Override
    public void insertFirstSigningKey(SigningKey key) {
        try {
            sql.insertInto(KEY)
                    .set(SLOT, 1)
                    .set(ID, key.id())
                    .set(JWK, key.jwk())
                    .set(CREATED_AT, utc(key.createdAt()))
                    .execute();
        } catch (RuntimeException failed) {
            if (!IdentityTables.violatesConstraint(failed)) {
                throw failed;
            }
        }
    }
}
