package dev.tenon.records.internal;

import dev.tenon.access.ObjectAccess;
import dev.tenon.records.Hold;
import dev.tenon.records.LockState;
import dev.tenon.records.RecordKey;
import dev.tenon.records.RecordsError;
import dev.tenon.records.SetLock;
import dev.tenon.records.StorableText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Sets and removes a record's lock. That changes nothing of the record, neither a value nor its version; its history
 * tells of it.
 */
final class Locking {

    private final SaveContext context;
    private final Viewpoint viewpoint;
    private final Holds holds;
    private final LockWords words;

    Locking(SaveContext context) {
        this.context = context;
        this.viewpoint = context.viewpoint();
        this.holds = new Holds(context);
        this.words = new LockWords(viewpoint, context.queries());
    }

    /** Locks the record. Asked again by the same person with the same reason it leaves the lock as it is. */
    LockState.Seen lock(String object, UUID id, Optional<String> asked) {
        Optional<String> reason = asked.map(String::strip).filter(text -> !text.isEmpty());
        reason.ifPresent(Locking::requireFitting);
        RecordKey key = new RecordKey(object, id);
        WorkingRecord record = require(key, "lock");
        SetLock wanted = new SetLock(object, id, viewpoint.identity().user().id(), viewpoint.now(), reason);
        Optional<SetLock> present = present(key);
        if (present.isPresent()) {
            if (present.get().by().equals(wanted.by()) && present.get().reason().equals(reason)) {
                return words.seen(key, present.get());
            }
            throw words.already(present.get());
        }
        context.ports().holds().set(tenant(), wanted);
        Journal journal = new Journal(context);
        journal.locked(record, reason);
        journal.write();
        return words.seen(key, wanted);
    }

    /** @param seen when the lock was set that the caller means; empty: whichever there is */
    void unlock(String object, UUID id, Optional<Instant> seen) {
        RecordKey key = new RecordKey(object, id);
        WorkingRecord record = require(key, "unlock");
        SetLock present = present(key)
                .orElseThrow(() ->
                        RecordsError.NOT_LOCKED.error().with("object", object).build());
        if (seen.isPresent() && !seen.get().equals(present.at())) {
            throw RecordsError.STALE_LOCK.error().with("object", object).build();
        }
        context.ports().holds().remove(tenant(), List.of(id));
        Journal journal = new Journal(context);
        journal.unlocked(record);
        journal.write();
    }

    /** Without locking anything. */
    LockState state(String object, UUID id) {
        RecordKey key = new RecordKey(object, id);
        ObjectAccess access = viewpoint.requireAccess(object);
        if (!words.sees(key)) {
            throw SaveOrder.notFound(object, id);
        }
        boolean editable = context.queries().matches(object, access.update(), id);
        List<RecordKey> wholes = holds.wholes(object, id);
        List<Hold> found = holds.on(wholes);
        Optional<LockState.Seen> whole = Optional.empty();
        boolean passes = true;
        for (RecordKey record : wholes) {
            Optional<SetLock> lock = Holds.lock(record, found);
            if (lock.isPresent()) {
                passes &= viewpoint.isSystem()
                        || viewpoint.access(record.object()).editLocked();
                if (whole.isEmpty() && !record.equals(key) && words.sees(record)) {
                    whole = Optional.of(words.seen(record, lock.get()));
                }
            }
        }
        return new LockState(
                Holds.lock(key, found).map(lock -> words.seen(key, lock)),
                whole,
                editable && access.lock(),
                editable && passes);
    }

    /** The record with its row locked; who may not lock it is told so only where he sees it. */
    private WorkingRecord require(RecordKey key, String action) {
        ObjectAccess access = viewpoint.requireAccess(key.object());
        WorkingRecord record = new SaveOrder(context).lockChangeable(key.object(), key.id(), access, action);
        if (!access.lock()) {
            throw SaveOrder.notAllowed(key.object(), action);
        }
        return record;
    }

    private Optional<SetLock> present(RecordKey key) {
        return Holds.lock(key, holds.on(List.of(key)));
    }

    private static void requireFitting(String reason) {
        StorableText.require("reason", reason);
        int length = reason.codePointCount(0, reason.length());
        if (length > Limits.LOCK_REASON) {
            throw RecordsError.LOCK_REASON_TOO_LONG
                    .error()
                    .with("limit", Limits.LOCK_REASON)
                    .with("length", length)
                    .build();
        }
    }

    private String tenant() {
        return viewpoint.identity().tenant();
    }
}
