package dev.tenon.approval.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Everything from outside that a step may depend on. What it answers is written into the events. */
public interface Env {

    Instant now();

    UUID newId();

    /** Version of the record under approval, as it is now. */
    long recordVersion();

    /** Whether the step's condition holds; asked only for steps that have one. */
    Condition condition(String stepKey);

    /** Active people the step's approver rules find, each once, in the order in which they are asked. */
    Resolution approvers(String stepKey);

    /** The person's active manager. */
    Optional<UUID> managerOf(UUID user);

    /** Active people who may act in any approval. */
    List<UUID> processAdmins();

    /** Outcome of a condition. An error is never "false". */
    sealed interface Condition {
        record Holds() implements Condition {}

        record DoesNotHold() implements Condition {}

        /** @param code of the error */
        record Failed(String code) implements Condition {}
    }

    /** Outcome of a step's approver rules. */
    sealed interface Resolution {
        /** @param why one short text for each rule, for the event */
        record Found(List<UUID> users, List<String> why) implements Resolution {
            public Found {
                users = List.copyOf(users);
                why = List.copyOf(why);
            }
        }

        /** @param code of the error */
        record Failed(String code) implements Resolution {}
    }
}
