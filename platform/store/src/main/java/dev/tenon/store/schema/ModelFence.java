package dev.tenon.store.schema;

import dev.tenon.metadata.model.Model;
import dev.tenon.store.Database;
import dev.tenon.store.H2Dialect;
import dev.tenon.store.PostgresDialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps saves and the switch to another model apart, on all nodes: a save asks at its end for the version in force and
 * holds it to its commit, while a switch waits for the saves that do. So nothing is committed under a model that is not
 * in force any more.
 *
 * <p>Among nodes on one PostgreSQL by its advisory locks, which belong to the transaction and are held for the moment
 * between a save's end and its commit. H2 is open in one process: there the work on records and a switch take turns,
 * and the gate between them knows the version.
 */
public final class ModelFence {

    /** Apart from other users of advisory locks in the same database. */
    private static final int LOCK_SPACE = 0x7E4015;

    /** The first and the last statement of a message that fences what is between them. */
    private static final String BEFORE = "select pg_advisory_xact_lock_shared(?, ?);\n";

    private static final String BEHIND = ";\nselect version from tenon.tenant where tenant = ?";

    /** What a transaction has found already. */
    private record Held(@Nullable Object transaction, String tenant, long version) {}

    private final Database database;
    private final ThreadLocal<@Nullable Held> held = new ThreadLocal<>();

    public ModelFence(Database database) {
        this.database = database;
    }

    /** See {@link dev.tenon.records.port.RecordStore#holdModel}. */
    public boolean hold(Model model) {
        return switch (database.dialect()) {
            case PostgresDialect postgres -> version(model.tenant()) <= model.version();
            case H2Dialect h2 -> database.schemaGate().version(model.tenant()) <= model.version();
        };
    }

    private long version(String tenant) {
        Held known = held.get();
        held.remove();
        boolean fenced = known != null
                && known.transaction() == database.transactions().identity()
                && known.tenant().equals(tenant);
        return fenced ? known.version() : around(tenant, "select 1", (statement, first) -> first);
    }

    /**
     * Runs statements of a save as one message with the fence around them, on PostgreSQL: what {@link #hold} would ask is
     * then known. The last statement sees what was committed while the first one waited.
     */
    public void fencing(String tenant, String statements, Values values) {
        long version = around(tenant, statements, values);
        held.set(new Held(database.transactions().identity(), tenant, version));
    }

    /** Binds the values of statements from an index on, and tells the next one. */
    @FunctionalInterface
    public interface Values {
        int bind(PreparedStatement statement, int first) throws SQLException;
    }

    private long around(String tenant, String statements, Values values) {
        return database.withConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(BEFORE + statements + BEHIND)) {
                statement.setInt(1, LOCK_SPACE);
                statement.setInt(2, tenant.hashCode());
                statement.setString(values.bind(statement, 3), tenant);
                statement.execute();
                return lastNumber(statement);
            }
        });
    }

    /** What the last statement says, the version; 0 for a tenant that is not among the platform's own, whose model never changes. */
    private static long lastNumber(PreparedStatement statement) throws SQLException {
        String last = null;
        while (true) {
            try (ResultSet rows = statement.getResultSet()) {
                if (rows != null) {
                    last = rows.next() ? rows.getString(1) : null;
                }
            }
            if (!statement.getMoreResults() && statement.getUpdateCount() < 0) {
                return last == null ? 0 : Long.parseLong(last);
            }
        }
    }

    /** A transaction that puts another model in force, or fails to. */
    public boolean switching(String tenant, long version, BooleanSupplier work) {
        return switch (database.dialect()) {
            // A save of many records holds the lock for as long as it takes, and others would wait behind the switch.
            case PostgresDialect postgres ->
                GivingWay.doing(() -> database.transactions().inTransaction(() -> {
                    database.dsl().execute(GivingWay.SHORTLY);
                    database.withConnection(connection -> lock(connection, tenant));
                    return work.getAsBoolean();
                }));
            case H2Dialect h2 ->
                database.schemaGate()
                        .switching(
                                tenant,
                                version,
                                () -> database.transactions().inTransaction(() -> work.getAsBoolean()));
        };
    }

    private static boolean lock(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_advisory_xact_lock(?, ?)")) {
            statement.setInt(1, LOCK_SPACE);
            statement.setInt(2, tenant.hashCode());
            return statement.execute();
        }
    }
}
