package dev.tenon.store.identity;

import static dev.tenon.store.identity.IdentityTables.CREATED_AT;
import static dev.tenon.store.identity.IdentityTables.EXPIRES_AT;
import static dev.tenon.store.identity.IdentityTables.HASH;
import static dev.tenon.store.identity.IdentityTables.TENANT;
import static dev.tenon.store.identity.IdentityTables.TOKEN;
import static dev.tenon.store.identity.IdentityTables.USER_ID;
import static dev.tenon.store.identity.IdentityTables.instant;
import static dev.tenon.store.identity.IdentityTables.of;
import static dev.tenon.store.identity.IdentityTables.text;
import static dev.tenon.store.identity.IdentityTables.time;
import static dev.tenon.store.identity.IdentityTables.utc;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import dev.tenon.store.Database;
import dev.tenon.tenancy.identity.IdentityStore.Account;
import dev.tenon.tenancy.identity.TokenScope;
import dev.tenon.tenancy.identity.TokenStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Personal access tokens in the platform's schema. */
public final class JooqTokenStore implements TokenStore {

    private static final Field<UUID> ID = field(name("id"), UUID.class);
    private static final Field<String> NAME = text("name");
    private static final Field<String> SCOPES = text("scopes");
    private static final Field<OffsetDateTime> LAST_USED_AT = time("last_used_at");

    private final Database database;
    private final DSLContext sql;
    private final String byHash;

    public JooqTokenStore(Database database) {
        this.database = database;
        this.sql = database.dsl();
        Table<Record> token = TOKEN.as("token");
        Table<Record> account = IdentityTables.CREDENTIAL.as("account");
        this.byHash = sql.render(sql.select(
                        of(token, ID),
                        of(token, TENANT),
                        of(token, USER_ID),
                        of(token, NAME),
                        of(token, SCOPES),
                        of(token, CREATED_AT),
                        of(token, EXPIRES_AT),
                        of(token, LAST_USED_AT),
                        of(account, IdentityTables.LOGIN),
                        of(account, IdentityTables.ACTIVE),
                        of(account, IdentityTables.REVISION))
                .from(token)
                .join(account)
                .on(
                        of(account, TENANT).eq(of(token, TENANT)),
                        of(account, USER_ID).eq(of(token, USER_ID)))
                .where(of(token, HASH).eq(DSL.param("hash", HASH.getDataType()))));
    }

    @Override
    public void insert(StoredToken token, String hash) {
        sql.insertInto(TOKEN)
                .set(ID, token.id())
                .set(HASH, hash)
                .set(TENANT, token.tenant())
                .set(USER_ID, token.user())
                .set(NAME, token.name())
                .set(SCOPES, TokenScope.words(token.scopes()))
                .set(CREATED_AT, utc(token.createdAt()))
                .set(EXPIRES_AT, utc(token.expiresAt()))
                .execute();
    }

    /** Each request with a token asks this, so the text is written once and run with plain JDBC. */
    @Override
    public Optional<LiveToken> findToken(String hash) {
        return database.withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(byHash)) {
                statement.setString(1, hash);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? Optional.of(live(row)) : Optional.empty();
                }
            }
        });
    }

    private static LiveToken live(ResultSet row) throws SQLException {
        StoredToken token = new StoredToken(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getObject(3, UUID.class),
                row.getString(4),
                TokenScope.parse(row.getString(5)),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                instant(row.getObject(8, OffsetDateTime.class)));
        return new LiveToken(
                token,
                new Account(token.tenant(), token.user(), row.getString(9), row.getBoolean(10), row.getLong(11)));
    }

    @Override
    public List<StoredToken> ofUser(String tenant, UUID user) {
        return sql.select(ID, TENANT, USER_ID, NAME, SCOPES, CREATED_AT, EXPIRES_AT, LAST_USED_AT)
                .from(TOKEN)
                .where(TENANT.eq(tenant).and(USER_ID.eq(user)))
                .orderBy(CREATED_AT, ID)
                .fetch(JooqTokenStore::token);
    }

    @Override
    public boolean delete(String tenant, UUID user, UUID id) {
        return sql.deleteFrom(TOKEN)
                        .where(TENANT.eq(tenant).and(USER_ID.eq(user)).and(ID.eq(id)))
                        .execute()
                == 1;
    }

    @Override
    public void deleteAll(String tenant, UUID user) {
        sql.deleteFrom(TOKEN).where(TENANT.eq(tenant).and(USER_ID.eq(user))).execute();
    }

    @Override
    public void used(UUID id, Instant at) {
        sql.update(TOKEN).set(LAST_USED_AT, utc(at)).where(ID.eq(id)).execute();
    }

    private static StoredToken token(Record row) {
        return new StoredToken(
                row.get(ID),
                row.get(TENANT),
                row.get(USER_ID),
                row.get(NAME),
                TokenScope.parse(row.get(SCOPES)),
                row.get(CREATED_AT).toInstant(),
                row.get(EXPIRES_AT).toInstant(),
                instant(row.get(LAST_USED_AT)));
    }
}
