package dev.tenon.store.schema;

import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.store.schema.CatalogueContent.Index;
import dev.tenon.store.sql.ExpressionSql;
import java.util.Set;
import java.util.stream.Collectors;
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

    private static Name name(Column source) {
        return DSL.name(Names.identifier(source.name() + "$fold"));
    }

    Field<?> add(Table<Record> table, Column source) {
        Field<String> text = DSL.field(DSL.name(source.name()), SQLDataType.VARCHAR);
        dsl.execute(
                "alter table {0} add column if not exists {1} varchar generated always as ({2})",
                table, DSL.field(name(source)), ExpressionSql.fold(dsl.dialect(), text));
        return DSL.field(name(source));
    }

    /** Drops those that only the given index needed; it is still in the catalogue. */
    void dropUnused(String tenant, CatalogueContent catalogue, String object, String index) {
        Index gone = catalogue.indexes().get(index);
        String table = catalogue.tables().get(object);
        if (gone == null || table == null) {
            return;
        }
        Set<String> needed = catalogue.indexes().values().stream()
                .filter(other -> other.object().equals(object) && !other.name().equals(index))
                .flatMap(other -> other.fields().stream())
                .collect(Collectors.toSet());
        gone.fields().stream()
                .filter(part -> Index.folded(part) && !needed.contains(part))
                .map(part -> catalogue.columnsOf(object).get(Index.fieldOf(part)))
                .forEach(column -> dsl.execute(
                        "alter table {0} drop column if exists {1}",
                        Catalogue.at(tenant, table), DSL.field(name(column))));
    }
}
