package dev.tenon.metadata;

import dev.tenon.metadata.model.ElementKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Describes one type of element.
 *
 * @param name as in {@link ElementKey#type()}
 * @param parent type of the element it belongs to
 * @param group where it stands in its parent's file, for example {@code layout.sections}; for a top-level type the
 *     folder or file
 * @param schema JSON Schema of a definition of it, file and fragment; empty for scripts
 * @param byName the properties by name: merging asks for one for every value that is not set
 */
public record ElementType(
        String name,
        Optional<String> parent,
        String group,
        Naming naming,
        String schema,
        List<PropertyType> properties,
        Map<String, PropertyType> byName) {

    /** How names of elements are formed. */
    public enum Naming {
        /** {@code <namespace>__<name>}. */
        GLOBAL,
        /** Bare within the own package's parent, {@code <namespace>__<name>} in another package's. */
        LOCAL,
        /** The name is the global name of the object it is about. */
        OBJECT,
        /** {@code <package>/<path>}. */
        FILE
    }

    public ElementType {
        properties = List.copyOf(properties);
        byName = Map.copyOf(byName);
    }

    ElementType(
            String name,
            Optional<String> parent,
            String group,
            Naming naming,
            String schema,
            List<PropertyType> properties) {
        this(
                name,
                parent,
                group,
                naming,
                schema,
                properties,
                properties.stream().collect(Collectors.toMap(PropertyType::name, Function.identity())));
    }

    /** Descriptor of a property; {@code label@zh-CN} and {@code fields.salary} find {@code label} and {@code fields}. */
    public Optional<PropertyType> findProperty(String property) {
        int at = property.indexOf('@');
        int dot = at < 0 ? property.indexOf('.') : -1;
        String base = at > 0 ? property.substring(0, at) : dot > 0 ? property.substring(0, dot) : property;
        PropertyType type = byName.get(base);
        if (type == null) {
            return Optional.empty();
        }
        boolean fits = (at < 0 || type.merge() == PropertyType.Merge.LABEL) && (dot > 0) == type.keyed();
        return fits ? Optional.of(type) : Optional.empty();
    }

    /** Key of the element that one of this type belongs to. */
    public Optional<ElementKey> parentOf(ElementKey key) {
        int slash = key.name().lastIndexOf('/');
        return slash < 0
                ? Optional.empty()
                : parent.map(p -> new ElementKey(p, key.name().substring(0, slash)));
    }
}
