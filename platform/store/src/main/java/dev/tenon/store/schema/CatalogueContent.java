package dev.tenon.store.schema;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue of one tenant says.
 *
 * @param tables table by object
 * @param columns column by object and field
 * @param indexes by name
 */
public record CatalogueContent(
        Map<String, String> tables, Map<String, Map<String, Column>> columns, Map<String, Index> indexes) {

    /**
     * Where values of a field are kept.
     *
     * @param filled what rows have that were there before the column; null for nothing
     */
    public record Column(
            String field, String name, ColumnType type, @Nullable String filled) {
        public Column(String field, String name, ColumnType type) {
            this(field, name, type, null);
        }
    }

    /** @param fields with {@code -} in front for descending, {@code ~} where texts are compared without case and width */
    public record Index(String name, String object, List<String> fields, boolean unique) {
        public Index {
            fields = List.copyOf(fields);
        }

        /** The field of a key part. */
        public static String fieldOf(String part) {
            return part.startsWith("-") || folded(part) ? part.substring(1) : part;
        }

        static boolean folded(String part) {
            return part.startsWith("~");
        }
    }

    public Map<String, Column> columnsOf(String object) {
        return columns.getOrDefault(object, Map.of());
    }
}
