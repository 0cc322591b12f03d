package dev.tenon.store.schema;

import dev.tenon.store.Database;
import dev.tenon.store.H2Dialect;
import dev.tenon.store.PostgresDialect;
import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.store.schema.CatalogueContent.Index;
import dev.tenon.store.sql.ExpressionSql;
import java.util.Collection;
import java.util.List;
import org.jooq.CreateTableElementListStep;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Tables, columns and keys as the database wants them told. */
final class TableForms {

    private final Database database;

    TableForms(Database database) {
        this.database = database;
    }

    void create(Table<Record> table, List<Column> columns) {
        CreateTableElementListStep create = database.dsl().createTableIfNotExists(table);
        for (Column column : columns) {
            boolean mandatory = column.name().equals("id") || column.name().equals("version");
            create = create.column(definition(column, !mandatory));
        }
        create.constraint(DSL.primaryKey(DSL.field(DSL.name("id")))).execute();
    }

    Field<?> definition(Column column, boolean optional) {
        DataType<?> type = database.dialect().columnType(column.type()).nullable(optional);
        // The database gives it to the rows that are there, without touching each, and to those of a writer who does
        // not
        // know the column yet. Whoever does, says a value.
        DataType<?> told = column.filled() == null ? type : filled(type, column.filled());
        return DSL.field(DSL.name(column.name()), told);
    }

    private static <T> DataType<T> filled(DataType<T> type, String value) {
        return type.default_(DSL.inline(value, type));
    }

    void addIndex(Table<Record> table, Index index, Collection<Column> columns) {
        DSLContext dsl = database.dsl();
        (index.unique()
                        ? dsl.createUniqueIndexIfNotExists(DSL.name(index.name()))
                        : dsl.createIndexIfNotExists(DSL.name(index.name())))
                .on(table, parts(table, index, columns))
                .execute();
    }

    /** The columns of an index in their order. */
    List<OrderField<?>> parts(Table<Record> table, Index index, Collection<Column> columns) {
        return index.fields().stream()
                .<OrderField<?>>map(part -> {
                    Column column = columns.stream()
                            .filter(c -> c.field().equals(Index.fieldOf(part)))
                            .findFirst()
                            .orElseThrow(() -> new IllegalStateException("no column for " + part));
                    Field<?> field = Index.folded(part) ? folded(table, column) : DSL.field(DSL.name(column.name()));
                    return part.startsWith("-") ? field.desc() : field;
                })
                .toList();
    }

    /** H2 has no indexes on expressions, so there a column keeps the text in the form that is compared. */
    private Field<?> folded(Table<Record> table, Column column) {
        return switch (database.dialect()) {
            case H2Dialect h2 -> new FoldedColumns(database.dsl()).add(table, column);
            case PostgresDialect postgres ->
                ExpressionSql.fold(database.dsl().dialect(), DSL.field(DSL.name(column.name()), SQLDataType.VARCHAR));
        };
    }
}
