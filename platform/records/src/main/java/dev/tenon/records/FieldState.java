package dev.tenon.records;

/**
 * How a form treats a field of one record at the moment.
 *
 * @param visible it is shown
 * @param required it needs a value
 * @param readOnly it takes no value
 */
public record FieldState(boolean visible, boolean required, boolean readOnly) {}
