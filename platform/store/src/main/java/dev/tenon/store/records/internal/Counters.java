package dev.tenon.store.records.internal;

import dev.tenon.records.port.RecordStore.Series;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.StoreError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Takes numbers, as a rule on a connection of its own, outside of the transaction that uses them: nobody who creates a
 * record waits until somebody else's save has ended. The price is a gap when that save is rolled back. A gapless series
 * pays the other price: its row stays locked until the save has ended.
 */
public final class Counters {

    private static final Field<String> OBJECT = DSL.field(DSL.name("object_name"), SQLDataType.VARCHAR);
    private static final Field<String> FIELD = DSL.field(DSL.name("field_name"), SQLDataType.VARCHAR);
    private static final Field<String> PERIOD = DSL.field(DSL.name("period"), SQLDataType.VARCHAR);
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
            Table<Record> table = PlatformRows.at(tenant, "tenon_number");
            known = new Texts(
                    statements.text(database.dsl()
                            .update(table)
                            .set(LAST, LAST.plus(DSL.param("count", LAST.getDataType())))
                            .where(OBJECT.eq(DSL.param("object", OBJECT.getDataType())))
                            .and(FIELD.eq(DSL.param("field", FIELD.getDataType())))
                            .and(PERIOD.eq(DSL.param("period", PERIOD.getDataType())))
                            .returning(LAST)),
                    statements.text(database.dsl()
                            .insertInto(table, OBJECT, FIELD, PERIOD, LAST)
                            .values(
                                    DSL.param("object", OBJECT.getDataType()),
                                    DSL.param("field", FIELD.getDataType()),
                                    DSL.param("period", PERIOD.getDataType()),
                                    DSL.inline(0L))));
            texts.put(tenant, known);
        }
        return known;
    }

    /** The first of {@code count} numbers that nobody else gets. */
    public long next(String tenant, Series series, long count) {
        Texts sql = texts(tenant);
        long last = take(sql.next(), series, count);
        if (last < 0) {
            start(sql.start(), series);
            last = take(sql.next(), series, count);
        }
        return last - count + 1;
    }

    private long take(String sql, Series series, long count) {
        List<Object> values = List.of(count, series.object(), series.field(), series.period());
        if (series.gapless()) {
            return statements.query(sql, values, row -> row.getLong(1)).stream()
                    .findFirst()
                    .orElse(-1L);
        }
        return apart(sql, values, statement -> {
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : -1L;
            }
        });
    }

    /** The very first number of a series; another node may be as early. Never part of a save: others would wait for it. */
    private void start(String sql, Series series) {
        try {
            apart(sql, List.of(series.object(), series.field(), series.period()), PreparedStatement::executeUpdate);
        } catch (PlatformException e) {
            if (e.code() != StoreError.DUPLICATE) {
                throw e;
            }
        }
    }

    /** What is done with a statement whose values are bound. */
    @FunctionalInterface
    private interface Run<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    private <T> T apart(String sql, List<Object> values, Run<T> run) {
        try (Connection connection = database.counterSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            Statements.bindAll(statement, values);
            return run.run(statement);
        } catch (SQLException e) {
            throw database.translate(e);
        }
    }
}
