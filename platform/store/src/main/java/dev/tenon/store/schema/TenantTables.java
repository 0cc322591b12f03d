package dev.tenon.store.schema;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.store.StoreError;
import dev.tenon.store.schema.CatalogueContent.Column;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The tables behind one model of one tenant. Kept as long as the model is in use, and with it whatever others prepare
 * from it. Safe for use by several threads.
 */
public final class TenantTables implements SqlNaming {

    /** Statements of a model repeat; should a caller make up endlessly new ones, the oldest knowledge goes at once. */
    private static final int MOST_PREPARED = 4_000;

    private final Map<String, Made> objects;
    private final Map<String, List<String>> uniqueFields;
    private final boolean complete;
    private final ConcurrentHashMap<Object, Object> prepared = new ConcurrentHashMap<>();

    private TenantTables(Map<String, Made> objects, Map<String, List<String>> uniqueFields, boolean complete) {
        this.objects = objects;
        this.uniqueFields = uniqueFields;
        this.complete = complete;
    }

    /** A table with the columns of the model's fields, in the model's order, {@code id} and {@code version} first. */
    public record ObjectTable(String object, Table<Record> table, Map<String, Column> columns) {

        public Column column(String field) {
            Column found = columns.get(field);
            if (found == null) {
                throw unknown(object, field);
            }
            return found;
        }

        /** The column in the table or in an alias of it. */
        public org.jooq.Field<?> in(Table<?> alias, String field) {
            Column column = column(field);
            return DSL.field(
                    alias.getQualifiedName().append(column.name()),
                    column.type().valueType());
        }
    }

    /** @param before tables of a similar model of the tenant: those that would be made the same way are taken from it */
    static TenantTables of(String schema, Model model, CatalogueContent newest, @Nullable TenantTables before) {
        CatalogueContent catalogue = newest.at(model.version());
        Map<String, Made> objects = new LinkedHashMap<>();
        for (ObjectType object : model.objects().values()) {
            String table = catalogue.tables().get(object.name());
            if (table != null) {
                Map<String, Column> known = catalogue.columnsOf(object.name());
                Made same = before == null ? null : before.objects.get(object.name());
                objects.put(
                        object.name(),
                        same != null && same.madeOf(object, table, known)
                                ? same
                                : made(schema, model, object, table, known));
            }
        }
        boolean complete = objects.size() == model.objects().size()
                && objects.values().stream().allMatch(Made::complete);
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

    private static Made made(String schema, Model model, ObjectType object, String table, Map<String, Column> known) {
        Map<String, Column> columns = new LinkedHashMap<>();
        columns.put(SystemField.ID, idColumn());
        columns.put(SystemField.VERSION, versionColumn());
        boolean complete = true;
        for (Field field : object.fields().values()) {
            if (!field.stored()) {
                continue;
            }
            Column column = known.get(field.name());
            if (column == null) {
                complete = false;
            } else {
                ColumnType type = ColumnType.of(model, object, field);
                columns.put(
                        field.name(),
                        column.type().equals(type) ? column : new Column(field.name(), column.name(), type));
            }
        }
        ObjectTable made = new ObjectTable(
                object.name(), DSL.table(DSL.name(schema, table)), Collections.unmodifiableMap(columns));
        return new Made(made, object, table, known, complete);
    }

    /**
     * A table with what it was made of.
     *
     * @param complete every field of the type has its column
     */
    private record Made(ObjectTable made, ObjectType type, String table, Map<String, Column> known, boolean complete) {

        /** The type of a roll-up's column depends on another object. */
        boolean madeOf(ObjectType other, String otherTable, Map<String, Column> otherKnown) {
            return type == other
                    && table.equals(otherTable)
                    && known.equals(otherKnown)
                    && type.fields().values().stream().noneMatch(field -> field.type() instanceof FieldType.RollUp);
        }
    }

    static Column idColumn() {
        return new Column(SystemField.ID, "id", ColumnType.Simple.ID);
    }

    static Column versionColumn() {
        return new Column(SystemField.VERSION, "version", ColumnType.Simple.WHOLE);
    }

    public ObjectTable object(String object) {
        Made found = objects.get(object);
        if (found == null) {
            throw unknown(object, "");
        }
        return found.made();
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
