package dev.tenon.store.schema;

import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/** Tables and columns behind the objects and fields of one model of one tenant. */
public interface SqlNaming {

    /** The object's table with its schema, not yet named by an alias. */
    Table<Record> table(String object);

    /**
     * The field's column in a table or alias of the object's table, with the Java type of the field's values;
     * {@code id} and {@code version} always exist.
     */
    Field<?> column(Table<?> alias, String object, String field);
}
