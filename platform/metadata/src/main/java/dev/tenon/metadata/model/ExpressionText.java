package dev.tenon.metadata.model;

import dev.tenon.sdk.error.ErrorSource;

/** An expression as its author wrote it, with the place where it stands. */
public record ExpressionText(String text, ErrorSource source) {}
