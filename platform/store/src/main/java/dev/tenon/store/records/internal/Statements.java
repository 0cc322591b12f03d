package dev.tenon.store.records.internal;

import dev.tenon.store.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Runs SQL text with values on the thread's connection. */
public final class Statements {

    /** Enough to make the round trips cheap, few enough to keep memory flat. */
    private static final int BATCH = 500;

    private static final int FETCH = 1000;

    private final Database database;

    public Statements(Database database) {
        this.database = database;
    }

    /** SQL text of a query whose values are given again at each run, in the order of the text. */
    public String text(Query query) {
        return database.dsl().render(query);
    }

    /** SQL text that inserts one row. */
    String insert(Table<Record> table, List<Field<?>> fields) {
        Map<Field<?>, Object> values = new LinkedHashMap<>();
        fields.forEach(field -> values.put(field, DSL.param(field.getName(), field.getDataType())));
        return text(database.dsl().insertInto(table).set(values));
    }

    /** Binds the values of one row of a batch. */
    @FunctionalInterface
    public interface Binder<T> {
        void bind(PreparedStatement statement, T row) throws SQLException;
    }

    /** Makes something of the current row. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Runs a change and tells how many rows were concerned. */
    public int update(String sql, List<? extends @Nullable Object> values) {
        return database.withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bindAll(statement, values);
                return statement.executeUpdate();
            }
        });
    }

    public <T> void batch(String sql, List<T> rows, Binder<T> binder) {
        if (rows.isEmpty()) {
            return;
        }
        database.withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                if (rows.size() == 1) {
                    binder.bind(statement, rows.getFirst());
                    return statement.executeUpdate();
                }
                int waiting = 0;
                for (T row : rows) {
                    binder.bind(statement, row);
                    statement.addBatch();
                    if (++waiting == BATCH) {
                        statement.executeBatch();
                        waiting = 0;
                    }
                }
                return waiting == 0 ? 0 : statement.executeBatch().length;
            }
        });
    }

    public <T> List<T> query(String sql, List<? extends @Nullable Object> values, Reader<T> reader) {
        return database.withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(FETCH);
                bindAll(statement, values);
                try (ResultSet row = statement.executeQuery()) {
                    List<T> all = new ArrayList<>();
                    while (row.next()) {
                        all.add(reader.read(row));
                    }
                    return all;
                }
            }
        });
    }

    static void bindAll(PreparedStatement statement, List<? extends @Nullable Object> values) throws SQLException {
        bindAll(statement, 1, values);
    }

    /** Binds from an index on; the next index. */
    static int bindAll(PreparedStatement statement, int first, List<? extends @Nullable Object> values)
            throws SQLException {
        int index = first;
        for (Object value : values) {
            Values.bind(statement, index++, value);
        }
        return index;
    }
}
