package dev.tenon.tenancy;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A change of a tenant's tables that takes its time, with people at work meanwhile.
 *
 * @param by id of the user who began it; the platform itself has zeros
 * @param object whose table is being worked on; empty text before the first
 * @param done rows done in this phase, of {@code total}; both 0 where nobody can tell
 * @param fault code of the error that ended it; empty text for none
 */
public record SchemaChange(
        UUID id,
        State state,
        UUID by,
        String byName,
        Instant startedAt,
        Optional<Instant> endedAt,
        String object,
        Phase phase,
        long done,
        long total,
        String fault) {

    /** The tables are ready, but the model that they were changed for is not yet in force. */
    public SchemaChange switching() {
        return new SchemaChange(
                id,
                State.RUNNING,
                by,
                byName,
                startedAt,
                Optional.empty(),
                object,
                Phase.SWITCHING,
                done,
                total,
                fault);
    }

    /** What became of it. */
    public enum State {
        RUNNING,
        DONE,
        FAILED,
        CANCELLED
    }

    /** What is being done. */
    public enum Phase {
        PREPARING,
        /** Somebody is at work on the table for long: the change gives way to all others, and comes back. */
        WAITING,
        COPYING_ROWS,
        /** Values of a field get another type. */
        CONVERTING,
        /** Formulas and roll-ups are computed anew; the model is in force. */
        COMPUTING,
        BUILDING_INDEX,
        /** The tables are ready; the new model comes in force. Too late to cancel. */
        SWITCHING,
        /** Keys of duplicate rules are made for existing records; the model is in force already. */
        MATCHING
    }
}
