package dev.tenon.store.identity;

import static dev.tenon.store.identity.IdentityTables.CODE;
import static dev.tenon.store.identity.IdentityTables.CREATED_AT;
import static dev.tenon.store.identity.IdentityTables.EXPIRES_AT;
import static dev.tenon.store.identity.IdentityTables.HASH;
import static dev.tenon.store.identity.IdentityTables.KEY;
import static dev.tenon.store.identity.IdentityTables.SESSION;
import static dev.tenon.store.identity.IdentityTables.TENANT;
import static dev.tenon.store.identity.IdentityTables.USER_ID;
import static dev.tenon.store.identity.IdentityTables.text;
import static dev.tenon.store.identity.IdentityTables.time;
import static dev.tenon.store.identity.IdentityTables.utc;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import dev.tenon.tenancy.identity.LoginStore;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;

/** Sessions, authorization codes and signing keys in the platform's schema. */
public final class JooqLoginStore implements LoginStore {

    private static final Field<String> ID = text("id");
    private static final Field<String> CLIENT = text("client");
    private static final Field<String> REQUEST = text("request");
    private static final Field<OffsetDateTime> ISSUED_AT = time("issued_at");
    private static final Field<Boolean> USED = field(name("used"), Boolean.class);
    private static final Field<Integer> SLOT = field(name("slot"), Integer.class);
    private static final Field<String> JWK = text("jwk");

    private final DSLContext sql;

    public JooqLoginStore(DSLContext sql) {
        this.sql = sql;
    }

    @Override
    public void insertSession(Session session, String hash) {
        sql.insertInto(SESSION)
                .set(HASH, hash)
                .set(TENANT, session.tenant())
                .set(USER_ID, session.user())
                .set(CREATED_AT, utc(session.createdAt()))
                .set(EXPIRES_AT, utc(session.expiresAt()))
                .execute();
    }

    @Override
    public Optional<Session> findSession(String hash) {
        return sql.select(TENANT, USER_ID, CREATED_AT, EXPIRES_AT)
                .from(SESSION)
                .where(HASH.eq(hash))
                .fetchOptional(row -> new Session(
                        row.get(TENANT),
                        row.get(USER_ID),
                        row.get(CREATED_AT).toInstant(),
                        row.get(EXPIRES_AT).toInstant()));
    }

    @Override
    public void extendSession(String hash, Instant expiresAt) {
        sql.update(SESSION).set(EXPIRES_AT, utc(expiresAt)).where(HASH.eq(hash)).execute();
    }

    @Override
    public void deleteSession(String hash) {
        sql.deleteFrom(SESSION).where(HASH.eq(hash)).execute();
    }

    @Override
    public void deleteSessions(String tenant, UUID user) {
        sql.deleteFrom(SESSION).where(TENANT.eq(tenant).and(USER_ID.eq(user))).execute();
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
