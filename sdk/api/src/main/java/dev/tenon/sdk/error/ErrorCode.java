package dev.tenon.sdk.error;

import java.util.Locale;

/**
 * A stable, documented error code such as {@code records.field-required}.
 *
 * <p>Codes are the constants of enums, one enum for each owner; a published id is never reused for another meaning. The
 * texts live in the resource bundle {@code tenon/errors/<owner>} (one properties file per language), keyed by the part of
 * the id after the dot, with placeholders like {@code {field}} that are filled from {@link PlatformException#args()}.
 */
public interface ErrorCode {

    /** A room of the platform, or the id of a plugin. */
    String owner();

    /** The name of the constant, as every enum has it. */
    String name();

    /** Who has to act. */
    ErrorKind kind();

    /** Stable id, lower case with dashes: {@code owner.what-is-wrong} of the constant {@code WHAT_IS_WRONG}. */
    default String id() {
        return owner() + '.' + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Starts an exception with this code. */
    default PlatformException.Builder error() {
        return PlatformException.of(this);
    }
}
