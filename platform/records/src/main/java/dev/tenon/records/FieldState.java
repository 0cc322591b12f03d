package dev.tenon.records;

import org.jspecify.annotations.Nullable;

/**
 * How a form treats a field of one record at the moment.
 *
 * @param visible it is shown
 * @param required it needs a value
 * @param readOnly it takes no value
 * @param byDefault what a new record gets there as long as nothing is sent, for whoever would see it in the saved record
 */
public record FieldState(
        boolean visible,
        boolean required,
        boolean readOnly,
        @Nullable Object byDefault) {

    /** Without a default. */
    public FieldState(boolean visible, boolean required, boolean readOnly) {
        this(visible, required, readOnly, null);
    }
}
