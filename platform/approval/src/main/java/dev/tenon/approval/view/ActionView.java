package dev.tenon.approval.view;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something the reader could do; decided by the guards of the commands themselves.
 *
 * @param name {@code approve, reject, return, withdraw, resubmit, comment, retry, terminate} or {@code reassign}
 * @param taskId the reader's task, for decisions
 * @param taskVersion version to send with a decision
 * @param reason code of the error the command would end with, when not available
 */
public record ActionView(
        String name,
        @Nullable UUID taskId,
        @Nullable Long taskVersion,
        boolean available,
        @Nullable String reason,
        boolean commentRequired) {}
