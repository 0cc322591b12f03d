package dev.tenon.store.identity;

import static dev.tenon.store.identity.IdentityTables.CREATED_AT;
import static dev.tenon.store.identity.IdentityTables.EXPIRES_AT;
import static dev.tenon.store.identity.IdentityTables.HASH;
import static dev.tenon.store.identity.IdentityTables.LINK;
import static dev.tenon.store.identity.IdentityTables.TENANT;
import static dev.tenon.store.identity.IdentityTables.USER_ID;
import static dev.tenon.store.identity.IdentityTables.is;
import static dev.tenon.store.identity.IdentityTables.text;
import static dev.tenon.store.identity.IdentityTables.utc;

import dev.tenon.tenancy.identity.LinkStore;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;

/** One-time links in the platform's schema. */
public final class JooqLinkStore implements LinkStore {

    private static final Field<String> KIND = text("kind");

    private final DSLContext sql;

    public JooqLinkStore(DSLContext sql) {
        this.sql = sql;
    }

    @Override
    public void insert(Link link, String hash) {
        sql.insertInto(LINK)
                .set(HASH, hash)
                .set(KIND, link.kind().name())
                .set(TENANT, link.tenant())
                .set(USER_ID, link.user())
                .set(CREATED_AT, utc(link.createdAt()))
                .set(EXPIRES_AT, utc(link.expiresAt()))
                .execute();
    }

    @Override
    public Optional<Link> find(String hash) {
        return sql.select(KIND, TENANT, USER_ID, CREATED_AT, EXPIRES_AT)
                .from(LINK)
                .where(HASH.eq(hash))
                .fetchOptional(row -> new Link(
                        Kind.valueOf(row.get(KIND)),
                        row.get(TENANT),
                        row.get(USER_ID),
                        row.get(CREATED_AT).toInstant(),
                        row.get(EXPIRES_AT).toInstant()));
    }

    @Override
    public boolean take(String hash) {
        return sql.deleteFrom(LINK).where(HASH.eq(hash)).execute() == 1;
    }

    @Override
    public void deleteLinks(String tenant, UUID user, Kind kind) {
        sql.deleteFrom(LINK).where(is(tenant, user).and(KIND.eq(kind.name()))).execute();
    }

    @Override
    public void removeExpiredLinks(Instant now) {
        sql.deleteFrom(LINK).where(EXPIRES_AT.lt(utc(now))).execute();
    }
}
