package dev.tenon.metadata;

import dev.tenon.metadata.internal.SmallMap;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.sdk.error.ErrorSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one layer says about one element: that it exists, or how a lower layer's element is changed.
 *
 * @param adds true when this layer defines the element, false when it changes another layer's
 * @param properties by name, as in {@link ElementTypes}; translations are {@code label@zh-CN}
 */
public record Element(ElementKey key, boolean adds, Map<String, Property> properties, ErrorSource source) {

    public Element {
        properties = SmallMap.copyOf(properties);
    }

    public ElementType type() {
        return ElementTypes.require(key.type());
    }

    /** The value of a property, null when this layer does not set it. */
    public @Nullable Object value(String property) {
        Property found = properties.get(property);
        return found == null ? null : found.value();
    }

    Element with(Map<String, Property> changed) {
        return new Element(key, adds, changed, source);
    }

    /** Equal but for where things stand. */
    public boolean sameContent(Element other) {
        if (!key.equals(other.key) || adds != other.adds || !properties.keySet().equals(other.properties.keySet())) {
            return false;
        }
        return properties.entrySet().stream()
                .allMatch(p -> Values.same(p.getValue().value(), other.value(p.getKey())));
    }
}
