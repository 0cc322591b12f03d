package dev.tenon.store.records.internal;

import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.RecordsError;
import dev.tenon.records.port.RecordStore.LockedPage;
import dev.tenon.records.port.RecordStore.NewRow;
import dev.tenon.records.port.RecordStore.StoredRow;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.PostgresDialect;
import dev.tenon.store.RowLock;
import dev.tenon.store.StoreError;
import dev.tenon.store.records.LockCompanion;
import dev.tenon.store.schema.Catalogue;
import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.store.schema.TenantTables;
import dev.tenon.store.schema.TenantTables.ObjectTable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.UpdateSetMoreStep;
import org.jooq.UpdateSetStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Reads and writes whole rows of objects' tables. */
public final class RowTables {

    private final Database database;
    private final Catalogue catalogue;
    private final Statements statements;
    private final Optional<LockCompanion> companion;

    public RowTables(Database database, Catalogue catalogue, Statements statements, Optional<LockCompanion> companion) {
        this.database = database;
        this.catalogue = catalogue;
        this.statements = statements;
        // H2 is in this process and gains nothing by one message.
        this.companion = companion.filter(c -> database.dialect() instanceof PostgresDialect);
    }

    /** Shapes of statements; each is rendered once for a model. */
    private sealed interface Shape {
        record Lock(String object, RowLock lock) implements Shape {}

        record LockAccompanied(String object) implements Shape {}

        record EndOfPage(String object, boolean first) implements Shape {}

        record LockPage(String object, boolean first, boolean last) implements Shape {}

        record Insert(String object, List<String> fields) implements Shape {}

        record Update(String object, List<String> fields, boolean versioned) implements Shape {}

        record Delete(String object) implements Shape {}
    }

    public Optional<StoredRow> lock(Model model, String object, UUID id, RowLock lock) {
        TenantTables tables = catalogue.tables(model);
        ObjectTable table = tables.object(object);
        String sql = tables.prepared(new Shape.Lock(object, lock), shape -> lockText(table, lock));
        return statements.query(sql, List.of(id), row -> stored(table, row)).stream()
                .findFirst();
    }

    /** With what goes along; what a part belongs to is known only by its row, so nothing goes along with that. */
    public Optional<StoredRow> lockAccompanied(Model model, String object, UUID id) {
        if (companion.isEmpty() || model.requireObject(object).masterField().isPresent()) {
            return lock(model, object, id, RowLock.CHANGE);
        }
        LockCompanion along = companion.get();
        String tenant = model.tenant();
        TenantTables tables = catalogue.tables(model);
        ObjectTable table = tables.object(object);
        String sql = tables.prepared(
                new Shape.LockAccompanied(object),
                shape -> lockText(table, RowLock.CHANGE) + ";\n" + along.text(tenant));
        return database.withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                Values.bind(statement, 1, id);
                along.bind(statement, 2, object, id);
                statement.execute();
                Optional<StoredRow> found;
                try (ResultSet row = statement.getResultSet()) {
                    found = row.next() ? Optional.of(stored(table, row)) : Optional.empty();
                }
                statement.getMoreResults();
                try (ResultSet rows = statement.getResultSet()) {
                    along.found(tenant, id, rows);
                }
                return found;
            }
        });
    }

    /** Where a page ends is looked up before: H2 would lock, one by one, all rows that a limit cuts off. */
    public LockedPage lockAfter(Model model, String object, Optional<UUID> last, int limit) {
        TenantTables tables = catalogue.tables(model);
        ObjectTable table = tables.object(object);
        boolean first = last.isEmpty();
        List<Object> values = new ArrayList<>();
        last.ifPresent(values::add);
        List<Object> behind = new ArrayList<>(values);
        behind.add(limit - 1L);
        Optional<UUID> end = statements
                .query(
                        tables.prepared(new Shape.EndOfPage(object, first), shape -> endText(table, first)),
                        behind,
                        row -> row.getObject(1, UUID.class))
                .stream()
                .findFirst();
        end.ifPresent(values::add);
        String sql = tables.prepared(
                new Shape.LockPage(object, first, end.isEmpty()), shape -> pageText(table, first, end.isEmpty()));
        return new LockedPage(statements.query(sql, values, row -> stored(table, row)), end);
    }

    private String endText(ObjectTable table, boolean first) {
        return statements.text(database.dsl()
                .select(id())
                .from(table.table())
                .where(behind(first))
                .orderBy(id())
                .offset(DSL.param("offset", Long.class))
                .limit(DSL.inline(1L)));
    }

    private String pageText(ObjectTable table, boolean first, boolean last) {
        Condition upTo = last ? DSL.noCondition() : id().le(DSL.param("end", UUID.class));
        return statements.text(database.dialect()
                .locking(
                        database.dsl()
                                .select(columns(table))
                                .from(table.table())
                                .where(behind(first).and(upTo))
                                .orderBy(id()),
                        table.table(),
                        RowLock.CHANGE));
    }

    private static Condition behind(boolean first) {
        return first ? DSL.noCondition() : id().gt(DSL.param("last", UUID.class));
    }

    private static StoredRow stored(ObjectTable table, ResultSet row) throws SQLException {
        Map<String, @Nullable Object> values =
                LinkedHashMap.newLinkedHashMap(table.columns().size());
        int index = 1;
        for (Column column : table.columns().values()) {
            values.put(column.field(), Values.read(row, index++, column.type()));
        }
        if (!(values.get(SystemField.ID) instanceof UUID id)) {
            throw new IllegalStateException("a row without an id");
        }
        return new StoredRow(id, values.get(SystemField.VERSION) instanceof Long version ? version : 0, values);
    }

    private static List<Field<?>> columns(ObjectTable table) {
        List<Field<?>> columns = new ArrayList<>();
        for (Column column : table.columns().values()) {
            columns.add(field(column));
        }
        return columns;
    }

    private String lockText(ObjectTable table, RowLock lock) {
        return statements.text(database.dialect()
                .locking(
                        database.dsl()
                                .select(columns(table))
                                .from(table.table())
                                .where(idIs()),
                        table.table(),
                        lock));
    }

    public void insertAll(Model model, String object, List<NewRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        TenantTables tables = catalogue.tables(model);
        ObjectTable table = tables.object(object);
        List<String> fields = writable(table, rows.getFirst().values());
        String sql = tables.prepared(new Shape.Insert(object, fields), shape -> insertText(table, fields));
        tellingDuplicates(tables, object, () -> {
            statements.batch(sql, rows, (statement, row) -> {
                Values.bind(statement, 1, row.id());
                Values.bind(statement, 2, row.version());
                int index = 3;
                for (String field : fields) {
                    Values.bind(statement, index++, row.values().get(field));
                }
            });
            return true;
        });
    }

    private String insertText(ObjectTable table, List<String> fields) {
        Map<Field<?>, Object> values = new LinkedHashMap<>();
        put(values, table.column(SystemField.ID));
        put(values, table.column(SystemField.VERSION));
        fields.forEach(field -> put(values, table.column(field)));
        return statements.text(database.dsl().insertInto(table.table()).set(values));
    }

    private static void put(Map<Field<?>, Object> values, Column column) {
        Field<?> field = field(column);
        values.put(field, placeholder(field));
    }

    /** Writes the fields; false when the version is no longer the expected one. */
    public boolean update(
            Model model, String object, UUID id, Optional<Long> version, Map<String, @Nullable Object> changes) {
        TenantTables tables = catalogue.tables(model);
        ObjectTable table = tables.object(object);
        List<String> fields = writable(table, changes);
        if (fields.isEmpty() && version.isEmpty()) {
            return true;
        }
        String sql = tables.prepared(
                new Shape.Update(object, fields, version.isPresent()),
                shape -> updateText(table, fields, version.isPresent()));
        List<@Nullable Object> values = new ArrayList<>(fields.size() + 2);
        fields.forEach(field -> values.add(changes.get(field)));
        values.add(id);
        version.ifPresent(values::add);
        return tellingDuplicates(tables, object, () -> statements.update(sql, values) == 1);
    }

    /** Writes computed fields of many rows; all have the same keys. */
    public void updateAll(Model model, String object, Map<UUID, Map<String, @Nullable Object>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        TenantTables tables = catalogue.tables(model);
        ObjectTable table = tables.object(object);
        List<String> fields = writable(table, rows.values().iterator().next());
        String sql =
                tables.prepared(new Shape.Update(object, fields, false), shape -> updateText(table, fields, false));
        tellingDuplicates(tables, object, () -> {
            statements.batch(sql, List.copyOf(rows.entrySet()), (statement, row) -> {
                int index = 1;
                for (String field : fields) {
                    Values.bind(statement, index++, row.getValue().get(field));
                }
                Values.bind(statement, index, row.getKey());
            });
            return true;
        });
    }

    private String updateText(ObjectTable table, List<String> fields, boolean versioned) {
        Map<Field<?>, Object> values = new LinkedHashMap<>();
        fields.forEach(field -> put(values, table.column(field)));
        UpdateSetStep<Record> update = database.dsl().update(table.table());
        if (versioned) {
            Field<Long> version = version();
            return statements.text(update.set(values)
                    .set(version, version.plus(DSL.inline(1L)))
                    .where(idIs())
                    .and(version.eq(DSL.param("version", version.getDataType()))));
        }
        UpdateSetMoreStep<Record> computed = update.set(values);
        return statements.text(computed.where(idIs()));
    }

    public boolean delete(Model model, String object, UUID id, long version) {
        TenantTables tables = catalogue.tables(model);
        ObjectTable table = tables.object(object);
        String sql = tables.prepared(
                new Shape.Delete(object),
                shape -> statements.text(database.dsl()
                        .deleteFrom(table.table())
                        .where(idIs())
                        .and(version().eq(DSL.param("version", version().getDataType())))));
        return statements.update(sql, List.of(id, version)) == 1;
    }

    public List<UUID> referring(Model model, String object, String field, List<UUID> targets, int limit) {
        if (targets.isEmpty()) {
            return List.of();
        }
        ObjectTable table = catalogue.tables(model).object(object);
        Table<Record> from = table.table();
        return database.dsl()
                .select(id())
                .from(from)
                .where(DSL.field(DSL.name(table.column(field).name()), UUID.class)
                        .in(targets))
                .orderBy(id())
                .limit(limit)
                .fetch(id());
    }

    /** The fields that are written, in the table's order, so that equal sets give equal statements. */
    private static List<String> writable(ObjectTable table, Map<String, @Nullable Object> values) {
        List<String> fields = new ArrayList<>(values.size());
        for (String field : table.columns().keySet()) {
            if (values.containsKey(field) && !field.equals(SystemField.ID) && !field.equals(SystemField.VERSION)) {
                fields.add(field);
            }
        }
        int others = (values.containsKey(SystemField.ID) ? 1 : 0) + (values.containsKey(SystemField.VERSION) ? 1 : 0);
        if (fields.size() + others < values.size()) {
            values.keySet().forEach(table::column);
        }
        return fields;
    }

    private <T> T tellingDuplicates(TenantTables tables, String object, java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (PlatformException e) {
            if (e.code() != StoreError.DUPLICATE) {
                throw e;
            }
            List<String> fields = tables.uniqueFields(String.valueOf(e.args().get("key")));
            throw RecordsError.DUPLICATE
                    .error()
                    .with("object", object)
                    .with("field", fields.isEmpty() ? SystemField.ID : String.join(",", fields))
                    .causedBy(e)
                    .build();
        }
    }

    private static Field<?> field(Column column) {
        return DSL.field(DSL.name(column.name()), column.type().valueType());
    }

    private static Field<?> placeholder(Field<?> field) {
        return DSL.param(field.getName(), field.getDataType());
    }

    private static Field<UUID> id() {
        return DSL.field(DSL.name("id"), UUID.class);
    }

    private static Field<Long> version() {
        return DSL.field(DSL.name("version"), Long.class);
    }

    private static org.jooq.Condition idIs() {
        return id().eq(DSL.param("id", UUID.class));
    }
}
