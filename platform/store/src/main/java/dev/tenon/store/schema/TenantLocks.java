package dev.tenon.store.schema;

import dev.tenon.store.Database;
import dev.tenon.store.H2Dialect;
import dev.tenon.store.PostgresDialect;
import dev.tenon.store.StoreError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/** One schema change of a tenant at a time, in this process and among all nodes on one PostgreSQL. */
final class TenantLocks {

    /** Apart from other users of advisory locks in the same database. */
    private static final int LOCK_SPACE = 0x7E4014;

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Database database;

    TenantLocks(Database database) {
        this.database = database;
    }

    <T> T holding(String tenant, Supplier<T> work) {
        return holding(tenant, PATIENCE, work)
                .orElseThrow(() -> StoreError.BUSY
                        .error()
                        .with("state", "schema change of " + tenant)
                        .build());
    }

    /** Does the work unless another node is at the tenant's tables; false when it is. */
    boolean holdingIfFree(String tenant, Runnable work) {
        return holding(tenant, Duration.ZERO, () -> {
                    work.run();
                    return true;
                })
                .orElse(false);
    }

    private <T> Optional<T> holding(String tenant, Duration patience, Supplier<T> work) {
        if (database.transactions().active()) {
            throw new IllegalStateException("a schema change commits by itself, it cannot be part of a transaction");
        }
        Lock lock = database.schemaChangeLock(tenant);
        Semaphore slots = database.schemaChangeSlots();
        lock.lock();
        slots.acquireUninterruptibly();
        try {
            return switch (database.dialect()) {
                // No other process can have the file open.
                case H2Dialect h2 -> Optional.of(work.get());
                case PostgresDialect postgres -> holdingAmongNodes(tenant, patience, work);
            };
        } finally {
            slots.release();
            lock.unlock();
        }
    }

    /** The lock belongs to a connection: should this process die, the database lets go of it. */
    private <T> Optional<T> holdingAmongNodes(String tenant, Duration patience, Supplier<T> work) {
        try (Connection connection = database.dataSource().getConnection()) {
            long deadline = System.nanoTime() + patience.toNanos();
            while (!call(connection, "select pg_try_advisory_lock(?, ?)", tenant)) {
                if (System.nanoTime() > deadline) {
                    return Optional.empty();
                }
                Thread.sleep(PAUSE);
            }
            try {
                return Optional.of(work.get());
            } finally {
                call(connection, "select pg_advisory_unlock(?, ?)", tenant);
            }
        } catch (SQLException e) {
            throw database.translate(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StoreError.BUSY
                    .error()
                    .with("state", "interrupted")
                    .causedBy(e)
                    .build();
        }
    }

    private static boolean call(Connection connection, String sql, String tenant) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, LOCK_SPACE);
            statement.setInt(2, tenant.hashCode());
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }
}
