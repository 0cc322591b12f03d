package dev.tenon.store.identity;

import static dev.tenon.store.identity.IdentityTables.ACTIVE;
import static dev.tenon.store.identity.IdentityTables.CREDENTIAL;
import static dev.tenon.store.identity.IdentityTables.FAILURES;
import static dev.tenon.store.identity.IdentityTables.FORMER;
import static dev.tenon.store.identity.IdentityTables.HASH;
import static dev.tenon.store.identity.IdentityTables.HELD_SET;
import static dev.tenon.store.identity.IdentityTables.LOGIN;
import static dev.tenon.store.identity.IdentityTables.PAUSED_UNTIL;
import static dev.tenon.store.identity.IdentityTables.REVISION;
import static dev.tenon.store.identity.IdentityTables.TENANT;
import static dev.tenon.store.identity.IdentityTables.USER_ID;
import static dev.tenon.store.identity.IdentityTables.instant;
import static dev.tenon.store.identity.IdentityTables.is;
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
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Accounts in the platform's schema. Joins the thread's transaction when the given context does. */
public final class JooqIdentityStore implements IdentityStore {

    private static final Field<String> PASSWORD_HASH = text("password_hash");
    private static final Field<OffsetDateTime> CHANGED_AT = time("password_changed_at");
    private static final Field<OffsetDateTime> UNTIL = time("until");
    private static final Field<Long> SEQ = field(name("seq"), Long.class);
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
        return credential(TENANT.eq(tenant).and(LOGIN.eq(login)));
    }

    @Override
    public Optional<Credential> findCredential(String tenant, UUID user) {
        return credential(is(tenant, user));
    }

    private Optional<Credential> credential(Condition which) {
        return sql.select(TENANT, USER_ID, LOGIN, ACTIVE, REVISION, PASSWORD_HASH, CHANGED_AT)
                .from(CREDENTIAL)
                .where(which)
                .fetchOptional(
                        row -> new Credential(account(row), row.get(PASSWORD_HASH), instant(row.get(CHANGED_AT))));
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
    public Attempt attempt(String tenant, UUID user, Instant now, IntFunction<Optional<Instant>> pause) {
        return sql.transactionResult(inner -> {
            Record row = inner.dsl()
                    .select(FAILURES, PAUSED_UNTIL)
                    .from(CREDENTIAL)
                    .where(is(tenant, user))
                    .forUpdate()
                    .fetchOne();
            if (row == null) {
                return new Attempt(false, false, now);
            }
            Counting counting = Counting.of(row.get(FAILURES), instant(row.get(PAUSED_UNTIL)), now, pause);
            if (!counting.attempt().blocked()) {
                inner.dsl()
                        .update(CREDENTIAL)
                        .set(FAILURES, counting.failures())
                        .set(PAUSED_UNTIL, counting.pausedUntil())
                        .where(is(tenant, user))
                        .execute();
            }
            return counting.attempt();
        });
    }

    @Override
    public void forgive(String tenant, UUID user) {
        sql.update(CREDENTIAL)
                .set(FAILURES, FAILURES.minus(1))
                .setNull(PAUSED_UNTIL)
                .where(is(tenant, user).and(FAILURES.gt(0)))
                .execute();
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
    public void setPassword(String tenant, UUID user, String passwordHash, Instant at) {
        sql.transaction(inner -> {
            String former = inner.dsl()
                    .select(PASSWORD_HASH)
                    .from(CREDENTIAL)
                    .where(is(tenant, user))
                    .forUpdate()
                    .fetchOne(PASSWORD_HASH);
            if (former != null && !former.equals(NO_PASSWORD)) {
                inner.dsl()
                        .insertInto(FORMER)
                        .set(TENANT, tenant)
                        .set(USER_ID, user)
                        .set(HASH, former)
                        .set(UNTIL, utc(at))
                        .execute();
            }
            inner.dsl()
                    .update(CREDENTIAL)
                    .set(PASSWORD_HASH, passwordHash)
                    .set(CHANGED_AT, utc(at))
                    .set(FAILURES, 0)
                    .setNull(PAUSED_UNTIL)
                    .set(REVISION, REVISION.plus(1))
                    .where(is(tenant, user))
                    .execute();
        });
    }

    @Override
    public void replaceHash(String tenant, UUID user, String before, String after) {
        sql.update(CREDENTIAL)
                .set(PASSWORD_HASH, after)
                .where(is(tenant, user).and(PASSWORD_HASH.eq(before)))
                .execute();
    }

    @Override
    public List<String> formerPasswords(String tenant, UUID user, int limit) {
        return sql.select(HASH)
                .from(FORMER)
                .where(is(tenant, user))
                .orderBy(SEQ.desc())
                .limit(limit)
                .fetch(HASH);
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
    public Set<UUID> invited(String tenant) {
        return new LinkedHashSet<>(sql.select(USER_ID)
                .from(CREDENTIAL)
                .where(TENANT.eq(tenant).and(PASSWORD_HASH.eq(NO_PASSWORD)))
                .fetch(USER_ID));
    }

    private static Condition able(String tenant) {
        return TENANT.eq(tenant).and(ACTIVE.isTrue()).and(PASSWORD_HASH.ne(NO_PASSWORD));
    }

    private Condition holdsOneOf(String tenant, Set<String> permissionSets) {
        return USER_ID.in(
                sql.select(USER_ID).from(HELD_SET).where(TENANT.eq(tenant).and(PERMISSION_SET.in(permissionSets))));
    }

    @Override
    public int countAble(String tenant, Set<String> permissionSets) {
        return sql.fetchCount(CREDENTIAL, able(tenant).and(holdsOneOf(tenant, permissionSets)));
    }

    @Override
    public <T> T guardingHolders(String tenant, Set<String> permissionSets, Supplier<T> change) {
        return sql.transactionResult(inner -> {
            // In one order, so that two changes wait for each other instead of blocking each other in a circle.
            inner.dsl()
                    .select(USER_ID)
                    .from(CREDENTIAL)
                    .where(TENANT.eq(tenant).and(holdsOneOf(tenant, permissionSets)))
                    .orderBy(USER_ID)
                    .forUpdate()
                    .fetch();
            return change.get();
        });
    }

    @Override
    public void removeTenant(String tenant) {
        // Everything but the events refers to the account and goes with it.
        sql.deleteFrom(CREDENTIAL).where(TENANT.eq(tenant)).execute();
        sql.deleteFrom(IdentityTables.EVENT).where(TENANT.eq(tenant)).execute();
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

    static Account account(Record row) {
        return new Account(row.get(TENANT), row.get(USER_ID), row.get(LOGIN), row.get(ACTIVE), row.get(REVISION));
    }
}
