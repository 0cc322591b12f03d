package dev.tenon.tenancy;

/**
 * What another type of a field would do to values, all of one kind.
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
        TIME_DROPPED
    }
}
