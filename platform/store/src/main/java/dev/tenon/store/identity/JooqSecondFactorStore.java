package dev.tenon.store.identity;

import static dev.tenon.store.identity.IdentityTables.CREATED_AT;
import static dev.tenon.store.identity.IdentityTables.FACTOR;
import static dev.tenon.store.identity.IdentityTables.HASH;
import static dev.tenon.store.identity.IdentityTables.RECOVERY;
import static dev.tenon.store.identity.IdentityTables.TENANT;
import static dev.tenon.store.identity.IdentityTables.USER_ID;
import static dev.tenon.store.identity.IdentityTables.is;
import static dev.tenon.store.identity.IdentityTables.text;
import static dev.tenon.store.identity.IdentityTables.utc;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import dev.tenon.tenancy.identity.SecondFactorStore;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;

/** Second factors in the platform's schema. */
public final class JooqSecondFactorStore implements SecondFactorStore {

    private static final Field<String> SECRET = text("secret");
    private static final Field<Boolean> CONFIRMED = field(name("confirmed"), Boolean.class);
    private static final Field<Long> LAST_STEP = field(name("last_step"), Long.class);

    private final DSLContext sql;

    public JooqSecondFactorStore(DSLContext sql) {
        this.sql = sql;
    }

    @Override
    public Optional<Factor> findFactor(String tenant, UUID user) {
        return sql.select(TENANT, USER_ID, SECRET, CONFIRMED, LAST_STEP, CREATED_AT)
                .from(FACTOR)
                .where(is(tenant, user))
                .fetchOptional(JooqSecondFactorStore::factor);
    }

    @Override
    public List<Factor> factors() {
        return sql.select(TENANT, USER_ID, SECRET, CONFIRMED, LAST_STEP, CREATED_AT)
                .from(FACTOR)
                .orderBy(TENANT, USER_ID)
                .fetch(JooqSecondFactorStore::factor);
    }

    private static Factor factor(Record row) {
        return new Factor(
                row.get(TENANT),
                row.get(USER_ID),
                row.get(SECRET),
                row.get(CONFIRMED),
                row.get(LAST_STEP),
                row.get(CREATED_AT).toInstant());
    }

    @Override
    public void saveFactor(Factor factor) {
        sql.transaction(inner -> {
            DSLContext within = inner.dsl();
            new JooqSecondFactorStore(within).removeFactor(factor.tenant(), factor.user());
            within.insertInto(FACTOR)
                    .set(TENANT, factor.tenant())
                    .set(USER_ID, factor.user())
                    .set(SECRET, factor.secret())
                    .set(CONFIRMED, factor.confirmed())
                    .set(LAST_STEP, factor.lastStep())
                    .set(CREATED_AT, utc(factor.createdAt()))
                    .execute();
        });
    }

    @Override
    public boolean confirm(String tenant, UUID user) {
        return sql.update(FACTOR)
                        .set(CONFIRMED, true)
                        .where(is(tenant, user).and(CONFIRMED.isFalse()))
                        .execute()
                == 1;
    }

    @Override
    public boolean advance(String tenant, UUID user, long step) {
        return sql.update(FACTOR)
                        .set(LAST_STEP, step)
                        .where(is(tenant, user).and(LAST_STEP.lt(step)))
                        .execute()
                == 1;
    }

    @Override
    public boolean removeFactor(String tenant, UUID user) {
        sql.deleteFrom(RECOVERY).where(is(tenant, user)).execute();
        return sql.deleteFrom(FACTOR).where(is(tenant, user)).execute() == 1;
    }

    @Override
    public void replaceRecoveryCodes(String tenant, UUID user, Set<String> hashes) {
        sql.transaction(inner -> {
            inner.dsl().deleteFrom(RECOVERY).where(is(tenant, user)).execute();
            for (String hash : hashes) {
                inner.dsl()
                        .insertInto(RECOVERY)
                        .set(TENANT, tenant)
                        .set(USER_ID, user)
                        .set(HASH, hash)
                        .execute();
            }
        });
    }

    @Override
    public boolean takeRecoveryCode(String tenant, UUID user, String hash) {
        return sql.deleteFrom(RECOVERY)
                        .where(is(tenant, user).and(HASH.eq(hash)))
                        .execute()
                == 1;
    }

    @Override
    public int recoveryCodes(String tenant, UUID user) {
        return sql.fetchCount(RECOVERY, is(tenant, user));
    }

    @Override
    public Set<UUID> users(String tenant) {
        return new LinkedHashSet<>(sql.select(USER_ID)
                .from(FACTOR)
                .where(TENANT.eq(tenant).and(CONFIRMED.isTrue()))
                .fetch(USER_ID));
    }

    @Override
    public void replaceSecret(Factor before, String sealed) {
        sql.update(FACTOR)
                .set(SECRET, sealed)
                .where(is(before.tenant(), before.user()).and(SECRET.eq(before.secret())))
                .execute();
    }
}
