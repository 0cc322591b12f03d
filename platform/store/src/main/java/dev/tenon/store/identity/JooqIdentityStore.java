package dev.tenon.store.identity;

import static dev.tenon.store.identity.IdentityTables.CREDENTIAL;
import static dev.tenon.store.identity.IdentityTables.HELD_SET;
import static dev.tenon.store.identity.IdentityTables.TENANT;
import static dev.tenon.store.identity.IdentityTables.USER_ID;
import static dev.tenon.store.identity.IdentityTables.instant;
import static dev.tenon.store.identity.IdentityTables.text;
import static dev.tenon.store.identity.IdentityTables.time;
import static dev.tenon.store.identity.IdentityTables.utc;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import dev.tenon.tenancy.identity.IdentityError;
import dev.tenon.tenancy.identity.IdentityStore;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Accounts in the platform's schema. Joins the thread's transaction when the given context does. */
public final class JooqIdentityStore implements IdentityStore {

    private static final Field<String> LOGIN = text("login");
    private static final Field<String> PASSWORD_HASH = text("password_hash");
    private static final Field<Boolean> ACTIVE = field(name("active"), Boolean.class);
    private static final Field<Integer> FAILURES = field(name("failures"), Integer.class);
    private static final Field<OffsetDateTime> PAUSED_UNTIL = time("paused_until");
    private static final Field<Long> REVISION = field(name("revision"), Long.class);
    private static final Field<String> PERMISSION_SET = text("permission_set");

    private final DSLContext sql;

    public JooqIdentityStore(DSLContext sql) {
        this.sql = sql;
    }

    @Override
    public void insert(Account account, String passwordHash, Set<String> permissionSets) {
        try {
            sql.insertInto(CREDENTIAL)
                    .set(TENANT, account.tenant())
                    .set(USER_ID, account.user())
                    .set(LOGIN, account.login())
                    .set(PASSWORD_HASH, passwordHash)
                    .set(ACTIVE, account.active())
                    .set(FAILURES, 0)
                    .set(REVISION, account.revision())
                    .execute();
        } catch (RuntimeException failed) {
            if (IdentityTables.violatesConstraint(failed)) {
                throw IdentityError.LOGIN_TAKEN
                        .error()
                        .with("login", account.login())
                        .causedBy(failed)
                        .build();
            }
            throw failed;
        }
        hold(account.tenant(), account.user(), permissionSets);
    }

    @Override
    public Optional<Account> find(String tenant, UUID user) {
        return sql.select(TENANT, USER_ID, LOGIN, ACTIVE, REVISION)
                .from(CREDENTIAL)
                .where(is(tenant, user))
                .fetchOptional(JooqIdentityStore::account);
    }

    @Override
    public Optional<Credential> findCredential(String tenant, String login) {
        return sql.select(TENANT, USER_ID, LOGIN, ACTIVE, REVISION, PASSWORD_HASH, PAUSED_UNTIL)
                .from(CREDENTIAL)
                .where(TENANT.eq(tenant).and(LOGIN.eq(login)))
                .fetchOptional(
                        row -> new Credential(account(row), row.get(PASSWORD_HASH), instant(row.get(PAUSED_UNTIL))));
    }

    @Override
    public List<Account> accounts(String tenant) {
        return sql.select(TENANT, USER_ID, LOGIN, ACTIVE, REVISION)
                .from(CREDENTIAL)
                .where(TENANT.eq(tenant))
                .orderBy(LOGIN)
                .fetch(JooqIdentityStore::account);
    }

    @Override
    public int addFailure(String tenant, UUID user) {
        set(tenant, user, Map.of(FAILURES, FAILURES.plus(1)));
        Integer failures =
                sql.select(FAILURES).from(CREDENTIAL).where(is(tenant, user)).fetchOne(FAILURES);
        return failures == null ? 0 : failures;
    }

    @Override
    public void pause(String tenant, UUID user, Instant until) {
        set(tenant, user, Map.of(PAUSED_UNTIL, utc(until)));
    }

    @Override
    public void clearFailures(String tenant, UUID user) {
        sql.update(CREDENTIAL)
                .set(FAILURES, 0)
                .setNull(PAUSED_UNTIL)
                .where(is(tenant, user).and(FAILURES.ne(0)))
                .execute();
    }

    @Override
    public void setPassword(String tenant, UUID user, String passwordHash) {
        sql.update(CREDENTIAL)
                .set(PASSWORD_HASH, passwordHash)
                .set(FAILURES, 0)
                .setNull(PAUSED_UNTIL)
                .set(REVISION, REVISION.plus(1))
                .where(is(tenant, user))
                .execute();
    }

    @Override
    public void setActive(String tenant, UUID user, boolean active) {
        set(tenant, user, Map.of(ACTIVE, active, REVISION, REVISION.plus(1)));
    }

    @Override
    public Set<String> permissionSets(String tenant, UUID user) {
        return new LinkedHashSet<>(sql.select(PERMISSION_SET)
                .from(HELD_SET)
                .where(is(tenant, user))
                .orderBy(PERMISSION_SET)
                .fetch(PERMISSION_SET));
    }

    @Override
    public void replacePermissionSets(String tenant, UUID user, Set<String> permissionSets) {
        sql.transaction(inner -> {
            JooqIdentityStore within = new JooqIdentityStore(inner.dsl());
            // First, so that two replacements at once wait for each other.
            within.touch(tenant, user);
            inner.dsl().deleteFrom(HELD_SET).where(is(tenant, user)).execute();
            within.hold(tenant, user, permissionSets);
        });
    }

    @Override
    public void touch(String tenant, UUID user) {
        set(tenant, user, Map.of(REVISION, REVISION.plus(1)));
    }

    @Override
    public List<UUID> holders(String tenant, String permissionSet) {
        return sql.select(USER_ID)
                .from(CREDENTIAL)
                .where(TENANT.eq(tenant).and(ACTIVE.isTrue()))
                .and(USER_ID.in(sql.select(USER_ID)
                        .from(HELD_SET)
                        .where(TENANT.eq(tenant).and(PERMISSION_SET.eq(permissionSet)))))
                .orderBy(USER_ID)
                .fetch(USER_ID);
    }

    @Override
    public void removeTenant(String tenant) {
        // Everything else refers to the account and goes with it.
        sql.deleteFrom(CREDENTIAL).where(TENANT.eq(tenant)).execute();
    }

    private void hold(String tenant, UUID user, Set<String> permissionSets) {
        for (String set : permissionSets) {
            sql.insertInto(HELD_SET)
                    .set(TENANT, tenant)
                    .set(USER_ID, user)
                    .set(PERMISSION_SET, set)
                    .execute();
        }
    }

    private void set(String tenant, UUID user, Map<Field<?>, @Nullable Object> values) {
        sql.update(CREDENTIAL).set(values).where(is(tenant, user)).execute();
    }

    private static Condition is(String tenant, UUID user) {
        return TENANT.eq(tenant).and(USER_ID.eq(user));
    }

    private static Account account(Record row) {
        return new Account(row.get(TENANT), row.get(USER_ID), row.get(LOGIN), row.get(ACTIVE), row.get(REVISION));
    }
}
