package dev.tenon.metadata.model;

import java.util.Optional;

/**
 * An attribute of an object.
 *
 * @param name global within the object: bare for the object's own package, {@code <namespace>__<name>} for others'
 * @param origin package (or {@code custom}) that adds it
 * @param required a value must be there on every save
 * @param unique no two records have the same value; empty values do not count
 * @param defaultValue expression that gives the value of a new record when none is sent
 * @param help text for people who fill it
 * @param readOnly people and programs cannot write it; triggers can
 * @param system one of {@link SystemField}
 * @param hidden a layer hides it from people; its data stays
 */
public record Field(
        String name,
        String origin,
        Label label,
        FieldType type,
        boolean required,
        boolean unique,
        Optional<ExpressionText> defaultValue,
        Optional<Label> help,
        boolean readOnly,
        boolean system,
        boolean hidden) {}
