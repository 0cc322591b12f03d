package dev.tenon.approval.engine;

import dev.tenon.metadata.model.ApprovalProcess.Decision;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What somebody wants of an approval. */
public sealed interface Command {

    Actor by();

    /** Text given with the command, null for none. */
    @Nullable
    String comment();

    /** @param administers holds the right to act in any approval */
    record Actor(UUID user, boolean administers) {}

    /** Starts the first round of an instance that was made for it. */
    record Submit(Actor by, @Nullable String comment) implements Command {}

    /** Answers a task. @param version the version of the task that was seen; null when the sender does not tell */
    record Decide(
            Actor by,
            UUID task,
            Decision decision,
            @Nullable Long version,
            @Nullable String comment) implements Command {}

    record Resubmit(Actor by, @Nullable String comment) implements Command {}

    record Withdraw(Actor by, @Nullable String comment) implements Command {}

    /** Says something without changing anything. */
    record Say(Actor by, @Nullable String comment) implements Command {}

    /** Activates the blocked step again. */
    record Retry(Actor by, @Nullable String comment) implements Command {}

    record Terminate(Actor by, @Nullable String comment) implements Command {}

    /** Gives a task to somebody else. @param active whether the new person can work */
    record Reassign(
            Actor by,
            UUID task,
            UUID to,
            boolean active,
            @Nullable String comment) implements Command {}
}
