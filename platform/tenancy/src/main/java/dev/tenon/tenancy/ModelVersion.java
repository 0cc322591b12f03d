package dev.tenon.tenancy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One published model of a tenant, as its history shows it.
 *
 * @param by id of the user who published it
 * @param byName that user's name at the time
 * @param comment what the user said about it, may be empty
 * @param changes one line for each change, in the words of the metadata
 */
public record ModelVersion(
        long version, Instant at, UUID by, String byName, Kind kind, String comment, List<String> changes) {

    public ModelVersion {
        changes = List.copyOf(changes);
    }

    /** What led to it. */
    public enum Kind {
        CREATED,
        EDITED,
        /** An earlier change of the tenant's own layer was taken back. */
        UNDONE,
        IMPORTED,
        INSTALLED,
        UPGRADED,
        ROLLED_BACK,
        REMOVED,
        CONFLICT_DECIDED,
        PLUGIN_ENABLED,
        PLUGIN_DISABLED,
        PLATFORM_UPGRADED
    }
}
