package dev.tenon.store.internal;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;
import org.h2.api.ErrorCode;

/**
 * H2 closes a database that it could not write, and opens it again for the next connection. Its codes are none of those
 * by which a pool knows a broken connection, so without this the pool would hand out the dead ones until a restart.
 */
public final class ClosedDatabase implements SQLExceptionOverride {

    private static final Set<Integer> CODES = Set.of(
            ErrorCode.DATABASE_IS_CLOSED,
            ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
            ErrorCode.CONNECTION_BROKEN_1,
            ErrorCode.OBJECT_CLOSED);

    /** Whether the database closed under the statement. */
    static boolean caused(SQLException fault) {
        return CODES.contains(fault.getErrorCode());
    }

    @java.lang.Override
    public Override adjudicate(SQLException fault) {
        return caused(fault) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
