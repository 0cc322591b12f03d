package dev.tenon.records.internal;

import dev.tenon.access.Conditions;
import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.Evaluator;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.metadata.model.Trigger.Moment;
import dev.tenon.records.RecordsError;
import dev.tenon.records.RecycleBin;
import dev.tenon.records.port.RecordStore;
import dev.tenon.records.port.RecordStore.StoredRow;
import dev.tenon.records.port.RecycleBinStore;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordIds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The order of a save, step by step. Runs inside a transaction that the caller has opened; the numbers in the comments
 * are those of {@code docs/main-path.md}.
 */
final class SaveOrder {

    private final SaveContext context;
    private final RecordStore store;
    private final Viewpoint viewpoint;
    private final IncomingValues incoming;
    private final Computation computation;
    private final FieldConditions conditions;
    private final TriggerRunner triggers;
    private final RecordChecks checks;
    private final FileClaims files;
    private final Links links;
    private final DuplicateChecks duplicates;
    private final MatchKeyWriting keys;
    private final Holds holds;

    SaveOrder(SaveContext context) {
        this.context = context;
        this.store = context.ports().store();
        this.viewpoint = context.viewpoint();
        this.incoming = new IncomingValues(context);
        this.computation = new Computation(context);
        this.conditions = new FieldConditions(context);
        this.triggers = new TriggerRunner(context);
        this.checks = new RecordChecks(context);
        this.files = new FileClaims(context);
        this.links = new Links(context);
        this.duplicates = new DuplicateChecks(context);
        this.keys = new MatchKeyWriting(context);
        this.holds = new Holds(context);
    }

    /** Creates a record and returns its id. */
    UUID create(String object, Map<String, @Nullable Object> sent) {
        // 1 object and field permission
        requireCreate(object);
        WorkingRecord record = prepare(object, incoming.forCreation(object, sent), Map.of());
        // 4 before triggers, 5 stored formulas
        beforeWrite(record, Moment.BEFORE_CREATE);
        guardWhole(record);
        // 6 required, references, rules, duplicates
        checks.check(record);
        if (context.tried().isPresent()) {
            new ImportDuplicates(context, object).check(record);
        }
        duplicates.check(record);
        Journal journal = new Journal(context);
        // 7 write, history, roll-ups of parents
        insert(List.of(record), journal);
        // 8 after triggers
        runAfter(Moment.AFTER_CREATE, List.of(record), journal);
        // 9 journal
        journal.write();
        new TriedKeys(context).note(record);
        return record.id();
    }

    ObjectAccess requireCreate(String object) {
        ObjectAccess access = viewpoint.requireAccess(object);
        if (!access.create()) {
            throw notAllowed(object, "create");
        }
        return access;
    }

    /** 3 defaults, auto-numbers. */
    WorkingRecord prepare(String object, Map<String, @Nullable Object> values, Map<String, Long> numbers) {
        UUID id = RecordIds.at(viewpoint.now().toEpochMilli());
        WorkingRecord record = WorkingRecord.creating(context.plan(object), id, context.reader(), viewpoint);
        record.set(SystemField.ID, id);
        record.ask(values);
        links.compare(record);
        computation.fillNew(record, values);
        new AutoNumbers(context).number(record, numbers, values);
        return record;
    }

    void beforeWrite(WorkingRecord record, Moment moment) {
        computation.formulas(record);
        conditions.refuseLocked(record);
        triggers.run(moment, record);
    }

    /** Inserts checked records and carries on what follows from them. */
    void insert(List<WorkingRecord> records, Journal journal) {
        Propagation propagation = new Propagation(context, Set.of());
        Links.Written linked = links.prepare(records);
        propagation.lockAhead(linked.with(records));
        // The locks may have waited for somebody who changed what the formulas read.
        records.forEach(computation::formulas);
        String object = records.getFirst().plan().name();
        try {
            if (records.size() == 1) {
                WorkingRecord record = records.getFirst();
                store.insert(viewpoint.model(), object, record.id(), columns(record));
            } else {
                store.insertAll(
                        viewpoint.model(),
                        object,
                        records.stream()
                                .map(r -> new RecordStore.NewRow(r.id(), columns(r)))
                                .toList());
            }
        } catch (PlatformException fault) {
            throw readable(object, fault);
        }
        keys.inserted(records);
        records.forEach(files::claim);
        records.forEach(r -> context.reader().remember(object, r.id(), r.values()));
        linked.write();
        records.forEach(journal::created);
        propagation.run(linked.with(records).stream().map(RowChange::of).toList());
    }

    void runAfter(Moment moment, List<WorkingRecord> records, Journal journal) {
        if (records.stream().anyMatch(record -> triggers.any(moment, record))) {
            journal.writeHistory();
            records.forEach(record -> triggers.run(moment, record));
        }
    }

    static Map<String, @Nullable Object> columns(WorkingRecord record) {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        record.plan().type().fields().forEach((name, field) -> {
            if (field.stored() && !name.equals(SystemField.ID) && !name.equals(SystemField.VERSION)) {
                columns.put(name, record.value(name));
            }
        });
        return columns;
    }

    /** Changes a record. */
    void update(String object, UUID id, Optional<Long> version, Map<String, @Nullable Object> sent) {
        // 1 object permission; 2 load and lock, record access, guards, version
        ObjectAccess access = viewpoint.requireAccess(object);
        WorkingRecord record = lockVisible(object, id, access, access.update(), "update", store::lockWithHolds);
        Map<String, @Nullable Object> changes =
                incoming.forChange(object, id, sent, record.before().orElseThrow());
        guard(object, id, changes.keySet(), false);
        requireVersion(object, version, record.version());
        if (changes.isEmpty()) {
            return;
        }
        record.ask(changes);
        links.compare(record);
        if (!record.isChanged()) {
            return;
        }
        // 3 what existing records are given by default
        RecordTypes.fillMissing(record);
        // 4 before triggers, 5 stored formulas, 6 checks
        beforeWrite(record, Moment.BEFORE_UPDATE);
        guardWhole(record);
        checks.check(record);
        duplicates.check(record);
        // 7 write, history, roll-ups
        Journal journal = new Journal(context);
        write(record, journal, new Propagation(context, Set.of()));
        requireReach(record, access);
        // 8 after triggers, 9 journal
        runAfter(Moment.AFTER_UPDATE, List.of(record), journal);
        journal.write();
    }

    WorkingRecord existing(String object, StoredRow row) {
        context.reader().remember(object, row.id(), row.values());
        return WorkingRecord.existing(
                context.plan(object), row.id(), row.version(), row.values(), context.reader(), viewpoint);
    }

    /** Writes the changed fields of an existing record and carries on what follows from them. */
    void write(WorkingRecord record, Journal journal, Propagation propagation) {
        if (!record.isChanged()) {
            return;
        }
        String object = record.plan().name();
        Links.Written linked = links.prepare(List.of(record));
        propagation.lockAhead(linked.with(List.of(record)));
        computation.formulas(record);
        record.set(SystemField.UPDATED_AT, viewpoint.now());
        record.set(SystemField.UPDATED_BY, viewpoint.identity().user().id());
        boolean written;
        try {
            written = store.update(viewpoint.model(), object, record.id(), record.version(), record.changes());
        } catch (PlatformException fault) {
            throw readable(object, fault);
        }
        if (!written) {
            throw stale(object, record.version(), record.version() + 1);
        }
        keys.updated(record);
        files.claim(record);
        linked.write();
        context.reader().remember(object, record.id(), record.values());
        journal.updated(record);
        propagation.run(linked.changes(record));
    }

    /** Deletes a record with its parts. */
    void delete(String object, UUID id, Optional<Long> version) {
        ObjectAccess access = viewpoint.requireAccess(object);
        WorkingRecord record = lockVisible(object, id, access, access.delete(), "delete", store::lockToDelete);
        guard(object, id, Set.of(), true);
        requireVersion(object, version, record.version());
        new DeleteOrder(context, this, triggers).delete(record);
    }

    /** Brings a deleted tree back. */
    RecycleBin.Restored restore(RecycleBinStore.Entry entry) {
        return new RestoreOrder(context, this).restore(entry);
    }

    /** 1 object permission, 2 lock, record access, guards: a file becomes part of a record only where a value could. */
    void requireAttachable(String object, UUID id) {
        ObjectAccess access = viewpoint.requireAccess(object);
        lockVisible(object, id, access, access.update(), "attach", store::lockWithHolds);
        guard(object, id, Set.of(), false);
    }

    /** 1 object permission, 2 lock, record access; for what changes no value. */
    WorkingRecord lockChangeable(String object, UUID id, ObjectAccess access, String action) {
        return lockVisible(object, id, access, access.update(), action, store::lockWithHolds);
    }

    private interface RowLocking {
        Optional<StoredRow> lock(Model model, String object, UUID id);
    }

    /** 2 load and lock; a record that may not be seen is not found. */
    private WorkingRecord lockVisible(
            String object, UUID id, ObjectAccess access, Expr right, String action, RowLocking locking) {
        if (access.read().equals(Expr.FALSE)) {
            throw notFound(object, id);
        }
        StoredRow row = locking.lock(viewpoint.model(), object, id).orElseThrow(() -> notFound(object, id));
        WorkingRecord record = existing(object, row);
        if (!holds(record, Conditions.allOf(List.of(access.read(), right)))) {
            throw holds(record, access.read()) ? notAllowed(object, action) : notFound(object, id);
        }
        return record;
    }

    /** The database is asked only for what the record does not tell by itself. */
    private boolean holds(WorkingRecord record, Expr condition) {
        return Evaluator.holdsByItself(condition, record)
                .orElseGet(() -> context.queries().matches(record.plan().name(), condition, record.id()));
    }

    /** The right to change holds for the new record, too; giving a record away is a right of its own. */
    private void requireReach(WorkingRecord record, ObjectAccess access) {
        if (!record.changed().contains(SystemField.OWNER) && !holds(asItIsNow(record), access.update())) {
            throw RecordsError.OUT_OF_REACH
                    .error()
                    .with("object", record.plan().name())
                    .build();
        }
    }

    /** With the roll-ups and formulas that followed from its own save. */
    private WorkingRecord asItIsNow(WorkingRecord written) {
        String object = written.plan().name();
        return existing(
                object,
                new StoredRow(written.id(), written.version(), context.reader().row(object, written.id())));
    }

    /** Throws where something stands against the change. */
    void guard(String object, UUID id, Set<String> fields, boolean delete) {
        holds.check(object, id, fields, delete);
    }

    /** To add a part is to change the whole, also for those who guard it. */
    void guardWhole(WorkingRecord record) {
        record.plan().type().masterField().ifPresent(via -> {
            Object master = record.value(via.name());
            if (master instanceof UUID id && !master.equals(record.valueBefore(via.name()))) {
                References.target(via).ifPresent(target -> guard(target, id, Set.of(), false));
            }
        });
    }

    private static void requireVersion(String object, Optional<Long> expected, long current) {
        if (expected.isPresent() && expected.get() != current) {
            throw stale(object, expected.get(), current);
        }
    }

    /** Gives a unique key's fields the names that people know; of what is hidden nothing is told but that it is taken. */
    PlatformException readable(String object, PlatformException fault) {
        if (fault.code() != RecordsError.DUPLICATE) {
            return fault;
        }
        ObjectAccess access = viewpoint.access(object);
        PlatformException.Builder told = RecordsError.DUPLICATE.error().causedBy(fault);
        StringBuilder labels = new StringBuilder();
        for (String name : String.valueOf(fault.args().get("field")).split("\\s*,\\s*")) {
            Optional<String> label = viewpoint
                    .type(object)
                    .findField(name)
                    .filter(f -> access.mayRead(name))
                    .map(context.fitting()::label);
            labels.append(labels.isEmpty() ? "" : ", ").append(label.orElse("–"));
            label.ifPresent(l -> told.detail(new ErrorDetail(
                    RecordsError.DUPLICATE,
                    "/" + name,
                    Map.of("field", l, "object", viewpoint.type(object).name()))));
        }
        return told.with("field", labels.toString()).with("object", object).build();
    }

    static PlatformException notAllowed(String object, String action) {
        return RecordsError.NOT_ALLOWED
                .error()
                .with("object", object)
                .with("action", action)
                .build();
    }

    static PlatformException notFound(String object, UUID id) {
        return RecordsError.NOT_FOUND
                .error()
                .with("object", object)
                .with("id", id)
                .build();
    }

    private static PlatformException stale(String object, long expected, long current) {
        return RecordsError.STALE_VERSION
                .error()
                .with("object", object)
                .with("expected", expected)
                .with("current", current)
                .build();
    }
}
