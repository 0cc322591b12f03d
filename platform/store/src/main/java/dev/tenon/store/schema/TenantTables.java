package dev.tenon.store.schema;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.store.StoreError;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The tables behind one model of one tenant. Kept as long as the model is in use, and with it whatever others prepare
 * from it. Safe for use by several threads.
 */
public final class TenantTables implements SqlNaming {

    /** Statements of a model repeat; should a caller make up endlessly new ones, the oldest knowledge goes at once. */
    private static final int MOST_PREPARED = 4_000;

    private final Map<String, ObjectTable> objects;
    private final Map<String, List<String>> uniqueFields;
    private final boolean complete;
    private final ConcurrentHashMap<Object, Object> prepared = new ConcurrentHashMap<>();

    private TenantTables(Map<String, ObjectTable> objects, Map<String, List<String>> uniqueFields, boolean complete) {
        this.objects = objects;
        this.uniqueFields = uniqueFields;
        this.complete = complete;
    }

    /** A table with the columns of the model's fields, in the model's order, {@code id} and {@code version} first. */
    public record ObjectTable(String object, Table<Record> table, Map<String, CatalogueContent.Column> columns) {

        public CatalogueContent.Column column(String field) {
            CatalogueContent.Column found = columns.get(field);
            if (found == null) {
                throw unknown(object, field);
            }
            return found;
        }

        /** The column in the table or in an alias of it. */
        public org.jooq.Field<?> in(Table<?> alias, String field) {
            CatalogueContent.Column column = column(field);
            return DSL.field(
                    alias.getQualifiedName().append(column.name()),
                    column.type().valueType());
        }
    }

    static TenantTables of(String schema, Model model, CatalogueContent newest) {
        CatalogueContent catalogue = newest.at(model.version());
        Map<String, ObjectTable> objects = new LinkedHashMap<>();
        boolean complete = true;
        for (ObjectType object : model.objects().values()) {
            String table = catalogue.tables().get(object.name());
            if (table == null) {
                complete = false;
                continue;
            }
            Map<String, CatalogueContent.Column> known = catalogue.columnsOf(object.name());
            Map<String, CatalogueContent.Column> columns = new LinkedHashMap<>();
            columns.put(SystemField.ID, idColumn());
            columns.put(SystemField.VERSION, versionColumn());
            for (Field field : object.fields().values()) {
                if (!field.stored()) {
                    continue;
                }
                CatalogueContent.Column column = known.get(field.name());
                if (column == null) {
                    complete = false;
                } else {
                    ColumnType type = ColumnType.of(model, object, field);
                    columns.put(field.name(), new CatalogueContent.Column(field.name(), column.name(), type));
                }
            }
            objects.put(
                    object.name(),
                    new ObjectTable(
                            object.name(), DSL.table(DSL.name(schema, table)), Collections.unmodifiableMap(columns)));
        }
        Map<String, List<String>> uniques = new LinkedHashMap<>();
        catalogue.indexes().values().stream()
                .filter(CatalogueContent.Index::unique)
                .forEach(index -> uniques.put(
                        index.name(),
                        index.fields().stream()
                                .map(CatalogueContent.Index::fieldOf)
                                .toList()));
        return new TenantTables(objects, uniques, complete);
    }

    static CatalogueContent.Column idColumn() {
        return new CatalogueContent.Column(SystemField.ID, "id", ColumnType.Simple.ID);
    }

    static CatalogueContent.Column versionColumn() {
        return new CatalogueContent.Column(SystemField.VERSION, "version", ColumnType.Simple.WHOLE);
    }

    public ObjectTable object(String object) {
        ObjectTable found = objects.get(object);
        if (found == null) {
            throw unknown(object, "");
        }
        return found;
    }

    @Override
    public Table<Record> table(String object) {
        return object(object).table();
    }

    @Override
    public org.jooq.Field<?> column(Table<?> alias, String object, String field) {
        return object(object).in(alias, field);
    }

    /** Fields of a unique index; empty for one that the catalogue does not know. */
    public List<String> uniqueFields(String index) {
        return uniqueFields.getOrDefault(index, List.of());
    }

    /** Whether every field of the model has its column. */
    boolean complete() {
        return complete;
    }

    /** Something that is made once for each shape of statement, for example its SQL text. */
    @SuppressWarnings("unchecked") // a shape's class tells what is made from it
    public <S, V> V prepared(S shape, Function<S, V> make) {
        Object known = prepared.get(shape);
        if (known == null) {
            if (prepared.size() >= MOST_PREPARED) {
                prepared.clear();
            }
            known = make.apply(shape);
            prepared.put(shape, known);
        }
        return (V) known;
    }

    private static RuntimeException unknown(String object, String field) {
        return StoreError.UNKNOWN_COLUMN
                .error()
                .with("object", object)
                .with("field", field)
                .build();
    }
}
