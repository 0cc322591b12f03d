package dev.tenon.approval.engine;

import dev.tenon.metadata.model.ApprovalProcess.Outcome;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a step wants done outside of the approval's own state, in the same transaction. */
public sealed interface Effect {

    /** Sets the record's fields that the definition names for this outcome. */
    record SetFields(Outcome outcome) implements Effect {}

    /**
     * Keeps the text given with an event.
     *
     * @param seq the event
     * @param kind the event's kind
     * @param run the node run it belongs to; null for the submitter's and administrators'
     * @param closedSeq when what it belongs to was closed; null while it is open
     * @param audience people it is addressed to
     */
    record KeepComment(
            long seq,
            Event.Kind kind,
            UUID author,
            String body,
            @Nullable UUID run,
            @Nullable String stepKey,
            @Nullable Long activatedSeq,
            @Nullable Long closedSeq,
            Set<UUID> audience)
            implements Effect {
        public KeepComment {
            audience = Set.copyOf(audience);
        }
    }

    /** A person was asked to decide. */
    record Asked(UUID user, long seq) implements Effect {}

    /** A person decided. */
    record Decided(UUID user, long seq) implements Effect {}

    /** Tells the world after commit. @param topic without the room's prefix, for example {@code task-created} */
    record Publish(
            String topic,
            long seq,
            @Nullable UUID task,
            @Nullable UUID actor) implements Effect {}
}
