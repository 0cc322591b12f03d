package dev.tenon.metadata.model;

import java.util.Optional;

/**
 * A condition that every saved record fulfils; an empty (null) result counts as fulfilled.
 *
 * @param condition must be true
 * @param message told to whoever saves
 * @param field the field the message is shown at
 */
public record ValidationRule(
        String name, String origin, ExpressionText condition, Label message, Optional<String> field, boolean active) {}
