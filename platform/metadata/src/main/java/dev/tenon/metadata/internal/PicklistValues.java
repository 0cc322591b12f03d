package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.EffectiveElements;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.model.ElementKey;
import java.util.List;

/** The elements that are a picklist's values: its own, or those of the shared set that it names. */
public final class PicklistValues {

    private PicklistValues() {}

    /** In their order; none for a field whose values a standard says, or whose set is not there. */
    public static List<EffectiveElement> of(EffectiveElements elements, EffectiveElement field) {
        return field.text("valueSet") instanceof String set
                ? elements.children(new ElementKey(ElementTypes.VALUE_SET, set), ElementTypes.SET_VALUE)
                : elements.children(field.key(), ElementTypes.VALUE);
    }

    /**
     * Whether a version in use still has the value. Those of a set that its package no longer has stay in force: what
     * another layer built on it goes on working.
     */
    static boolean inForce(EffectiveElements elements, EffectiveElement value) {
        return !value.retired()
                || (value.key().type().equals(ElementTypes.SET_VALUE)
                        && value.type()
                                .parentOf(value.key())
                                .flatMap(elements::find)
                                .filter(EffectiveElement::retired)
                                .isPresent());
    }
}
