package dev.tenon.records;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What the locks set on a record and on what it is a part of mean for one reader.
 *
 * @param lock the record's own lock
 * @param whole the lock of the nearest whole that is locked, where the reader sees that record
 * @param mayLock whether the reader may lock the record, or unlock it
 * @param mayEdit whether the reader may change the record as far as his rights and set locks go
 */
public record LockState(Optional<Seen> lock, Optional<Seen> whole, boolean mayLock, boolean mayEdit) {

    /**
     * A lock as its reader may see it.
     *
     * @param by absent where the reader does not see that person
     */
    public record Seen(RecordKey record, Optional<UUID> by, Instant at, Optional<String> reason) {}
}
