package dev.tenon.store.schema;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.store.schema.CatalogueContent.Index;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The indexes that an object's table needs. */
final class WantedIndexes {

    /** Longer texts do not fit into an index page of PostgreSQL. */
    private static final int LONGEST_INDEXED_TEXT = 500;

    private WantedIndexes() {}

    /** No two indexes on the same columns: each costs every write. */
    static List<Index> of(ObjectType object, String table, Map<String, Column> columns) {
        Map<List<String>, Index> wanted = new LinkedHashMap<>();
        for (ObjectType.UniqueKey key : object.allKeys()) {
            List<String> parts = key.fields().stream()
                    .map(f -> object.folded(key, f) ? "~" + f : f)
                    .toList();
            put(wanted, object, table, columns, parts, true);
        }
        for (Field field : object.fields().values()) {
            boolean reference =
                    field.type() instanceof FieldType.Lookup || field.type() instanceof FieldType.MasterDetail;
            if (field.index().indexed()
                    || reference
                    || field.type() instanceof FieldType.AutoNumber
                    || field.name().equals(SystemField.OWNER)
                    || field.name().equals(object.titleField()) && shortEnough(columns.get(field.name()))) {
                put(wanted, object, table, columns, List.of(field.name()), false);
            }
        }
        if (object.fields().containsKey(SystemField.CREATED_AT)) {
            put(wanted, object, table, columns, List.of("-" + SystemField.CREATED_AT, "-" + SystemField.ID), false);
        }
        return List.copyOf(wanted.values());
    }

    private static boolean shortEnough(@Nullable Column column) {
        return column != null
                && (!(column.type() instanceof ColumnType.Text(int length)) || length <= LONGEST_INDEXED_TEXT);
    }

    private static void put(
            Map<List<String>, Index> wanted,
            ObjectType object,
            String table,
            Map<String, Column> columns,
            List<String> parts,
            boolean unique) {
        List<String> fields = parts.stream().map(Index::fieldOf).toList();
        if (fields.equals(List.of(SystemField.ID)) || !columns.keySet().containsAll(fields)) {
            return;
        }
        String name = table + "__"
                + parts.stream()
                        .map(p -> columnName(columns, Index.fieldOf(p)) + (Index.folded(p) ? "_fold" : ""))
                        .collect(Collectors.joining("__"))
                + (unique ? "__ux" : "__ix");
        wanted.putIfAbsent(parts, new Index(Names.identifier(name), object.name(), parts, unique));
    }

    private static String columnName(Map<String, Column> columns, String field) {
        Column column = columns.get(field);
        return column == null ? field : column.name();
    }
}
