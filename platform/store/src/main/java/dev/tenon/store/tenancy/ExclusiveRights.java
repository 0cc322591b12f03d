package dev.tenon.store.tenancy;

import static dev.tenon.store.tenancy.TenancyTables.NAME;
import static dev.tenon.store.tenancy.TenancyTables.RIGHT;

import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.StoreError;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jooq.impl.DSL;

/**
 * The right to be the only one who does something, as a locked row: the database lets go of it when the connection, and so
 * when the process ends.
 */
final class ExclusiveRights {

    private static final Duration PAUSE = Duration.ofMillis(50);

    /** Each right holds a connection; the work needs others, so a pool must never be full of rights. */
    private static final int AT_ONCE = 4;

    private final Database database;
    private final ConcurrentHashMap<String, Semaphore> here = new ConcurrentHashMap<>();
    private final Semaphore all = new Semaphore(AT_ONCE, true);

    ExclusiveRights(Database database) {
        this.database = database;
    }

    <T> Optional<T> holding(String name, Duration patience, Supplier<T> work) {
        if (database.transactions().active()) {
            throw new IllegalStateException("a right is taken before a transaction begins, not inside of one");
        }
        long deadline = System.nanoTime() + patience.toNanos();
        Semaphore own = here.computeIfAbsent(name, n -> new Semaphore(1, true));
        if (!taken(own, deadline)) {
            return Optional.empty();
        }
        try {
            if (!taken(all, deadline)) {
                return Optional.empty();
            }
            try {
                return holdingAmongNodes(name, deadline, work);
            } finally {
                all.release();
            }
        } finally {
            own.release();
        }
    }

    private <T> Optional<T> holdingAmongNodes(String name, long deadline, Supplier<T> work) {
        addRow(name);
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try {
                while (!lock(connection, name)) {
                    connection.rollback();
                    if (System.nanoTime() >= deadline) {
                        return Optional.empty();
                    }
                    Thread.sleep(PAUSE);
                }
                // Ends the statement that took the lock for good: PostgreSQL keeps what it saw until the next one
                // comes, and
                // an index that the work builds concurrently would wait for that for ever.
                connection.setSavepoint();
                return Optional.of(work.get());
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw database.translate(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private boolean lock(Connection connection, String name) {
        return DSL.using(connection, database.dialect().jooq())
                .select(NAME)
                .from(RIGHT)
                .where(NAME.eq(name))
                .forUpdate()
                .skipLocked()
                .fetchOptional()
                .isPresent();
    }

    private void addRow(String name) {
        if (database.dsl().fetchExists(RIGHT, NAME.eq(name))) {
            return;
        }
        try {
            database.dsl().insertInto(RIGHT).set(NAME, name).execute();
        } catch (PlatformException raced) {
            if (raced.code() != StoreError.DUPLICATE) {
                throw raced;
            }
        }
    }

    private static boolean taken(Semaphore semaphore, long deadline) {
        try {
            return semaphore.tryAcquire(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
