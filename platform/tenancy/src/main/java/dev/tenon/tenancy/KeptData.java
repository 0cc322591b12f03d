package dev.tenon.tenancy;

import java.time.Instant;
import java.util.Optional;

/**
 * Data that left the model, or a field's values from before its type changed.
 *
 * @param field empty text for a whole object
 * @param former the field has other values now
 * @param version of the model without it
 * @param until when it is removed, if nothing brings it back
 * @param purgedAt when it was removed
 */
public record KeptData(
        String object, String field, boolean former, long version, Instant until, Optional<Instant> purgedAt) {

    /** As elements of a model are called. */
    public String element() {
        return field.isEmpty() ? "object:" + object : "field:" + object + "/" + field;
    }
}
