package dev.tenon.records;

import dev.tenon.records.HistoryEntry.Channel;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The deleted records that one identity may bring back: those it has deleted itself, all of them with the right
 * {@code manageRecycleBin}. What they held is shown with today's rights. An entry that is not for the identity does not
 * exist: {@code records.deletion-not-found}.
 */
public interface RecycleBin {

    /** Most entries of one {@link #list}, and records of one {@link #require}. */
    int MOST = 200;

    /**
     * Newest first.
     *
     * @param object only trees whose root is of this object
     */
    List<Deletion> list(Optional<String> object, Optional<Place> after, int limit);

    DeletedTree require(UUID id);

    /** Brings the tree back, the whole of it or nothing. Needs the right to create the root. */
    Restored restore(UUID id);

    /** Removes the tree for good. */
    void remove(UUID id);

    /** Where an entry stands in the list. */
    record Place(Instant at, UUID id) {}

    /**
     * One deleted tree.
     *
     * @param id the id of its root
     * @param title what the root was called; empty where the identity may not read it
     */
    record Deletion(UUID id, String object, Optional<String> title, UUID by, Channel through, Instant at) {
        public Place place() {
            return new Place(at, id);
        }
    }

    /**
     * @param records those that the identity may read among the first {@value #MOST}, a master before its parts
     * @param more whether there are further ones
     */
    record DeletedTree(Deletion deletion, List<DeletedRecord> records, boolean more) {
        public DeletedTree {
            records = List.copyOf(records);
        }
    }

    /** @param values what the record held in the fields that the identity may read */
    record DeletedRecord(String object, UUID id, Map<String, @Nullable Object> values) {
        // Written out, as a compact one loses in its class file that values may be null.
        public DeletedRecord(String object, UUID id, Map<String, @Nullable Object> values) {
            this.object = object;
            this.id = id;
            this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /** @param losses what could not come back, as far as the identity may know of it */
    record Restored(String object, UUID id, List<Loss> losses) {
        public Restored {
            losses = List.copyOf(losses);
        }
    }

    /**
     * Something that did not come back with a restore. The history still has the value.
     *
     * @param field empty for a whole record, and for a field that the identity may not read
     * @param value JSON text of what was there, where the identity may read the field
     */
    record Loss(String object, UUID id, Optional<String> field, Reason reason, Optional<String> value) {}

    /** Why. */
    enum Reason {
        /** The part's object is no longer part of the model. */
        OBJECT_GONE,
        FIELD_GONE,
        /** The field's type has changed, and does not hold the value. */
        VALUE_UNFIT,
        /** The record referred to no longer exists. */
        REFERENCE_GONE,
        /** A reference of another record, emptied by the deletion, has a new value or is locked. */
        REFERENCE_NOT_SET
    }
}
