package dev.tenon.records;

import dev.tenon.sdk.error.PlatformException;
import java.util.UUID;

/** What became of one row of an import. */
public sealed interface RowOutcome {

    /** The row is a record now. */
    record Saved(UUID id) implements RowOutcome {}

    /** Nothing of the row was kept. */
    record Rejected(PlatformException problem) implements RowOutcome {}
}
