package dev.tenon.approval;

import org.jspecify.annotations.Nullable;

/**
 * An approver's answer to a task.
 *
 * @param commandId chosen by the sender; the same id takes effect once, however often it arrives
 * @param taskVersion version of the task the sender saw; null when the sender does not tell
 */
public record Answer(
        String commandId,
        @Nullable Long taskVersion,
        @Nullable String comment) {}
