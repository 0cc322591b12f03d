package dev.tenon.records;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One changed field of one save.
 *
 * @param saveId the same for all fields of one save
 * @param field null for what happened to the record itself: its creation, deletion, locking and so on
 * @param oldValue in the JSON form of the field's type, as text
 * @param by the acting user
 * @param through what made the change
 */
public record HistoryEntry(
        UUID saveId,
        String object,
        UUID recordId,
        Kind kind,
        @Nullable String field,
        @Nullable String oldValue,
        @Nullable String newValue,
        UUID by,
        Channel through,
        Instant at) {

    /** The same with other values, where its reader may not know all of them. */
    public HistoryEntry with(@Nullable String before, @Nullable String after) {
        return new HistoryEntry(saveId, object, recordId, kind, field, before, after, by, through, at);
    }

    /** What happened to the record. */
    public enum Kind {
        CREATED,
        UPDATED,
        DELETED,
        /** Came back from the recycle bin. */
        RESTORED,
        /** Saved although duplicate rules warned; the new value names them. */
        CONFIRMED,
        /** The new value is the reason, where one was given. */
        LOCKED,
        UNLOCKED
    }

    /** Through what a change came. */
    public enum Channel {
        USER,
        API,
        SCRIPT,
        PLUGIN,
        IMPORT,
        APPROVAL,
        SYSTEM
    }
}
