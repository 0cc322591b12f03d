package dev.tenon.store.internal;

import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Dialect;
import dev.tenon.store.StoreError;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jspecify.annotations.Nullable;

/** Turns what the database throws into the platform's errors. Texts of the database go to the log, not to callers. */
public final class SqlFaults implements ExecuteListener {

    private static final long serialVersionUID = 1L;

    /** H2 has no standard state for a row that changed under a statement. */
    private static final int H2_CONCURRENT_UPDATE = 90131;

    /** How operating systems say that nothing more can be written: the disk, a user's share of it, a file's size. */
    private static final List<String> NO_SPACE = List.of(
            "No space left on device",
            "Disk quota exceeded",
            "File too large",
            "There is not enough space on the disk");

    private final transient Dialect dialect;

    public SqlFaults(Dialect dialect) {
        this.dialect = dialect;
    }

    /** What jOOQ ran has failed. */
    @Override
    public void exception(ExecuteContext context) {
        RuntimeException fault = context.exception();
        if (fault != null) {
            context.exception(translate(fault));
        }
    }

    public PlatformException translate(RuntimeException fault) {
        if (fault instanceof PlatformException known) {
            return known;
        }
        SQLException sql = find(fault);
        if (sql != null) {
            return build(diskIsFull(fault) ? StoreError.DISK_FULL : code(sql), sql, fault);
        }
        return StoreError.FAILURE.error().with("state", "none").causedBy(fault).build();
    }

    public PlatformException translate(SQLException fault) {
        SQLException telling = telling(fault);
        return build(diskIsFull(fault) ? StoreError.DISK_FULL : code(telling), telling, fault);
    }

    private PlatformException build(StoreError code, SQLException telling, Throwable cause) {
        PlatformException.Builder error = code.error()
                .with("state", String.valueOf(telling.getSQLState()))
                .causedBy(cause);
        if (code == StoreError.DUPLICATE) {
            error.with("key", dialect.violatedKey(telling).orElse("?"));
        }
        return error.build();
    }

    private StoreError code(SQLException fault) {
        if (fault.getErrorCode() == H2_CONCURRENT_UPDATE || dialect.planOutdated(fault)) {
            return StoreError.CONFLICT;
        }
        String state = String.valueOf(fault.getSQLState());
        return switch (state) {
            case "23505" -> StoreError.DUPLICATE;
            case "40001", "40P01" -> StoreError.CONFLICT;
            case "55P03", "57014", "HYT00", "53300" -> StoreError.BUSY;
            case "22001", "22003", "22021" -> StoreError.VALUE_OUT_OF_RANGE;
            case "53100" -> StoreError.DISK_FULL;
            case "57P01", "57P02", "57P03" -> StoreError.CONNECTION_LOST;
            default -> {
                // The pool gives up with the state of its last attempt to connect, where there was one.
                if (state.startsWith("08") || ClosedDatabase.caused(fault)) {
                    yield StoreError.CONNECTION_LOST;
                }
                yield fault instanceof SQLTransientConnectionException ? StoreError.BUSY : StoreError.FAILURE;
            }
        };
    }

    /** Whether something in the chain of causes says so: neither H2 nor Java has a type for it. */
    public static boolean diskIsFull(Throwable fault) {
        for (Throwable at = fault; at != null; at = at.getCause()) {
            String message = String.valueOf(at.getMessage());
            if (at instanceof IOException && NO_SPACE.stream().anyMatch(message::contains)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable SQLException find(Throwable fault) {
        for (Throwable at = fault; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                return telling(sql);
            }
        }
        return null;
    }

    /** A batch's exception only counts; what went wrong is in the next one. */
    private static SQLException telling(SQLException fault) {
        SQLException next = fault.getNextException();
        return fault instanceof java.sql.BatchUpdateException && next != null ? next : fault;
    }
}
