package dev.tenon.metadata.model;

import dev.tenon.sdk.error.ErrorSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers for every effective property which layer it comes from. */
public interface Provenance {

    /** All layers that set the property, lowest first; the last one is in force. Empty: the platform's default. */
    List<Contribution> of(ElementKey element, String property);

    /** Names of the properties that some layer sets on the element. */
    List<String> properties(ElementKey element);

    /** Every element that some layer defines, in effective order. */
    default Set<ElementKey> elements() {
        return Set.of();
    }

    /**
     * One layer's value of one property.
     *
     * @param layer package name, or {@code custom}
     * @param value as in the package file: text, number, boolean, list or map
     */
    record Contribution(String layer, @Nullable Object value, ErrorSource source) {}
}
