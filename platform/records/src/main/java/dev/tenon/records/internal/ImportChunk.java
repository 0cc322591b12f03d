package dev.tenon.records.internal;

import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.metadata.model.Trigger.Moment;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RowOutcome;
import dev.tenon.sdk.error.PlatformException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Saves one chunk of an import. Rows are checked before anything is written, so that a bad row costs no good one: the bad
 * ones are put aside and the rest is written in one batch. Where only the writing or a trigger shows that a row is bad,
 * the chunk is rolled back and its rows are saved one by one.
 */
final class ImportChunk {

    /** Something failed that may already have written: the transaction has to end. */
    private static final class WriteFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private WriteFailed(PlatformException cause) {
            super(cause);
        }
    }

    private final GuardedSession session;
    private final String object;
    private final List<Map<String, @Nullable Object>> rows;
    private final BiConsumer<Integer, List<RowOutcome>> kept;
    private final Map<Integer, RowOutcome> outcomes = new TreeMap<>();

    ImportChunk(
            GuardedSession session,
            String object,
            List<Map<String, @Nullable Object>> rows,
            BiConsumer<Integer, List<RowOutcome>> kept) {
        this.session = session;
        this.object = object;
        this.rows = List.copyOf(rows);
        this.kept = kept;
    }

    List<RowOutcome> run() {
        Limits.check("import-rows", rows.size(), RecordSession.IMPORT_CHUNK);
        session.access(object);
        if (!session.compiled().access().holds(session.identity(), SystemPermission.IMPORT_DATA)) {
            throw SaveOrder.notAllowed(object, "import");
        }
        if (AutoNumbers.gapless(session.model().requireObject(object))) {
            // A bad row gives its number back only by the end of its own transaction.
            oneByOne();
            return List.copyOf(outcomes.values());
        }
        try {
            outcomes.putAll(session.save(context -> together(context.inChunk())));
        } catch (WriteFailed failed) {
            oneByOne();
        }
        return List.copyOf(outcomes.values());
    }

    private Map<Integer, RowOutcome> together(SaveContext context) {
        Map<Integer, RowOutcome> result = new TreeMap<>();
        SaveOrder order = new SaveOrder(context);
        order.requireCreate(object);
        Map<Integer, Map<String, @Nullable Object>> accepted = accept(context, result);
        Map<Integer, WorkingRecord> records = prepare(context, order, accepted, result);
        check(context, records, result);
        new ImportDuplicates(context, object).reject(records, result);
        duplicates(context, records, result);
        if (records.isEmpty()) {
            kept.accept(0, List.copyOf(result.values()));
            return result;
        }
        Journal journal = new Journal(context);
        List<WorkingRecord> good = List.copyOf(records.values());
        try {
            order.insert(good, journal);
            order.runAfter(Moment.AFTER_CREATE, good, journal);
        } catch (PlatformException fault) {
            throw new WriteFailed(fault);
        }
        journal.write();
        good.forEach(new TriedKeys(context)::note);
        records.forEach((index, record) -> result.put(index, new RowOutcome.Saved(record.id())));
        kept.accept(0, List.copyOf(result.values()));
        return result;
    }

    private Map<Integer, Map<String, @Nullable Object>> accept(SaveContext context, Map<Integer, RowOutcome> result) {
        IncomingValues incoming = new IncomingValues(context);
        Map<Integer, Map<String, @Nullable Object>> accepted = new TreeMap<>();
        for (int i = 0; i < rows.size(); i++) {
            try {
                accepted.put(i, incoming.forCreation(object, rows.get(i)));
            } catch (PlatformException fault) {
                result.put(i, new RowOutcome.Rejected(fault));
            }
        }
        return accepted;
    }

    private Map<Integer, WorkingRecord> prepare(
            SaveContext context,
            SaveOrder order,
            Map<Integer, Map<String, @Nullable Object>> accepted,
            Map<Integer, RowOutcome> result) {
        Map<String, Long> next =
                new AutoNumbers(context).reserve(context.plan(object).type(), accepted.size());
        boolean codeRuns = context.plan(object).triggers().stream()
                .anyMatch(t -> t.trigger().on().contains(Moment.BEFORE_CREATE));
        Map<Integer, WorkingRecord> records = new TreeMap<>();
        prefetch(context, accepted.values());
        for (Integer index : accepted.keySet()) {
            Map<String, @Nullable Object> values = accepted.getOrDefault(index, Map.of());
            try {
                WorkingRecord record = order.prepare(object, values, next);
                order.beforeWrite(record, Moment.BEFORE_CREATE);
                order.guardWhole(record);
                records.put(index, record);
            } catch (PlatformException fault) {
                if (codeRuns) {
                    // The trigger may have saved other records before it failed.
                    throw new WriteFailed(fault);
                }
                result.put(index, new RowOutcome.Rejected(fault));
            }
            next.replaceAll((field, number) -> number + 1);
        }
        return records;
    }

    /** Reads at once what the formulas of all rows will look at. */
    private void prefetch(SaveContext context, Iterable<Map<String, @Nullable Object>> accepted) {
        context.plan(object).formulaHops().forEach(hops -> {
            List<UUID> ids = new ArrayList<>();
            for (Map<String, @Nullable Object> values : accepted) {
                if (values.get(hops.getFirst().lookup()) instanceof UUID id) {
                    ids.add(id);
                }
            }
            context.reader().prefetch(hops.getFirst().target(), ids);
        });
    }

    private static void check(
            SaveContext context, Map<Integer, WorkingRecord> records, Map<Integer, RowOutcome> result) {
        List<Integer> indexes = List.copyOf(records.keySet());
        List<Faults> faults = new RecordChecks(context).checkAll(List.copyOf(records.values()));
        for (int i = 0; i < indexes.size(); i++) {
            try {
                faults.get(i).raise();
            } catch (PlatformException fault) {
                records.remove(indexes.get(i));
                result.put(indexes.get(i), new RowOutcome.Rejected(fault));
            }
        }
    }

    private static void duplicates(
            SaveContext context, Map<Integer, WorkingRecord> records, Map<Integer, RowOutcome> result) {
        DuplicateChecks duplicates = new DuplicateChecks(context);
        duplicates.lock(records.values());
        for (Map.Entry<Integer, WorkingRecord> row : List.copyOf(records.entrySet())) {
            try {
                duplicates.check(row.getValue());
            } catch (PlatformException fault) {
                records.remove(row.getKey());
                result.put(row.getKey(), new RowOutcome.Rejected(fault));
            }
        }
    }

    private void oneByOne() {
        for (int i = 0; i < rows.size(); i++) {
            Map<String, @Nullable Object> row = rows.get(i);
            int index = i;
            try {
                outcomes.put(i, session.save(context -> {
                    RowOutcome saved = new RowOutcome.Saved(new SaveOrder(context).create(object, row));
                    kept.accept(index, List.of(saved));
                    return saved;
                }));
            } catch (PlatformException fault) {
                RowOutcome rejected = new RowOutcome.Rejected(fault);
                outcomes.put(i, rejected);
                kept.accept(index, List.of(rejected));
            }
        }
    }
}
