package dev.tenon.store.schema;

import dev.tenon.store.Database;
import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.store.schema.CatalogueContent.Index;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The rows in which the catalogue is kept, beside those of former columns. */
final class CatalogueRows {

    private static final Field<String> OBJECT = DSL.field(DSL.name("object_name"), SQLDataType.VARCHAR);
    private static final Field<String> FIELD = DSL.field(DSL.name("field_name"), SQLDataType.VARCHAR);
    private static final Field<String> TABLE = DSL.field(DSL.name("table_name"), SQLDataType.VARCHAR);
    private static final Field<String> COLUMN = DSL.field(DSL.name("column_name"), SQLDataType.VARCHAR);
    private static final Field<String> TYPE = DSL.field(DSL.name("column_type"), SQLDataType.VARCHAR);
    private static final Field<String> INDEX = DSL.field(DSL.name("index_name"), SQLDataType.VARCHAR);
    private static final Field<String> FIELDS = DSL.field(DSL.name("field_names"), SQLDataType.VARCHAR);
    private static final Field<Boolean> UNIQUE = DSL.field(DSL.name("is_unique"), SQLDataType.BOOLEAN);

    private final Database database;

    CatalogueRows(Database database) {
        this.database = database;
    }

    /** What is said of all objects, without former columns. */
    CatalogueContent all(String tenant) {
        return read(tenant, DSL.noCondition());
    }

    /** What is said of some objects, without former columns. */
    CatalogueContent of(String tenant, Collection<String> objects) {
        return read(tenant, OBJECT.in(objects));
    }

    private CatalogueContent read(String tenant, Condition which) {
        DSLContext dsl = database.dsl();
        Map<String, String> tables = new LinkedHashMap<>();
        dsl.select(OBJECT, TABLE)
                .from(Catalogue.at(tenant, "tenon_table"))
                .where(which)
                .fetch()
                .forEach(row -> tables.put(row.value1(), row.value2()));
        Map<String, Map<String, Column>> columns = new LinkedHashMap<>();
        // Objects have many columns in common.
        Map<Column, Column> common = new HashMap<>();
        dsl.select(OBJECT, FIELD, COLUMN, TYPE)
                .from(Catalogue.at(tenant, "tenon_column"))
                .where(which)
                .fetch()
                .forEach(row -> {
                    Column read = new Column(row.value2(), row.value3(), ColumnType.parse(row.value4()));
                    Column column = common.computeIfAbsent(read, c -> c);
                    columns.computeIfAbsent(row.value1(), o -> new LinkedHashMap<>())
                            .put(column.field(), column);
                });
        Map<String, Index> indexes = new LinkedHashMap<>();
        dsl.select(INDEX, OBJECT, FIELDS, UNIQUE)
                .from(Catalogue.at(tenant, "tenon_index"))
                .where(which)
                .fetch()
                .forEach(row -> indexes.put(
                        row.value1(),
                        new Index(
                                row.value1(), row.value2(), List.of(row.value3().split(",")), row.value4())));
        return new CatalogueContent(tables, columns, indexes, List.of());
    }

    /** Notes a table; does nothing when it is noted. */
    void note(String tenant, String object, String table) {
        boolean known = database.dsl().fetchExists(Catalogue.at(tenant, "tenon_table"), OBJECT.eq(object));
        if (!known) {
            database.dsl()
                    .insertInto(Catalogue.at(tenant, "tenon_table"), OBJECT, TABLE)
                    .values(object, table)
                    .execute();
        }
    }

    /** Notes columns, with their present type. */
    void note(String tenant, String object, List<Column> columns) {
        database.dsl()
                .deleteFrom(Catalogue.at(tenant, "tenon_column"))
                .where(OBJECT.eq(object))
                .and(FIELD.in(columns.stream().map(Column::field).toList()))
                .execute();
        execute(columns.stream()
                .map(c -> database.dsl()
                        .insertInto(Catalogue.at(tenant, "tenon_column"), OBJECT, FIELD, COLUMN, TYPE)
                        .values(object, c.field(), c.name(), c.type().toString()))
                .toList());
    }

    void note(String tenant, List<Index> indexes) {
        List<Query> all = new ArrayList<>();
        for (Index index : indexes) {
            all.add(without(tenant, index.name()));
            all.add(database.dsl()
                    .insertInto(Catalogue.at(tenant, "tenon_index"), INDEX, OBJECT, FIELDS, UNIQUE)
                    .values(index.name(), index.object(), String.join(",", index.fields()), index.unique()));
        }
        execute(all);
    }

    private void execute(List<? extends Query> queries) {
        if (!queries.isEmpty()) {
            database.dsl().batch(queries).execute();
        }
    }

    private Query without(String tenant, String index) {
        return database.dsl().deleteFrom(Catalogue.at(tenant, "tenon_index")).where(INDEX.eq(index));
    }

    void forgetIndex(String tenant, String index) {
        without(tenant, index).execute();
    }

    /** Another table has taken the place of an object's present one, with indexes of its own. */
    void noteInstead(String tenant, String object, String table) {
        database.dsl()
                .update(Catalogue.at(tenant, "tenon_table"))
                .set(TABLE, table)
                .where(OBJECT.eq(object))
                .execute();
        database.dsl()
                .deleteFrom(Catalogue.at(tenant, "tenon_index"))
                .where(OBJECT.eq(object))
                .execute();
    }

    void forgetObject(String tenant, String object) {
        for (String table : List.of("tenon_table", "tenon_column", "tenon_index", "tenon_former_column")) {
            database.dsl()
                    .deleteFrom(Catalogue.at(tenant, table))
                    .where(OBJECT.eq(object))
                    .execute();
        }
    }

    void forgetColumns(String tenant, String object, List<String> names) {
        for (String table : List.of("tenon_column", "tenon_former_column")) {
            database.dsl()
                    .deleteFrom(Catalogue.at(tenant, table))
                    .where(OBJECT.eq(object))
                    .and(COLUMN.in(names))
                    .execute();
        }
    }
}
