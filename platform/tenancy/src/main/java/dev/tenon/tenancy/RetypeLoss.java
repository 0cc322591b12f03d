package dev.tenon.tenancy;

/**
 * What another type of a field, or its return to the model, would do to values, all of one kind.
 *
 * @param from and {@code to} in words of the store, for example {@code text(20)}
 * @param count of records
 */
public record RetypeLoss(String object, String field, String from, String to, Kind kind, long count) {

    /** What happens to a value. */
    public enum Kind {
        /** There is no such value in the new type; the field is empty then. */
        EMPTIED,
        /** A text loses its end. */
        SHORTENED,
        /** A number loses digits behind the point, a moment its parts of a second. */
        ROUNDED,
        /** A moment becomes the day that it has in UTC. */
        TIME_DROPPED,
        /** A reference comes back, but what it refers to was deleted meanwhile: it is emptied. */
        REFERENCE_GONE,
        /** A part comes back, but what it belongs to was deleted meanwhile: it is removed. */
        RECORD_GONE
    }
}
