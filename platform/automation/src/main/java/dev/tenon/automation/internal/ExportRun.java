package dev.tenon.automation.internal;

import dev.tenon.access.Identity;
import dev.tenon.automation.AutomationError;
import dev.tenon.automation.ExportStatus.State;
import dev.tenon.automation.internal.table.RowSink;
import dev.tenon.automation.port.ExportFiles;
import dev.tenon.automation.port.ExportQuery;
import dev.tenon.automation.port.ExportQuery.Chunk;
import dev.tenon.automation.port.ExportStore;
import dev.tenon.automation.port.ExportStore.Ended;
import dev.tenon.automation.port.ExportStore.Job;
import dev.tenon.automation.port.ExportStore.Reached;
import dev.tenon.automation.port.ImportStore.Standing;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One export from where it stands to its end. Rows are read page by page into a file whose length is told with the place of
 * the last row, so that another node goes on exactly there; then the file that the person gets is written from it at one
 * go, because a workbook cannot be gone on with in the middle.
 */
final class ExportRun {

    private static final int ROWS_BETWEEN_SIGNS = 20_000;

    private final ExportStore store;
    private final ExportFiles files;
    private final ExportQuery query;
    private final Duration kept;
    private final Node node;
    private final Identity identity;
    private final Job job;
    private @Nullable Standing standing;

    ExportRun(
            ExportStore store,
            ExportFiles files,
            ExportQuery query,
            Duration kept,
            Node node,
            Identity identity,
            Job job) {
        this.store = store;
        this.files = files;
        this.query = query;
        this.kept = kept;
        this.node = node;
        this.identity = identity;
        this.job = job;
    }

    /** Empty when it is no longer this node's to end. */
    Optional<Ended> run() {
        try {
            Reached reached = read();
            return reached == null ? left() : write(reached);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Why the work ended in the middle. */
    private Optional<Ended> left() {
        return standing == Standing.STOP
                ? Optional.of(new Ended(State.CANCELED, null, 0, 0, node.now(), null))
                : Optional.empty();
    }

    private @Nullable Reached read() throws IOException {
        Reached from = job.reached();
        Optional<OutputStream> spool = files.append(identity.tenant(), job.id(), from.rowBytes());
        if (spool.isEmpty()) {
            // The rows are gone with the disk of another machine: they are read again.
            from = Reached.NOTHING;
            spool = files.append(identity.tenant(), job.id(), 0);
        }
        try (Counted spooled = new Counted(spool.orElseThrow());
                DataOutputStream out = new DataOutputStream(spooled)) {
            return read(from, spooled, out);
        }
    }

    /** The list is opened for each page: a person who loses a right in the middle gets nothing more by it. */
    private @Nullable Reached read(Reached from, Counted spooled, DataOutputStream out) throws IOException {
        Reached at = from;
        boolean more = true;
        while (more) {
            ExportQuery.Reading reading = query.open(
                    identity,
                    job.request().object(),
                    job.request().query(),
                    job.request().technicalNames());
            List<String> titles = reading.titles();
            if (!at.titles().isEmpty() && !at.titles().equals(titles)) {
                throw AutomationError.EXPORT_CHANGED.error().build();
            }
            Chunk chunk = reading.read(at.place(), at.total() < 0);
            for (List<@Nullable Object> row : chunk.rows()) {
                SpooledRows.write(out, row);
            }
            out.flush();
            at = new Reached(
                    at.total() < 0 ? chunk.total() : at.total(),
                    at.processed() + chunk.rows().size(),
                    titles,
                    chunk.last(),
                    from.rowBytes() + spooled.count);
            more = chunk.more();
            if (!goesOn(store.advance(identity.tenant(), job.id(), node.name(), at, node.claim()))) {
                return null;
            }
        }
        return at;
    }

    private boolean goesOn(Standing found) {
        standing = found;
        if (found == Standing.GO_ON && node.stops()) {
            store.release(identity.tenant(), job.id(), node.name());
            standing = Standing.LOST;
        }
        return standing == Standing.GO_ON;
    }

    private Optional<Ended> write(Reached reached) throws IOException {
        Counted counted = new Counted(files.finish(identity.tenant(), job.id()));
        RowSink written;
        try (counted;
                DataInputStream rows =
                        new DataInputStream(new BufferedInputStream(files.rows(identity.tenant(), job.id())));
                RowSink sink = StoredExports.format(job.request()).write(counted)) {
            sink.row(reached.titles());
            long count = 0;
            for (List<@Nullable Object> row = SpooledRows.read(rows); row != null; row = SpooledRows.read(rows)) {
                sink.row(row);
                if (++count % ROWS_BETWEEN_SIGNS == 0
                        && !goesOn(store.keep(identity.tenant(), job.id(), node.name(), node.claim()))) {
                    return left();
                }
            }
            written = sink;
        }
        Instant now = node.now();
        return Optional.of(new Ended(State.DONE, null, written.altered(), counted.count, now, now.plus(kept)));
    }

    /** Knows how long the file has become. */
    private static final class Counted extends BufferedOutputStream {
        private long count;

        private Counted(OutputStream out) {
            super(out);
        }

        @Override
        public synchronized void write(int b) throws IOException {
            count++;
            super.write(b);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) throws IOException {
            count += length;
            super.write(bytes, from, length);
        }
    }
}
