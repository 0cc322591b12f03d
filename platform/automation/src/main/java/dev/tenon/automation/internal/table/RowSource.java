package dev.tenon.automation.internal.table;

import java.util.Iterator;

/** The rows of a file one after the other, the titles first; only one row is held at a time. */
public interface RowSource extends Iterator<TableRow>, AutoCloseable {

    /** Throws {@code automation.file-malformed} where the file cannot be read on. */
    @Override
    TableRow next();

    @Override
    void close();
}
