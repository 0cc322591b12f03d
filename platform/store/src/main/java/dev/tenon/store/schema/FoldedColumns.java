package dev.tenon.store.schema;

import dev.tenon.store.TenantSchemas;
import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.store.sql.ExpressionSql;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Columns that H2 itself computes beside texts, for indexes that compare without case and width; nobody reads them. */
final class FoldedColumns {

    private final DSLContext dsl;

    FoldedColumns(DSLContext dsl) {
        this.dsl = dsl;
    }

    private static Name name(String source) {
        return DSL.name(Names.identifier(source + "$fold"));
    }

    Field<?> add(Table<Record> table, Column source) {
        Field<String> text = DSL.field(DSL.name(source.name()), SQLDataType.VARCHAR);
        dsl.execute(
                "alter table {0} add column if not exists {1} varchar generated always as ({2})",
                table, DSL.field(name(source.name())), ExpressionSql.fold(dsl.dialect(), text));
        return DSL.field(name(source.name()));
    }

    /** Drops those of the columns named that no index needs any more. */
    void dropUnused(String tenant, String table, Collection<String> sources) {
        ColumnIndexes indexes = new ColumnIndexes(dsl);
        Set<String> present = new HashSet<>(dsl.fetch(
                        "select column_name from information_schema.columns"
                                + " where table_schema = {0} and table_name = {1} and is_generated = 'ALWAYS'",
                        DSL.val(TenantSchemas.nameOf(tenant)), DSL.val(table))
                .map(row -> row.get(0, String.class)));
        sources.stream()
                .map(FoldedColumns::name)
                .filter(folded -> present.contains(folded.last())
                        && indexes.names(tenant, table, String.valueOf(folded.last()))
                                .isEmpty())
                .forEach(folded -> dsl.execute(
                        "alter table {0} drop column if exists {1}", Catalogue.at(tenant, table), DSL.field(folded)));
    }
}
