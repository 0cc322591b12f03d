package dev.tenon.records;

import dev.tenon.access.Identity;

/** Opens the door to records. Safe for use by several threads. */
public interface Records {

    /** A session of the tenant's current model with the identity's rights; {@code channel} is kept in the history. */
    RecordSession open(Identity identity, HistoryEntry.Channel channel);
}
