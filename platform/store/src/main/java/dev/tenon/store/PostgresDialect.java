package dev.tenon.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.SQLExceptionOverride;
import dev.tenon.store.schema.ColumnType;
import java.sql.SQLException;
import java.util.Optional;
import org.jooq.Collation;
import org.jooq.DataType;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.SelectForUpdateStep;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** PostgreSQL: production. */
public final class PostgresDialect implements Dialect {

    static final String URL_PREFIX = "jdbc:postgresql:";

    /** By code point, as H2 and the expression evaluator compare; the server's own locale would differ by machine. */
    private static final Collation BY_CODE_POINT = DSL.collation("C");

    private static final String UTC = "SET TIME ZONE 'UTC'";

    private static final int MAX_VARCHAR = 10_485_760;

    PostgresDialect() {}

    @Override
    public SQLDialect jooq() {
        return SQLDialect.POSTGRES;
    }

    @Override
    public boolean transactionalSchemaChanges() {
        return true;
    }

    @Override
    public void prepare(DatabaseSettings settings, HikariConfig pool) {
        pool.setJdbcUrl(settings.url());
        pool.setConnectionInitSql(UTC);
        pool.addDataSourceProperty("ApplicationName", "tenon");
        pool.addDataSourceProperty("connectTimeout", "10");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        pool.setExceptionOverride(new SQLExceptionOverride() {
            // The pool takes the state for a broken connection, and would close it under the transaction.
            @java.lang.Override
            public Override adjudicate(SQLException fault) {
                return planOutdated(fault) ? Override.DO_NOT_EVICT : Override.CONTINUE_EVICT;
            }
        });
    }

    @Override
    public void prepareCounters(HikariConfig pool) {
        // A record that uses a number commits later and waits for the log up to there, the number's commit included.
        pool.setConnectionInitSql(UTC + "; SET synchronous_commit = off");
    }

    @Override
    public DataType<?> columnType(ColumnType type) {
        return switch (type) {
            case ColumnType.Text(int length) -> text(length).collation(BY_CODE_POINT);
            case ColumnType.Sealed sealed -> text(sealed.characters());
            case ColumnType.Decimal(int precision, int scale) -> SQLDataType.NUMERIC(precision, scale);
            case ColumnType.Simple simple -> simple.standard();
        };
    }

    /** As the server's own foreign keys do it: only a deletion has to wait for those who refer to a row. */
    @Override
    public Select<?> locking(SelectForUpdateStep<?> select, Table<?> table, RowLock lock) {
        return switch (lock) {
            case REFER -> select.forKeyShare().of(table);
            case CHANGE -> select.forNoKeyUpdate().of(table);
            case DELETE -> select.forUpdate().of(table);
        };
    }

    private static DataType<String> text(int length) {
        return length <= MAX_VARCHAR ? SQLDataType.VARCHAR(length) : SQLDataType.CLOB;
    }

    @Override
    public Optional<String> violatedKey(SQLException violation) {
        if (violation instanceof PSQLException postgres) {
            ServerErrorMessage message = postgres.getServerErrorMessage();
            return Optional.ofNullable(message == null ? null : message.getConstraint());
        }
        return Optional.empty();
    }

    /** The driver makes such a plan anew for the next transaction; by the server's routine, because its words differ by language. */
    @Override
    public boolean planOutdated(SQLException fault) {
        if (fault instanceof PSQLException postgres) {
            ServerErrorMessage message = postgres.getServerErrorMessage();
            return message != null && "RevalidateCachedQuery".equals(message.getRoutine());
        }
        return false;
    }

    @Override
    public Optional<StoreError> openingFault(SQLException fault) {
        return switch (String.valueOf(fault.getSQLState())) {
            case "28P01", "28000" -> Optional.of(StoreError.ACCESS_DENIED);
            case "3D000" -> Optional.of(StoreError.DATABASE_MISSING);
            case "53300" -> Optional.of(StoreError.BUSY);
            default -> Optional.empty();
        };
    }
}
