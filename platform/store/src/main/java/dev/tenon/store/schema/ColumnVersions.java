package dev.tenon.store.schema;

import dev.tenon.store.Database;
import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.store.schema.CatalogueContent.Former;
import java.util.List;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The catalogue's record of columns that fields had before their types changed. */
final class ColumnVersions {

    private static final Field<String> OBJECT = DSL.field(DSL.name("object_name"), SQLDataType.VARCHAR);
    private static final Field<String> FIELD = DSL.field(DSL.name("field_name"), SQLDataType.VARCHAR);
    private static final Field<String> COLUMN = DSL.field(DSL.name("column_name"), SQLDataType.VARCHAR);
    private static final Field<String> TYPE = DSL.field(DSL.name("column_type"), SQLDataType.VARCHAR);
    private static final Field<Long> UNTIL = DSL.field(DSL.name("until_version"), SQLDataType.BIGINT);
    private static final Field<String> MEANING = DSL.field(DSL.name("meaning"), SQLDataType.VARCHAR);
    private static final Field<Boolean> SETTLED = DSL.field(DSL.name("settled"), SQLDataType.BOOLEAN);

    private final Database database;

    ColumnVersions(Database database) {
        this.database = database;
    }

    private static Table<Record> table(String tenant) {
        return Catalogue.at(tenant, "tenon_former_column");
    }

    List<Former> former(String tenant) {
        return database.dsl()
                .select(OBJECT, FIELD, COLUMN, TYPE, UNTIL, SETTLED, MEANING)
                .from(table(tenant))
                .fetch(row -> new Former(
                        row.value1(),
                        new Column(row.value2(), row.value3(), ColumnType.parse(row.value4())),
                        row.value5(),
                        row.value6(),
                        row.value7()));
    }

    /** The present column of a field becomes a former one. */
    void note(String tenant, String object, Recast recast) {
        forget(tenant, object, recast.from());
        database.dsl()
                .insertInto(table(tenant), OBJECT, FIELD, COLUMN, TYPE, UNTIL, SETTLED, MEANING)
                .values(
                        object,
                        recast.from().field(),
                        recast.from().name(),
                        recast.from().type().toString(),
                        recast.version(),
                        false,
                        recast.meant())
                .execute();
    }

    void forget(String tenant, String object, Column column) {
        database.dsl()
                .deleteFrom(table(tenant))
                .where(OBJECT.eq(object))
                .and(COLUMN.eq(column.name()))
                .execute();
    }

    void settled(String tenant, Former former) {
        database.dsl()
                .update(table(tenant))
                .set(SETTLED, true)
                .where(OBJECT.eq(former.object()))
                .and(COLUMN.eq(former.column().name()))
                .execute();
    }
}
