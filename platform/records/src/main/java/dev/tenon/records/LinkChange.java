package dev.tenon.records;

import java.util.List;
import java.util.UUID;

/**
 * Links of a many-to-many field that a save adds and takes away; a list of ids instead is the whole set.
 *
 * @param removed what is not linked, or not seen by who asks, stays as it is
 */
public record LinkChange(List<UUID> added, List<UUID> removed) {

    public static final LinkChange NONE = new LinkChange(List.of(), List.of());

    public LinkChange {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    public static LinkChange adding(UUID id) {
        return new LinkChange(List.of(id), List.of());
    }

    public static LinkChange removing(UUID id) {
        return new LinkChange(List.of(), List.of(id));
    }

    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty();
    }
}
