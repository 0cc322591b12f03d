package dev.tenon.approval.view;

/**
 * What the approval does to the record for the reader; computed by the code that enforces it.
 *
 * @param locked the reader's own writes would be refused now
 * @param mode {@code FULL} or {@code NONE}
 * @param reason {@code APPROVAL_PENDING} where locked, else empty
 */
public record LockView(boolean locked, String mode, String reason) {}
