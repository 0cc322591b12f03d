package dev.tenon.records.internal;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.records.Hold;
import dev.tenon.records.RecordKey;
import dev.tenon.records.SaveGuard;
import dev.tenon.records.SetLock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What stands against changing a record: locks on it or on what it is a part of, and what other rooms have to say. All of
 * it is looked up with one statement, after the record's row was locked.
 */
final class Holds {

    /** A circle of masters is a fault of the model; here it must only not hang. */
    private static final int MOST_MASTERS = 10;

    private final SaveContext context;
    private final Viewpoint viewpoint;

    Holds(SaveContext context) {
        this.context = context;
        this.viewpoint = context.viewpoint();
    }

    /** Throws where the change is refused. The platform itself is held by nothing. */
    void check(String object, UUID id, Set<String> fields, boolean delete) {
        List<Hold> holds = List.of();
        if (!viewpoint.isSystem()) {
            List<RecordKey> wholes = wholes(object, id);
            holds = on(wholes);
            refuseLocked(wholes, holds);
        }
        SaveGuard.Change change = new SaveGuard.Change(object, id, fields, delete, holds);
        for (SaveGuard guard : context.ports().guards()) {
            guard.check(viewpoint.identity(), change);
        }
    }

    /** Throws where a deleted record, which is a part of nothing now, is locked against the one who wants it gone for good. */
    void checkDeleted(String object, UUID id) {
        if (!viewpoint.isSystem()) {
            List<RecordKey> itself = List.of(new RecordKey(object, id));
            refuseLocked(itself, on(itself));
        }
    }

    private void refuseLocked(List<RecordKey> wholes, List<Hold> holds) {
        for (RecordKey record : wholes) {
            Optional<SetLock> lock = lock(record, holds);
            if (lock.isPresent() && !viewpoint.access(record.object()).editLocked()) {
                throw new LockWords(viewpoint, context.queries())
                        .refused(record, lock.get(), record.equals(wholes.getFirst()));
            }
        }
    }

    static Optional<SetLock> lock(RecordKey record, List<Hold> holds) {
        return holds.stream()
                .filter(hold -> hold.record().equals(record.id()))
                .filter(SetLock.class::isInstance)
                .map(SetLock.class::cast)
                .findFirst();
    }

    List<Hold> on(List<RecordKey> records) {
        return context.ports().holds().on(viewpoint.identity().tenant(), records);
    }

    /** The record itself, then what it is a part of, level by level. */
    List<RecordKey> wholes(String object, UUID id) {
        List<RecordKey> wholes = new ArrayList<>();
        wholes.add(new RecordKey(object, id));
        ObjectType type = viewpoint.type(object);
        UUID at = id;
        while (wholes.size() <= MOST_MASTERS) {
            Optional<Field> via = type.masterField();
            Optional<String> target = via.flatMap(References::target);
            if (via.isEmpty()
                    || target.isEmpty()
                    || !(context.reader().row(type.name(), at).get(via.get().name()) instanceof UUID master)) {
                return wholes;
            }
            wholes.add(new RecordKey(target.get(), master));
            type = viewpoint.type(target.get());
            at = master;
        }
        return wholes;
    }
}
