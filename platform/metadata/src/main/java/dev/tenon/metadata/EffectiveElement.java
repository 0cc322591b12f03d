package dev.tenon.metadata;

import dev.tenon.metadata.internal.SmallMap;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Provenance.Contribution;
import dev.tenon.sdk.error.ErrorSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One element after all layers had their say.
 *
 * @param origin name of the layer that defines it
 * @param properties by name; a property that a layer took back has the value null
 * @param retired only an earlier version of its package had it; it is kept because data or changes depend on it
 * @param source where it is defined
 */
public record EffectiveElement(
        ElementKey key, String origin, Map<String, Effective> properties, boolean retired, ErrorSource source) {

    public EffectiveElement {
        properties = SmallMap.copyOf(properties);
    }

    /** @param chain what each layer says, lowest first */
    public record Effective(@Nullable Object value, List<Contribution> chain) {
        public Effective {
            chain = List.copyOf(chain);
        }

        /** The layer and place of the value in force. */
        public Contribution last() {
            return chain.getLast();
        }
    }

    public ElementType type() {
        return ElementTypes.require(key.type());
    }

    /** The value in force: the highest layer's, else the property's fallback, else null. */
    public @Nullable Object value(String property) {
        Effective found = properties.get(property);
        if (found != null && found.value() != null) {
            return found.value();
        }
        return type().findProperty(property).map(PropertyType::fallback).orElse(null);
    }

    public @Nullable String text(String property) {
        return value(property) instanceof String text ? text : null;
    }

    public boolean flag(String property) {
        return Boolean.TRUE.equals(value(property));
    }

    /** Entries of a list property; empty when it is not set. */
    public List<String> texts(String property) {
        return value(property) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Where the value of a property stands, else where the element does. */
    public ErrorSource sourceOf(String property) {
        Effective found = properties.get(property);
        return found == null || found.chain().isEmpty() ? source : found.last().source();
    }

    /** Last part of the name. */
    public String localName() {
        return key.name().substring(key.name().lastIndexOf('/') + 1);
    }
}
