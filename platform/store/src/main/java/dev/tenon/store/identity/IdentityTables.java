package dev.tenon.store.identity;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.tenon.store.TenantSchemas;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** Names of the identity tables and the conversions they share. */
final class IdentityTables {

    static final Table<Record> CREDENTIAL = named("user_credential");
    static final Table<Record> HELD_SET = named("user_permission_set");
    static final Table<Record> TOKEN = named("access_token");
    static final Table<Record> SESSION = named("login_session");
    static final Table<Record> CODE = named("authorization_code");
    static final Table<Record> KEY = named("signing_key");
    static final Table<Record> LINK = named("account_link");
    static final Table<Record> FORMER = named("former_password");
    static final Table<Record> ADDRESS = named("login_address");
    static final Table<Record> FACTOR = named("second_factor");
    static final Table<Record> RECOVERY = named("recovery_code");
    static final Table<Record> EVENT = named("identity_event");

    static final Field<String> TENANT = text("tenant");
    static final Field<UUID> USER_ID = field(name("user_id"), UUID.class);
    static final Field<String> HASH = text("hash");
    static final Field<Integer> FAILURES = field(name("failures"), Integer.class);
    static final Field<OffsetDateTime> PAUSED_UNTIL = time("paused_until");
    static final Field<String> LOGIN = text("login");
    static final Field<Boolean> ACTIVE = field(name("active"), Boolean.class);
    static final Field<Long> REVISION = field(name("revision"), Long.class);
    static final Field<OffsetDateTime> CREATED_AT = time("created_at");
    static final Field<OffsetDateTime> EXPIRES_AT = time("expires_at");

    private IdentityTables() {}

    static Table<Record> named(String table) {
        return table(name(TenantSchemas.PLATFORM, table));
    }

    static Field<String> text(String column) {
        return field(name(column), String.class);
    }

    static Field<OffsetDateTime> time(String column) {
        return field(name(column), OffsetDateTime.class);
    }

    /** A column of a table that has a name of its own in the statement. */
    static <T> Field<T> of(Table<Record> table, Field<T> column) {
        return field(name(table.getName(), column.getName()), column.getDataType());
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /** The condition that a row is a user's. */
    static Condition is(String tenant, UUID user) {
        return TENANT.eq(tenant).and(USER_ID.eq(user));
    }

    /** SQLSTATE class 23: some constraint said no. */
    static boolean violatesConstraint(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataAccessException access && access.sqlState().startsWith("23")) {
                return true;
            }
            if (cause instanceof java.sql.SQLException sql
                    && sql.getSQLState() != null
                    && sql.getSQLState().startsWith("23")) {
                return true;
            }
        }
        return false;
    }
}
