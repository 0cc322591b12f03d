package dev.tenon.store.records.internal;

import dev.tenon.store.Database;
import dev.tenon.store.StoreError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Takes numbers on a connection of its own, outside of the transaction that uses them: nobody who creates a record waits
 * until somebody else's save has ended. The price is a gap when that save is rolled back.
 */
public final class Counters {

    private static final Field<String> OBJECT = DSL.field(DSL.name("object_name"), SQLDataType.VARCHAR);
    private static final Field<String> FIELD = DSL.field(DSL.name("field_name"), SQLDataType.VARCHAR);
    private static final Field<Long> LAST = DSL.field(DSL.name("last_number"), SQLDataType.BIGINT);

    private final Database database;
    private final Statements statements;
    private final Map<String, Texts> texts = new ConcurrentHashMap<>();

    public Counters(Database database, Statements statements) {
        this.database = database;
        this.statements = statements;
    }

    private record Texts(String next, String start) {}

    private Texts texts(String tenant) {
        Texts known = texts.get(tenant);
        if (known == null) {
            Table<Record> table = PlatformRows.at(tenant, "tenon_counter");
            known = new Texts(
                    statements.text(database.dsl()
                            .update(table)
                            .set(LAST, LAST.plus(DSL.param("count", LAST.getDataType())))
                            .where(OBJECT.eq(DSL.param("object", OBJECT.getDataType())))
                            .and(FIELD.eq(DSL.param("field", FIELD.getDataType())))
                            .returning(LAST)),
                    statements.text(database.dsl()
                            .insertInto(table, OBJECT, FIELD, LAST)
                            .values(
                                    DSL.param("object", OBJECT.getDataType()),
                                    DSL.param("field", FIELD.getDataType()),
                                    DSL.inline(0L))));
            texts.put(tenant, known);
        }
        return known;
    }

    /** The first of {@code count} numbers that nobody else gets. */
    public long next(String tenant, String object, String field, long count) {
        Texts sql = texts(tenant);
        try (Connection connection = database.counterSource().getConnection()) {
            long last = take(connection, sql.next(), object, field, count);
            if (last < 0) {
                start(connection, sql.start(), object, field);
                last = take(connection, sql.next(), object, field, count);
            }
            return last - count + 1;
        } catch (SQLException e) {
            throw database.translate(e);
        }
    }

    private static long take(Connection connection, String sql, String object, String field, long count)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, count);
            statement.setString(2, object);
            statement.setString(3, field);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : -1;
            }
        }
    }

    /** The very first number of a field; another node may be as early. */
    private void start(Connection connection, String sql, String object, String field) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, object);
            statement.setString(2, field);
            statement.executeUpdate();
        } catch (SQLException e) {
            if (database.translate(e).code() != StoreError.DUPLICATE) {
                throw e;
            }
        }
    }
}
