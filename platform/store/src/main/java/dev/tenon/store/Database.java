package dev.tenon.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.internal.PlatformTables;
import dev.tenon.store.internal.RunningStatements;
import dev.tenon.store.internal.SqlFaults;
import dev.tenon.store.schema.SchemaGate;
import dev.tenon.store.sql.ExpressionSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jooq.ConnectionProvider;
import org.jooq.DSLContext;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * An open database with the platform's own tables in it. Safe for use by several threads.
 *
 * <p>{@link #dsl} and {@link #withConnection} work in the thread's transaction when there is one, else each statement
 * commits by itself.
 */
public final class Database implements AutoCloseable {

    /** Keeps a connection from collecting the catalogue of every tenant's tables it ever touched. */
    private static final Duration CONNECTION_LIFE = Duration.ofMinutes(10);

    /** How long a connection that nobody needs is kept. */
    private static final Duration IDLE = Duration.ofMinutes(5);

    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(10);

    /** The one that holds the tenant's lock among nodes, and those that Flyway works with. */
    private static final int CONNECTIONS_OF_A_CHANGE = 4;

    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    private final String address;
    private final Dialect dialect;
    private final HikariDataSource pool;
    private final HikariDataSource counters;
    private final DSLContext dsl;
    private final SqlFaults faults;
    private final Transactions transactions;
    private final RunningStatements runningStatements = new RunningStatements();
    private final ConcurrentHashMap<String, Lock> schemaChanges = new ConcurrentHashMap<>();
    private final Semaphore schemaChangeSlots;
    private final SchemaGate schemaGate;

    private Database(String address, Dialect dialect, HikariDataSource pool, HikariDataSource counters) {
        this.address = address;
        this.dialect = dialect;
        this.pool = pool;
        this.counters = counters;
        this.schemaChangeSlots = new Semaphore(
                switch (dialect) {
                    case H2Dialect h2 -> 1;
                    case PostgresDialect postgres -> Math.max(1, pool.getMaximumPoolSize() / CONNECTIONS_OF_A_CHANGE);
                });
        this.schemaGate = new SchemaGate(dialect);
        this.faults = new SqlFaults(dialect);
        this.transactions = new Transactions(new DataSourceTransactionManager(pool), faults);
        Settings settings = new Settings()
                .withExecuteLogging(false)
                .withFetchWarnings(false)
                .withRenderQuotedNames(RenderQuotedNames.ALWAYS)
                .withReflectionCaching(true);
        this.dsl = DSL.using(new DefaultConfiguration()
                .set(dialect.jooq())
                .set(settings)
                .set(new ThreadBound(pool))
                .set(transactions.forJooq())
                .set(
                        new DefaultExecuteListenerProvider(faults),
                        new DefaultExecuteListenerProvider(runningStatements)));
    }

    /** Opens the database and brings the platform's tables to this program's version. */
    public static Database open(DatabaseSettings settings) {
        return open(settings, UnaryOperator.identity());
    }

    /** @param watching put around the driver, for example to count or to log what is sent to the database */
    public static Database open(DatabaseSettings settings, UnaryOperator<DataSource> watching) {
        Dialect dialect = Dialect.of(settings);
        HikariConfig main = configure(dialect, settings, "tenon", settings.poolSize());
        HikariDataSource pool = connect(dialect, settings, main, watching);
        try {
            // Numbers are taken outside of the transaction that uses them; a pool of their own cannot run dry in a
            // deadlock.
            HikariConfig second = configure(dialect, settings, "tenon-counters", 1);
            dialect.prepareCounters(second);
            HikariDataSource counters = connect(dialect, settings, second, watching);
            try {
                Database database = new Database(settings.shownUrl(), dialect, pool, counters);
                PlatformTables.migrate(pool, settings.shownUrl());
                prepareExpressions(database);
                return database;
            } catch (RuntimeException e) {
                counters.close();
                throw e;
            }
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static void prepareExpressions(Database database) {
        try {
            ExpressionSql.install(database.dsl());
        } catch (IllegalStateException e) {
            throw StoreError.DATABASE_UNSUITABLE
                    .error()
                    .with("reason", String.valueOf(e.getMessage()))
                    .causedBy(e)
                    .build();
        }
    }

    private static HikariConfig configure(Dialect dialect, DatabaseSettings settings, String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(size, 2));
        if (size > config.getMinimumIdle()) {
            config.setIdleTimeout(IDLE.toMillis());
        }
        config.setMaxLifetime(CONNECTION_LIFE.toMillis());
        config.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setInitializationFailTimeout(1);
        dialect.prepare(settings, config);
        return config;
    }

    private static HikariDataSource connect(
            Dialect dialect, DatabaseSettings settings, HikariConfig config, UnaryOperator<DataSource> watching) {
        // The pool would log a first connection that fails with a stack trace; who starts the program needs one
        // sentence.
        DataSource driver = new DriverDataSource(
                config.getJdbcUrl(),
                null,
                config.getDataSourceProperties(),
                config.getUsername(),
                config.getPassword());
        try (Connection _ = driver.getConnection()) {
            config.setDataSource(watching.apply(driver));
            return new HikariDataSource(config);
        } catch (SQLException | RuntimeException e) {
            throw openingError(dialect, settings, e);
        }
    }

    private static PlatformException openingError(Dialect dialect, DatabaseSettings settings, Exception fault) {
        if (fault instanceof PlatformException known) {
            return known;
        }
        StoreError code = StoreError.UNREACHABLE;
        String reason = String.valueOf(fault.getMessage());
        for (Throwable at = fault; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                reason = String.valueOf(sql.getMessage());
                code = dialect.openingFault(sql).orElse(code);
            }
        }
        return code.error()
                .with("url", settings.shownUrl())
                .with("place", settings.shownUrl())
                .with("found", reason)
                .with("user", settings.user())
                .with("reason", reason)
                .causedBy(fault)
                .build();
    }

    /** Where the database is, as it may be shown. */
    public String address() {
        return address;
    }

    public Dialect dialect() {
        return dialect;
    }

    /** jOOQ on the thread's transaction, or on a connection of its own for each statement. */
    public DSLContext dsl() {
        return dsl;
    }

    /** What lets the statement of a thread be stopped by another one. */
    public RunningStatements runningStatements() {
        return runningStatements;
    }

    public Transactions transactions() {
        return transactions;
    }

    /** The pool itself, for libraries that bring their own SQL. */
    public DataSource dataSource() {
        return pool;
    }

    /** The single connection that numbers are taken with. */
    public DataSource counterSource() {
        return counters;
    }

    /** The thread's connection for plain JDBC; not to be closed by the work. */
    public <T extends @Nullable Object> T withConnection(ConnectionWork<T> work) {
        Connection connection = connection();
        try {
            return work.with(connection);
        } catch (SQLException e) {
            throw faults.translate(e);
        } finally {
            DataSourceUtils.releaseConnection(connection, pool);
        }
    }

    private Connection connection() {
        try {
            return DataSourceUtils.getConnection(pool);
        } catch (CannotGetJdbcConnectionException e) {
            throw faults.translate(e);
        }
    }

    /** Something done with a connection. */
    @FunctionalInterface
    public interface ConnectionWork<T extends @Nullable Object> {
        T with(Connection connection) throws SQLException;
    }

    /** Held in this process while a tenant's tables are being changed. */
    public Lock schemaChangeLock(String tenant) {
        return schemaChanges.computeIfAbsent(tenant, t -> new ReentrantLock());
    }

    /**
     * How many tenants' tables may change at the same moment. H2 locks one catalogue for all schemas and gives up after a
     * moment; on PostgreSQL a change takes several connections, which others must find as well.
     */
    public Semaphore schemaChangeSlots() {
        return schemaChangeSlots;
    }

    /** What keeps work on records apart from changes of their tables. */
    public SchemaGate schemaGate() {
        return schemaGate;
    }

    /** The platform's error for what a library's own use of {@link #dataSource} threw. */
    public PlatformException translate(SQLException fault) {
        return faults.translate(fault);
    }

    @Override
    public void close() {
        counters.close();
        pool.close();
    }

    /** Hands jOOQ the connection that Spring has bound to the thread. */
    private record ThreadBound(DataSource pool) implements ConnectionProvider {
        @Override
        public Connection acquire() {
            return DataSourceUtils.getConnection(pool);
        }

        @Override
        public void release(Connection connection) {
            DataSourceUtils.releaseConnection(connection, pool);
        }
    }
}
