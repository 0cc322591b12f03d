package dev.tenon.store.schema;

import dev.tenon.store.Database;
import dev.tenon.tenancy.RetypeLoss.Kind;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * References of fields that come back to records that were deleted while no model had the field, so that nobody emptied
 * the reference, nor removed the part with what it belongs to. That is made up for before the field is there again.
 */
final class LostReferences {

    private static final int BATCH = 500;
    private static final Field<UUID> ID = DSL.field(DSL.name("id"), SQLDataType.UUID);

    private final Database database;
    private final Catalogue catalogue;

    LostReferences(Database database, Catalogue catalogue) {
        this.database = database;
        this.catalogue = catalogue;
    }

    /** What was lost with the deletion, not with the change. */
    static final Set<Kind> KINDS = Set.of(Kind.REFERENCE_GONE, Kind.RECORD_GONE);

    static Kind kind(Precondition.Returning returning) {
        return returning.part() ? Kind.RECORD_GONE : Kind.REFERENCE_GONE;
    }

    /** Which records of the object are concerned; a target without a table has no records. */
    static Condition lost(String tenant, CatalogueContent have, Precondition.Returning returning) {
        String table = have.tables().get(returning.object());
        String target = have.tables().get(returning.target());
        if (table == null) {
            return DSL.falseCondition();
        }
        Field<UUID> reference = of(tenant, table, returning.column().name());
        if (target == null) {
            return reference.isNotNull();
        }
        Table<Record> referred = Catalogue.at(tenant, target).as("referred");
        return reference
                .isNotNull()
                .andNotExists(DSL.selectOne()
                        .from(referred)
                        .where(DSL.field(DSL.name("referred", "id"), SQLDataType.UUID)
                                .eq(reference)));
    }

    private static Field<UUID> of(String tenant, String table, String column) {
        return DSL.field(Catalogue.at(tenant, table).getQualifiedName().append(column), SQLDataType.UUID);
    }

    /** Parts first, until no more are found: a part may have parts. */
    void release(String tenant, List<Precondition> preconditions) {
        List<Precondition.Returning> all = preconditions.stream()
                .filter(Precondition.Returning.class::isInstance)
                .map(Precondition.Returning.class::cast)
                .collect(Collectors.toList());
        boolean more = !all.isEmpty();
        while (more) {
            more = false;
            for (Precondition.Returning one : all) {
                more |= one.part() && release(tenant, one);
            }
        }
        all.stream().filter(one -> !one.part()).forEach(one -> release(tenant, one));
    }

    private boolean release(String tenant, Precondition.Returning returning) {
        boolean any = false;
        while (GivingWay.doing(() -> database.transactions().inTransaction(() -> page(tenant, returning))) > 0) {
            any = true;
        }
        return any;
    }

    private int page(String tenant, Precondition.Returning returning) {
        if (database.dialect().transactionalSchemaChanges()) {
            database.dsl().execute(GivingWay.SHORTLY);
        }
        CatalogueContent have = catalogue.read(tenant);
        String name = have.tables().get(returning.object());
        if (name == null) {
            return 0;
        }
        Table<Record> table = Catalogue.at(tenant, name);
        List<UUID> lost = database.dsl()
                .select(of(tenant, name, ID.getName()))
                .from(table)
                .where(lost(tenant, have, returning))
                .limit(BATCH)
                .fetch(of(tenant, name, ID.getName()));
        if (lost.isEmpty()) {
            return 0;
        }
        return returning.part()
                ? database.dsl().deleteFrom(table).where(ID.in(lost)).execute()
                : database.dsl()
                        .update(table)
                        .setNull(DSL.field(DSL.name(returning.column().name()), SQLDataType.UUID))
                        .where(ID.in(lost))
                        .execute();
    }
}
