package dev.tenon.store.tenancy;

import static dev.tenon.store.tenancy.TenancyTables.*;

import dev.tenon.store.Database;
import dev.tenon.tenancy.ModelVersion;
import dev.tenon.tenancy.port.TenancyStore.ConflictRow;
import dev.tenon.tenancy.port.TenancyStore.ConflictState;
import dev.tenon.tenancy.port.TenancyStore.NewVersion;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;

/** Conflicts between products and tenants. */
final class ConflictRows {

    private static final List<Field<?>> ALL = List.of(
            ID,
            PACKAGE_NAME,
            FROM_VERSION,
            TO_VERSION,
            ELEMENT,
            PROPERTY,
            BASE,
            THEIRS,
            MINE,
            STATE,
            CREATED_AT,
            DECIDED_BY,
            DECIDED_BY_NAME,
            DECIDED_AT);

    private final Database database;

    ConflictRows(Database database) {
        this.database = database;
    }

    List<ConflictRow> find(Condition which) {
        return database.dsl()
                .select(ALL)
                .from(CONFLICT)
                .where(which)
                .orderBy(CREATED_AT, ID)
                .fetch(ConflictRows::row);
    }

    private static ConflictRow row(Record row) {
        return new ConflictRow(
                row.get(ID),
                row.get(PACKAGE_NAME),
                row.get(FROM_VERSION),
                row.get(TO_VERSION),
                row.get(ELEMENT),
                row.get(PROPERTY),
                row.get(BASE),
                row.get(THEIRS),
                row.get(MINE),
                ConflictState.valueOf(row.get(STATE)),
                row.get(CREATED_AT),
                row.get(DECIDED_BY),
                row.get(DECIDED_BY_NAME),
                row.get(DECIDED_AT));
    }

    /** What a published model means for conflicts; inside its transaction. */
    void follow(NewVersion next) {
        ModelVersion entry = next.version();
        next.conflictDecided()
                .ifPresent(id -> end(next.tenant(), id, ConflictState.THEIRS, entry.by(), entry.byName(), entry.at()));
        next.conflictsWithdrawnOf().ifPresent(name -> withdraw(next.tenant(), PACKAGE_NAME.eq(name)));
        for (ConflictRow row : next.conflicts()) {
            withdraw(next.tenant(), ELEMENT.eq(row.element()).and(PROPERTY.eq(row.property())));
            insert(next.tenant(), row);
        }
    }

    private void withdraw(String tenant, Condition which) {
        database.dsl()
                .update(CONFLICT)
                .set(STATE, ConflictState.WITHDRAWN.name())
                .where(TENANT.eq(tenant), STATE.eq(ConflictState.OPEN.name()), which)
                .execute();
    }

    boolean end(String tenant, UUID id, ConflictState state, UUID by, String byName, Instant at) {
        return database.dsl()
                        .update(CONFLICT)
                        .set(STATE, state.name())
                        .set(DECIDED_BY, by)
                        .set(DECIDED_BY_NAME, byName)
                        .set(DECIDED_AT, at)
                        .where(TENANT.eq(tenant), ID.eq(id), STATE.eq(ConflictState.OPEN.name()))
                        .execute()
                == 1;
    }

    private void insert(String tenant, ConflictRow row) {
        database.dsl()
                .insertInto(CONFLICT)
                .set(TENANT, tenant)
                .set(ID, row.id())
                .set(PACKAGE_NAME, row.packageName())
                .set(FROM_VERSION, row.fromVersion())
                .set(TO_VERSION, row.toVersion())
                .set(ELEMENT, row.element())
                .set(PROPERTY, row.property())
                .set(BASE, row.base())
                .set(THEIRS, row.theirs())
                .set(MINE, row.mine())
                .set(STATE, row.state().name())
                .set(CREATED_AT, row.createdAt())
                .execute();
    }
}
