package dev.tenon.metadata.model;

import java.util.Optional;

/**
 * Something people and programs can do with one record, beside editing it. Who may run it is part of permission sets.
 *
 * @param condition offered and accepted only where it is true
 */
public record Action(String name, String origin, Label label, Optional<ExpressionText> condition, Handler handler) {}
