package dev.tenon.store;

import com.zaxxer.hikari.HikariConfig;
import dev.tenon.store.internal.ClosedDatabase;
import dev.tenon.store.schema.ColumnType;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.api.ErrorCode;
import org.jooq.DataType;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.SelectForUpdateStep;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** H2 in file mode: the embedded default. Safe against a killed process, not against a power failure. */
public final class H2Dialect implements Dialect {

    static final String URL_PREFIX = "jdbc:h2:file:";

    /**
     * Without the first, a killed process loses commits that were acknowledged. The second is longer than H2's own reading
     * without a transaction takes (statistics after a commit): what it reads must not be freed under it.
     */
    private static final String DURABILITY = ";WRITE_DELAY=0;RETENTION_TIME=5000";

    /** The pool closes the database, in order, not a shutdown hook at some moment. Statements repeat: keep them parsed. */
    private static final String LIFE = ";DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000;QUERY_CACHE_SIZE=256";

    /** Unquoted names, words and sort order of empty values as on PostgreSQL, so that one SQL text serves both. */
    private static final String LIKE_POSTGRES =
            ";DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;NON_KEYWORDS=KEY,VALUE";

    /** H2 counts a varchar's length in UTF-16 units, the platform in code points. */
    private static final int UNITS_PER_CODE_POINT = 2;

    private static final int MAX_VARCHAR = 1_048_576;

    private static final Pattern VIOLATED_INDEX =
            Pattern.compile("violation: \"(?:[^\"]*\\.)?\"?([A-Za-z0-9_]+)\"? ON ");

    H2Dialect() {}

    @Override
    public SQLDialect jooq() {
        return SQLDialect.H2;
    }

    @Override
    public boolean transactionalSchemaChanges() {
        return false;
    }

    @Override
    public void prepare(DatabaseSettings settings, HikariConfig pool) {
        String url = settings.url();
        int parameters = url.indexOf(';');
        String name = url.substring(URL_PREFIX.length(), parameters < 0 ? url.length() : parameters);
        Path file = (name.startsWith("~/")
                        ? Path.of(System.getProperty("user.home"), name.substring(2))
                        : Path.of(name))
                .toAbsolutePath()
                .normalize();
        DataFolder.open(file.getParent() == null ? file : file.getParent());
        pool.setJdbcUrl("jdbc:h2:file:" + file + DURABILITY + LIFE + LIKE_POSTGRES);
        pool.setConnectionInitSql("SET TIME ZONE 'UTC'");
        pool.setExceptionOverrideClassName(ClosedDatabase.class.getName());
    }

    @Override
    public void prepareCounters(HikariConfig pool) {}

    @Override
    public DataType<?> columnType(ColumnType type) {
        return switch (type) {
            case ColumnType.Text(int length) -> text(length * UNITS_PER_CODE_POINT);
            case ColumnType.Sealed sealed -> text(sealed.characters());
            case ColumnType.Decimal(int precision, int scale) -> SQLDataType.NUMERIC(precision, scale);
            case ColumnType.Simple simple -> simple.standard();
        };
    }

    /** It has one kind of lock: two that refer to the same row take turns, for as long as a save lasts. */
    @Override
    public Select<?> locking(SelectForUpdateStep<?> select, Table<?> table, RowLock lock) {
        return select.forUpdate();
    }

    private static DataType<?> text(int units) {
        return units <= MAX_VARCHAR ? SQLDataType.VARCHAR(units) : SQLDataType.CLOB;
    }

    @Override
    public Optional<String> violatedKey(SQLException violation) {
        Matcher index = VIOLATED_INDEX.matcher(String.valueOf(violation.getMessage()));
        return index.find() ? Optional.of(index.group(1)) : Optional.empty();
    }

    @Override
    public Optional<StoreError> openingFault(SQLException fault) {
        return switch (fault.getErrorCode()) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1 -> Optional.of(StoreError.LOCKED_BY_ANOTHER_PROCESS);
            case ErrorCode.WRONG_USER_OR_PASSWORD -> Optional.of(StoreError.ACCESS_DENIED);
            case ErrorCode.FILE_CORRUPTED_1, ErrorCode.FILE_ENCRYPTION_ERROR_1 -> Optional.of(StoreError.DATA_DAMAGED);
            case ErrorCode.FILE_VERSION_ERROR_1 -> Optional.of(StoreError.DATA_NEWER);
            default -> Optional.empty();
        };
    }
}
