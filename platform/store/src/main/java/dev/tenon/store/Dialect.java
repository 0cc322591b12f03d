package dev.tenon.store;

import com.zaxxer.hikari.HikariConfig;
import dev.tenon.store.schema.ColumnType;
import java.sql.SQLException;
import java.util.Optional;
import org.jooq.DataType;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.SelectForUpdateStep;
import org.jooq.Table;

/** In what the two databases differ. Everything that is not here is the same on both. */
public sealed interface Dialect permits H2Dialect, PostgresDialect {

    SQLDialect jooq();

    /** Whether a schema change is part of the transaction around it; where it is not, it commits by itself. */
    boolean transactionalSchemaChanges();

    /** Checks what can be checked before connecting, and sets up the pool's connections. */
    void prepare(DatabaseSettings settings, HikariConfig pool);

    /** For the one connection that takes numbers: nobody needs to wait until its commits are on the disk. */
    void prepareCounters(HikariConfig pool);

    /** The database's own type for a column. */
    DataType<?> columnType(ColumnType type);

    /** The same select, which locks the rows that it finds in the table. */
    Select<?> locking(SelectForUpdateStep<?> select, Table<?> table, RowLock lock);

    /** Name of the unique index or constraint that a statement violated. */
    Optional<String> violatedKey(SQLException violation);

    /** Whether a table was changed after the statement was prepared: the same transaction, tried again, succeeds. */
    default boolean planOutdated(SQLException fault) {
        return false;
    }

    /** The reason why the database cannot be opened; absent where it is none of this dialect's known ones. */
    Optional<StoreError> openingFault(SQLException fault);

    static Dialect of(DatabaseSettings settings) {
        if (settings.url().startsWith(H2Dialect.URL_PREFIX)) {
            return new H2Dialect();
        }
        if (settings.url().startsWith(PostgresDialect.URL_PREFIX)) {
            return new PostgresDialect();
        }
        throw StoreError.UNSUPPORTED_URL
                .error()
                .with("url", settings.shownUrl())
                .build();
    }
}
