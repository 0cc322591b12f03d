package dev.tenon.approval.view;

import org.jspecify.annotations.Nullable;

/**
 * A process the record could be submitted to.
 *
 * @param reason code of the error that submitting would end with, when not available
 * @param message the same as a sentence
 */
public record SubmitOption(
        String process,
        String label,
        boolean available,
        @Nullable String reason,
        @Nullable String message) {}
