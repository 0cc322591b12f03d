package dev.tenon.automation.internal.table;

import dev.tenon.automation.port.ExportQuery.Percent;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a table file row by row; closing it completes the file and leaves the stream below open. */
public interface RowSink extends Closeable {

    /**
     * @param cells text, Long, BigDecimal, {@link Percent}, Boolean, LocalDate or OffsetDateTime; null for an empty cell
     */
    void row(List<? extends @Nullable Object> cells) throws IOException;

    /** Characters and cells that the format cannot hold and that were written another way. */
    long altered();
}
