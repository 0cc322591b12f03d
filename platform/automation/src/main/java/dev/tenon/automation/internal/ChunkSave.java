package dev.tenon.automation.internal;

import dev.tenon.automation.ImportStatus.RowError;
import dev.tenon.automation.internal.RowReading.CellFault;
import dev.tenon.automation.internal.RowReading.Read;
import dev.tenon.automation.port.ImportStore.Job;
import dev.tenon.automation.port.ImportStore.Progress;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RowOutcome;
import dev.tenon.sdk.error.PlatformException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Saves one chunk. Progress always counts the first rows of the chunk, so that an import that is taken up again begins
 * exactly behind what was kept: new records and the progress over them are one transaction, and an update that is done
 * twice does nothing the second time.
 */
final class ChunkSave {

    private final RecordSession session;
    private final Job job;
    private final List<Read> rows;
    private final Locale locale;
    private final Function<String, String> title;
    private final Predicate<Progress> advance;
    private final Result[] results;
    private int told;
    private boolean goOn = true;

    /** @param advance keeps progress, in the thread's transaction; false to stop */
    ChunkSave(
            RecordSession session,
            Job job,
            List<Read> rows,
            Locale locale,
            Function<String, String> title,
            Predicate<Progress> advance) {
        this.session = session;
        this.job = job;
        this.rows = rows;
        this.locale = locale;
        this.title = title;
        this.advance = advance;
        this.results = new Result[rows.size()];
    }

    /** What became of a row. */
    private sealed interface Result {
        record Created() implements Result {}

        record Updated() implements Result {}

        record Rejected(List<RowError> errors) implements Result {}
    }

    /** False when somebody wanted the import to stop. */
    boolean run() {
        KeyLookup keys = job.keyField().isEmpty() ? null : new KeyLookup(session, job.object(), job.keyField());
        if (keys != null) {
            keys.prepare(rows);
        }
        List<Integer> creates = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Read row = rows.get(i);
            if (keys != null && keys.repeats(row)) {
                // The record that an earlier row of this very chunk makes must exist before it can be found.
                create(creates);
                keys.prepare(List.of(row));
            }
            place(i, row, keys, creates);
        }
        create(creates);
        tell(rows.size());
        return goOn;
    }

    private void place(int index, Read row, @Nullable KeyLookup keys, List<Integer> creates) {
        if (!row.faults().isEmpty()) {
            results[index] = new Result.Rejected(cellErrors(row));
            return;
        }
        if (keys == null) {
            creates.add(index);
            return;
        }
        try {
            Optional<UUID> existing = keys.find(row);
            if (existing.isEmpty()) {
                creates.add(index);
            } else {
                session.update(job.object(), existing.get(), Optional.empty(), keys.changes(row));
                results[index] = new Result.Updated();
            }
        } catch (PlatformException fault) {
            results[index] = rejected(row, fault);
        }
    }

    private Result rejected(Read row, PlatformException fault) {
        if (ImportRun.passesBy(fault)) {
            throw new Interrupted(fault);
        }
        return new Result.Rejected(Faults.of(row.line(), fault, locale, title));
    }

    /** The row is not bad, the time is: the chunk is tried again later. */
    static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Interrupted(PlatformException cause) {
            super(cause);
        }
    }

    private void create(List<Integer> creates) {
        if (creates.isEmpty()) {
            return;
        }
        List<Integer> indexes = List.copyOf(creates);
        creates.clear();
        List<Map<String, @Nullable Object>> values = new ArrayList<>();
        indexes.forEach(i -> values.add(rows.get(i).values()));
        int toldBefore = told;
        session.importRows(job.object(), values, (first, outcomes) -> {
            for (int i = 0; i < outcomes.size(); i++) {
                int index = indexes.get(first + i);
                results[index] = switch (outcomes.get(i)) {
                    case RowOutcome.Saved ignored -> new Result.Created();
                    case RowOutcome.Rejected(PlatformException fault) -> rejected(rows.get(index), fault);
                };
            }
            // Told again where the transaction was lost and is tried again: what was told then is not kept.
            told = first == 0 ? toldBefore : indexes.get(first - 1) + 1;
            int last = first + outcomes.size() - 1;
            tell(last < 0 ? told : indexes.get(last) + 1);
        });
    }

    /** Keeps the progress over the rows before {@code end} that are not told yet. */
    private void tell(int end) {
        if (end <= told) {
            return;
        }
        long created = 0;
        long updated = 0;
        long rejected = 0;
        List<RowError> errors = new ArrayList<>();
        for (int i = told; i < end; i++) {
            switch (results[i]) {
                case Result.Created ignored -> created++;
                case Result.Updated ignored -> updated++;
                case Result.Rejected(List<RowError> faults) -> {
                    rejected++;
                    errors.addAll(faults);
                }
            }
        }
        goOn = advance.test(new Progress(end - told, created, updated, rejected, errors));
        told = end;
    }

    private List<RowError> cellErrors(Read row) {
        List<RowError> errors = new ArrayList<>();
        for (CellFault cell : row.faults()) {
            for (RowError error : Faults.of(row.line(), cell.fault(), locale, title)) {
                // The cell is known; what the error calls the field is for people.
                String column = cell.field().isEmpty() ? error.column() : title.apply(cell.field());
                errors.add(new RowError(error.line(), column, error.code(), error.message()));
            }
        }
        return errors;
    }
}
