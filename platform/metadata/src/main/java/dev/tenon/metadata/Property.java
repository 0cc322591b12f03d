package dev.tenon.metadata;

import dev.tenon.sdk.error.ErrorSource;
import org.jspecify.annotations.Nullable;

/**
 * One property as one layer sets it.
 *
 * @param value text, {@link Long}, {@link java.math.BigDecimal}, {@link Boolean}, list or map of these; null takes a
 *     lower layer's value back. Names of objects, permission sets and approvals in it are global names.
 * @param source where it is set
 */
public record Property(@Nullable Object value, ErrorSource source) {}
