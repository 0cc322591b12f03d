package dev.tenon.store.schema;

import dev.tenon.store.TenantSchemas;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Which indexes H2 has on a column: it refuses to remove a column of an index over several. */
final class ColumnIndexes {

    private final DSLContext dsl;

    ColumnIndexes(DSLContext dsl) {
        this.dsl = dsl;
    }

    List<String> names(String tenant, String table, String column) {
        return dsl.fetch(
                        "select index_name from information_schema.index_columns"
                                + " where table_schema = {0} and table_name = {1} and column_name = {2}",
                        DSL.val(TenantSchemas.nameOf(tenant)), DSL.val(table), DSL.val(column))
                .map(row -> row.get(0, String.class));
    }

    /** Removes them; others may have been made on columns of the same fields. */
    void drop(String tenant, String table, String column) {
        names(tenant, table, column)
                .forEach(index ->
                        dsl.execute("drop index if exists {0}", DSL.name(TenantSchemas.nameOf(tenant), index)));
    }
}
