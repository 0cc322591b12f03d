package dev.tenon.tenancy;

import java.util.List;

/**
 * A shared value set for people who customize.
 *
 * @param elements the set itself, then its values in order
 * @param usedBy fields that have its values, as {@code <object>/<field>}
 */
public record ValueSetDescription(String name, List<ObjectDescription.Element> elements, List<String> usedBy) {

    public ValueSetDescription {
        elements = List.copyOf(elements);
        usedBy = List.copyOf(usedBy);
    }
}
