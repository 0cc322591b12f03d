package dev.tenon.automation.internal;

import dev.tenon.automation.ImportStatus.RowError;
import dev.tenon.automation.Imports.Mode;
import dev.tenon.automation.internal.RowReading.CellFault;
import dev.tenon.automation.internal.RowReading.Read;
import dev.tenon.automation.port.ImportStore.Job;
import dev.tenon.automation.port.ImportStore.Progress;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RowOutcome;
import dev.tenon.records.TriedRows.Tried;
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
    private final @Nullable KeyLookup keys;
    private final @Nullable TriedFile tried;
    private int told;
    private boolean goOn = true;

    /**
     * @param tried what a dry run has tried; null for an import
     * @param advance keeps progress, in the thread's transaction; false to stop
     */
    ChunkSave(
            RecordSession session,
            Job job,
            List<Read> rows,
            Locale locale,
            Function<String, String> title,
            @Nullable TriedFile tried,
            Predicate<Progress> advance) {
        this.session = tried == null ? session : session.trying(tried);
        this.tried = tried;
        this.job = job;
        this.rows = rows;
        this.locale = locale;
        this.title = title;
        this.advance = advance;
        this.results = new Result[rows.size()];
        this.keys = job.mode() == Mode.INSERT ? null : new KeyLookup(session, job.object(), job.keyField());
    }

    /** What became of a row. */
    private sealed interface Result {
        record Created() implements Result {}

        record Updated() implements Result {}

        record Rejected(List<RowError> errors) implements Result {}
    }

    /** Ends a transaction that was only to show what would happen. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<RowOutcome> outcomes;

        private Undone(List<RowOutcome> outcomes) {
            super(null, null, false, false);
            this.outcomes = outcomes;
        }
    }

    /** False when somebody wanted the import to stop. */
    boolean run() {
        if (keys != null) {
            keys.prepare(rows);
        }
        List<Integer> creates = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Read row = rows.get(i);
            boolean repeats = keys != null && keys.repeats(row);
            if (keys != null && repeats) {
                // The record that an earlier row of this very chunk makes must exist before it can be found.
                create(creates);
                keys.prepare(List.of(row));
            }
            place(i, row, repeats, creates);
        }
        create(creates);
        tell(rows.size());
        return goOn;
    }

    private void place(int index, Read row, boolean repeats, List<Integer> creates) {
        if (!row.faults().isEmpty()) {
            results[index] = new Result.Rejected(cellErrors(row));
            return;
        }
        if (keys == null) {
            creates.add(index);
            return;
        }
        try {
            Optional<UUID> existing = keys.find(row, job.mode());
            if (existing.isPresent()) {
                update(existing.get(), keys.changes(row));
                results[index] = new Result.Updated();
            } else if (wouldBeFound(row, repeats)) {
                results[index] = new Result.Updated();
            } else {
                creates.add(index);
            }
        } catch (PlatformException fault) {
            results[index] = rejected(row, fault);
        }
    }

    private void update(UUID id, Map<String, @Nullable Object> changes) {
        if (!job.dryRun()) {
            session.update(job.object(), id, Optional.empty(), changes);
            return;
        }
        try {
            session.inTransaction(() -> {
                session.update(job.object(), id, Optional.empty(), changes);
                throw new Undone(List.of());
            });
        } catch (Undone wouldBeUpdated) {
            return;
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
        indexes.forEach(i -> values.add(keys == null ? rows.get(i).values() : keys.values(rows.get(i))));
        if (job.dryRun()) {
            tryCreate(indexes, values);
            return;
        }
        int toldBefore = told;
        session.importRows(job.object(), values, (first, outcomes) -> {
            for (int i = 0; i < outcomes.size(); i++) {
                note(indexes.get(first + i), outcomes.get(i));
            }
            // Told again where the transaction was lost and is tried again: what was told then is not kept.
            told = first == 0 ? toldBefore : indexes.get(first - 1) + 1;
            int last = first + outcomes.size() - 1;
            tell(last < 0 ? told : indexes.get(last) + 1);
        });
    }

    private void note(int index, RowOutcome outcome) {
        results[index] = switch (outcome) {
            case RowOutcome.Saved(UUID id) -> created(rows.get(index), id);
            case RowOutcome.Rejected(PlatformException fault) -> rejected(rows.get(index), fault);
        };
    }

    private Result created(Read row, UUID id) {
        if (tried != null) {
            tried.keep(id);
            if (keys != null) {
                keys.hash(row).ifPresent(key -> tried.keep(new Tried(key, id, "", List.of())));
            }
        }
        return new Result.Created();
    }

    /** Whether the row would find the record that an earlier one would have made. */
    private boolean wouldBeFound(Read row, boolean repeats) {
        return tried != null
                && (repeats
                        || keys != null
                                && keys.hash(row)
                                        .filter(key ->
                                                !tried.under(List.of(key)).isEmpty())
                                        .isPresent());
    }

    /** All at once; where a row spoils the transaction of the others, one after the other. */
    private void tryCreate(List<Integer> indexes, List<Map<String, @Nullable Object>> values) {
        int done = 0;
        while (done < indexes.size()) {
            int end = done == 0 ? values.size() : done + 1;
            for (RowOutcome outcome : tried(values.subList(done, end))) {
                note(indexes.get(done++), outcome);
            }
        }
    }

    private List<RowOutcome> tried(List<Map<String, @Nullable Object>> values) {
        try {
            session.importRows(job.object(), values, (first, outcomes) -> {
                throw new Undone(outcomes);
            });
        } catch (Undone undone) {
            return undone.outcomes;
        }
        throw new IllegalStateException("rows are told of before they are kept");
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
        goOn = advance.test(new Progress(
                end - told, created, updated, rejected, errors, tried == null ? List.of() : tried.ofChunk()));
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
