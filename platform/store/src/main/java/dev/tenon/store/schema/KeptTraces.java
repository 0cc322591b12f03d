package dev.tenon.store.schema;

import dev.tenon.store.Database;
import dev.tenon.store.schema.KeptColumns.Piece;
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
 * What tells values of fields and objects beside their columns: the history, the last numbers, files, and the recycle
 * bin. It goes with them; of a field that goes on with another type it stays.
 */
final class KeptTraces {

    private static final Field<String> OBJECT = DSL.field(DSL.name("object_name"), SQLDataType.VARCHAR);
    private static final Field<String> FIELD = DSL.field(DSL.name("field_name"), SQLDataType.VARCHAR);
    private static final Field<UUID> ENTRY = DSL.field(DSL.name("entry_id"), SQLDataType.UUID);
    private static final Field<Integer> PLACE = DSL.field(DSL.name("place"), SQLDataType.INTEGER);

    private static final List<String> OF_FIELDS =
            List.of("tenon_history", "tenon_number", "tenon_file", "tenon_bin_release");
    private static final List<String> OF_OBJECTS = List.of(
            "tenon_history",
            "tenon_number",
            "tenon_file",
            "tenon_attachment",
            "tenon_bin_release",
            "tenon_bin_entry",
            "tenon_bin_record",
            "tenon_record_lock");

    private final Database database;

    KeptTraces(Database database) {
        this.database = database;
    }

    void forget(String tenant, List<Piece> pieces) {
        Set<String> going = columnFields(tenant);
        for (Piece piece : pieces) {
            if (piece.isObject()) {
                OF_OBJECTS.forEach(table -> delete(tenant, table, OBJECT.eq(piece.object())));
            } else if (!going.contains(piece.object() + "/" + piece.field())) {
                OF_FIELDS.forEach(
                        table -> delete(tenant, table, OBJECT.eq(piece.object()).and(FIELD.eq(piece.field()))));
                deleteFromBin(tenant, piece);
            }
        }
    }

    private void delete(String tenant, String table, Condition which) {
        database.dsl().deleteFrom(Catalogue.at(tenant, table)).where(which).execute();
    }

    private void deleteFromBin(String tenant, Piece piece) {
        Table<Record> records = Catalogue.at(tenant, "tenon_bin_record");
        delete(
                tenant,
                "tenon_bin_value",
                FIELD.eq(piece.field())
                        .and(DSL.row(ENTRY, PLACE)
                                .in(DSL.select(ENTRY, PLACE).from(records).where(OBJECT.eq(piece.object())))));
    }

    private Set<String> columnFields(String tenant) {
        return database.dsl().select(OBJECT, FIELD).from(Catalogue.at(tenant, "tenon_column")).fetch().stream()
                .map(row -> row.value1() + "/" + row.value2())
                .collect(Collectors.toSet());
    }
}
