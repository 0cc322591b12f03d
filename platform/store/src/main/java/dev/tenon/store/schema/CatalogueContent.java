package dev.tenon.store.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue of one tenant says.
 *
 * @param tables table by object
 * @param columns column by object and field, the newest
 * @param indexes by name
 * @param former columns that fields had before their types changed
 */
public record CatalogueContent(
        Map<String, String> tables,
        Map<String, Map<String, Column>> columns,
        Map<String, Index> indexes,
        List<Former> former) {

    public CatalogueContent {
        former = List.copyOf(former);
    }

    /**
     * A column that a field had.
     *
     * @param until models of this version and later use another one
     * @param settled the model that uses the other one is in force
     * @param meaning of its values, see {@link Meaning}
     */
    public record Former(String object, Column column, long until, boolean settled, String meaning) {}

    /**
     * Where values of a field are kept.
     *
     * @param filled what rows have that were there before the column; null for nothing
     */
    public record Column(
            String field,
            String name,
            ColumnType type,
            @Nullable String filled) {
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

    /** With other former columns. */
    CatalogueContent with(List<Former> others) {
        return new CatalogueContent(tables, columns, indexes, others);
    }

    /** With what another one says of some objects, which may be nothing. */
    CatalogueContent with(Set<String> objects, CatalogueContent said) {
        Map<String, String> allTables = new LinkedHashMap<>(tables);
        allTables.keySet().removeAll(objects);
        allTables.putAll(said.tables);
        Map<String, Map<String, Column>> allColumns = new LinkedHashMap<>(columns);
        allColumns.keySet().removeAll(objects);
        allColumns.putAll(said.columns);
        Map<String, Index> allIndexes = new LinkedHashMap<>(indexes);
        allIndexes.values().removeIf(index -> objects.contains(index.object()));
        allIndexes.putAll(said.indexes);
        return new CatalogueContent(allTables, allColumns, allIndexes, former);
    }

    /** The columns as models of a version use them. */
    CatalogueContent at(long version) {
        List<Former> used = new ArrayList<>(former);
        used.removeIf(f -> f.until() <= version);
        if (used.isEmpty()) {
            return this;
        }
        used.sort(Comparator.comparingLong(Former::until).reversed());
        Map<String, Map<String, Column>> then = new LinkedHashMap<>(columns);
        // The last one is the one that was replaced first after the version.
        for (Former one : used) {
            Map<String, Column> own = new LinkedHashMap<>(then.getOrDefault(one.object(), Map.of()));
            own.put(one.column().field(), one.column());
            then.put(one.object(), own);
        }
        return new CatalogueContent(tables, then, indexes, former);
    }

    /** Every column of an object's table that the catalogue knows. */
    Stream<Column> allColumnsOf(String object) {
        return Stream.concat(
                columnsOf(object).values().stream(),
                former.stream().filter(f -> f.object().equals(object)).map(Former::column));
    }

    public Map<String, Column> columnsOf(String object) {
        return columns.getOrDefault(object, Map.of());
    }
}
