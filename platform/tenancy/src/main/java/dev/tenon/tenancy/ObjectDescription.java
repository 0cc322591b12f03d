package dev.tenon.tenancy;

import dev.tenon.metadata.model.Provenance.Contribution;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every element of an object with its properties and the layers they come from: for people who customize.
 *
 * @param origin package that defines the object
 */
public record ObjectDescription(String name, String origin, List<Element> elements) {

    public ObjectDescription {
        elements = List.copyOf(elements);
    }

    /**
     * @param key for example {@code field:recruiting__Offer/salary}
     * @param origin package that adds the element
     */
    public record Element(String key, String type, String name, String origin, List<Property> properties) {
        public Element {
            properties = List.copyOf(properties);
        }
    }

    /**
     * @param value in force
     * @param layer whose value is in force
     * @param changeable whether the tenant's own layer may set it
     * @param chain all layers that set it, lowest first
     */
    public record Property(
            String name, @Nullable Object value, String layer, boolean changeable, List<Contribution> chain) {
        public Property {
            chain = List.copyOf(chain);
        }
    }
}
