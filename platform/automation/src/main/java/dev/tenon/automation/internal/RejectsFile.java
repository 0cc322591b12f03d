package dev.tenon.automation.internal;

import dev.tenon.automation.ImportStatus.RowError;
import dev.tenon.automation.Imports;
import dev.tenon.automation.internal.table.RowSink;
import dev.tenon.automation.internal.table.RowSource;
import dev.tenon.automation.internal.table.TableFormat;
import dev.tenon.automation.internal.table.TableRow;
import dev.tenon.automation.port.ImportStore;
import dev.tenon.automation.port.ImportStore.Job;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rejected rows of an import, made again from the kept file: no second copy of anybody's data is stored. */
final class RejectsFile {

    private static final int ERRORS_AT_ONCE = 1000;

    private final ImportStore store;
    private final String tenant;
    private final Job job;
    private final Deque<RowError> errors = new ArrayDeque<>();
    private long readUpTo;
    private boolean more = true;

    RejectsFile(ImportStore store, String tenant, Job job) {
        this.store = store;
        this.tenant = tenant;
        this.job = job;
    }

    void write(InputStream file, OutputStream to) {
        TableFormat format = TableFormat.of(job.form());
        try (RowSource rows = format.read(file);
                RowSink sink = format.write(to)) {
            List<String> header = rows.next().cells();
            int old = header.stream().map(String::strip).toList().indexOf(Imports.ERROR_COLUMN);
            sink.row(row(header, header.size(), old, Imports.ERROR_COLUMN));
            while (rows.hasNext() && peek() != null) {
                TableRow row = rows.next();
                String message = message(row.line());
                if (!message.isEmpty()) {
                    sink.row(row(row.cells(), header.size(), old, message));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> row(List<String> cells, int width, int withoutColumn, String last) {
        List<String> row = new ArrayList<>(width + 1);
        for (int i = 0; i < Math.max(width, cells.size()); i++) {
            if (i != withoutColumn) {
                row.add(i < cells.size() ? cells.get(i) : "");
            }
        }
        row.add(last);
        return row;
    }

    /** What is wrong with the row that begins at the line; empty text for a good one. */
    private String message(long line) {
        StringBuilder text = new StringBuilder();
        for (RowError error = peek(); error != null && error.line() <= line; error = peek()) {
            errors.removeFirst();
            if (error.line() == line) {
                text.append(text.isEmpty() ? "" : "; ")
                        .append(error.column().isEmpty() ? "" : error.column() + ": ")
                        .append(error.message());
            }
        }
        return text.toString();
    }

    private @Nullable RowError peek() {
        if (errors.isEmpty() && more) {
            // Errors of one line are never split: a page that ends inside a line is cut there and the line read again.
            List<RowError> page = store.errors(tenant, job.id(), readUpTo, ERRORS_AT_ONCE);
            more = page.size() == ERRORS_AT_ONCE;
            long last = page.isEmpty() ? readUpTo : page.getLast().line();
            boolean cut = more && page.getFirst().line() < last;
            page.stream().filter(e -> !cut || e.line() < last).forEach(errors::add);
            readUpTo = cut ? last - 1 : last;
        }
        return errors.peekFirst();
    }
}
