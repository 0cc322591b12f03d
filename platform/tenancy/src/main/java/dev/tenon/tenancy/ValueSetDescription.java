package dev.tenon.tenancy;

import java.util.List;

/**
 * A shared value set for people who customize.
 *
 * @param elements the set itself, then its values in order
 * @param usedBy who has its values: {@code <object>/<field>}, or {@code <object>/<action>/<parameter>}
 */
public record ValueSetDescription(String name, List<ObjectDescription.Element> elements, List<String> usedBy) {

    public ValueSetDescription {
        elements = List.copyOf(elements);
        usedBy = List.copyOf(usedBy);
    }
}
