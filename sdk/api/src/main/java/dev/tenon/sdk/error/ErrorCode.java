package dev.tenon.sdk.error;

/**
 * A stable, documented error code such as {@code records.field-required}.
 *
 * <p>The part before the first dot names the owner: a room of the platform or the id of a plugin. Codes are implemented
 * by enums, one for each owner; a published id is never reused for another meaning. The texts live in the resource
 * bundle {@code tenon/errors/<owner>} (one properties file per language), keyed by the part after the dot, with
 * placeholders like {@code {field}} that are filled from {@link PlatformException#args()}.
 */
public interface ErrorCode {

    /** Stable id, lower case with dashes: {@code owner.what-is-wrong}. */
    String id();

    /** Who has to act. */
    ErrorKind kind();
}
