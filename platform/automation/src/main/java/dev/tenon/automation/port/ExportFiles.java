package dev.tenon.automation.port;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.UUID;

/** Files of exports: the rows that are read so far, and the finished file. All nodes see the same ones. */
public interface ExportFiles {

    /**
     * Goes on writing rows behind the first {@code at} bytes; what is behind them was never told and is cut off. Empty where
     * there are not so many.
     */
    Optional<OutputStream> append(String tenant, UUID id, long at);

    InputStream rows(String tenant, UUID id);

    /** Begins the finished file anew. */
    OutputStream finish(String tenant, UUID id);

    Optional<InputStream> open(String tenant, UUID id);

    /** The rows, which a finished export no longer needs. */
    void removeRows(String tenant, UUID id);

    void remove(String tenant, UUID id);

    /** Removes every file of the tenant. */
    void removeTenant(String tenant);
}
