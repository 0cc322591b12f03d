package dev.tenon.store.records;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A look-up for each record that is locked with what holds it. Where a database takes several statements as one message it goes
 * with the one that locks the row, behind it: so it sees what was committed while that one waited, and costs no way of its
 * own.
 */
public interface LockCompanion {

    /** The statement. */
    String text(String tenant);

    /** Binds its values from an index on. */
    void bind(PreparedStatement statement, int first, String object, UUID id) throws SQLException;

    /** Its answer, in the transaction that holds the lock now. */
    void found(String tenant, UUID id, ResultSet rows) throws SQLException;
}
