package dev.tenon.approval;

import org.jspecify.annotations.Nullable;

/**
 * A command on an approval as a whole.
 *
 * @param commandId chosen by the sender; the same id takes effect once, however often it arrives
 */
public record Remark(String commandId, @Nullable String comment) {}
