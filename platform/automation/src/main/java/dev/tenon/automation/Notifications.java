package dev.tenon.automation;

import dev.tenon.access.Identity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the platform has told a person; everybody sees and marks the own ones only. Safe for use by several threads. */
public interface Notifications {

    /** @param limit most items, 1 to 200 */
    Inbox read(Identity identity, boolean unreadOnly, int limit);

    /** Throws {@code automation.unknown-notification}; does nothing when it was read before. */
    void markRead(Identity identity, UUID id);

    void markAllRead(Identity identity);

    /** @param unread of all, not only of the items */
    record Inbox(long unread, List<Item> items) {
        public Inbox {
            items = List.copyOf(items);
        }
    }

    /**
     * @param kind what happened, for example {@code approval.task-assigned}
     * @param object of the record it is about, null for none
     */
    record Item(
            UUID id,
            String kind,
            String title,
            @Nullable String body,
            @Nullable String object,
            @Nullable UUID recordId,
            boolean read,
            Instant createdAt) {}
}
