package dev.tenon.metadata.internal;

import dev.tenon.metadata.Element;
import dev.tenon.metadata.ElementType;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.MetadataError;
import dev.tenon.metadata.Problem;
import dev.tenon.metadata.Property;
import dev.tenon.metadata.PropertyType;
import dev.tenon.metadata.PropertyType.Merge;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.sdk.error.ErrorSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the nodes of one file into elements, guided by {@link ElementTypes} alone. */
final class ElementReader {

    private static final String LAYOUT = "layout";

    private final LayerParts parts;
    private final String file;

    ElementReader(LayerParts parts, String file) {
        this.parts = parts;
        this.file = file;
    }

    /** Reads an element and everything inside it. */
    void read(ElementType type, ElementKey key, boolean own, Node.Entry entry) {
        Map<String, Property> properties = new LinkedHashMap<>();
        ErrorSource source = source(entry.line(), entry.column());
        // A key without anything but its fields is written as their list.
        if (type.name().equals(ElementTypes.UNIQUE_KEY) && entry.node().value() instanceof List<?>) {
            properties.put("fields", new Property(entry.node().plain(), source(entry.node())));
        }
        // Children come behind their parent.
        Map<ElementType, Node> groups = new LinkedHashMap<>();
        entry.node().entries().forEach((name, value) -> {
            if (name.equals(LAYOUT) && type.name().equals(ElementTypes.OBJECT)) {
                value.node()
                        .entries()
                        .forEach((sub, subValue) ->
                                group(type, LAYOUT + "." + sub).ifPresent(child -> groups.put(child, subValue.node())));
                return;
            }
            Optional<ElementType> child = group(type, name);
            if (child.isPresent()) {
                groups.put(child.get(), value.node());
                return;
            }
            // Unknown keys were reported by the schema.
            type.properties().stream()
                    .filter(p -> p.name().equals(name))
                    .findFirst()
                    .ifPresent(property -> property(property, name, value.node(), properties));
        });
        if (own || !properties.isEmpty() || type.naming() == ElementType.Naming.OBJECT) {
            parts.add(new Element(key, own, properties, source));
        }
        groups.forEach((child, nodes) -> nodes.entries().forEach((name, node) -> child(child, key, own, name, node)));
    }

    private void child(ElementType type, ElementKey parent, boolean parentOwn, String name, Node.Entry entry) {
        ErrorSource at = source(entry.line(), entry.column());
        if (type.naming() == ElementType.Naming.OBJECT) {
            ElementKey key = new ElementKey(type.name(), parent.name() + "/" + Names.global(parts.namespace, name));
            read(type, key, parentOwn, entry);
            return;
        }
        ElementKey key = new ElementKey(type.name(), parent.name() + "/" + name);
        if (parentOwn && Names.isGlobal(name)) {
            parts.report(
                    Problem.at(at, MetadataError.NAME_PREFIXED, Map.of("name", name, "suggestion", Names.bare(name)))
                            .about(key));
        }
        if (type.name().equals(ElementTypes.FIELD) && parentOwn && Names.RESERVED_FIELDS.contains(name)) {
            parts.report(Problem.at(at, MetadataError.NAME_RESERVED, Map.of("name", name))
                    .about(key));
        }
        boolean own = parentOwn || Names.hasPrefix(name, parts.namespace);
        if (own && !parentOwn) {
            // In an extends file nothing is required by the schema, because changes name one property only.
            parts.reportAll(SchemaCheck.check(type.schema(), entry.placed(), parts.origin, file).stream()
                    .map(p -> p.about(key))
                    .toList());
        }
        read(type, key, own, entry);
    }

    private void property(PropertyType type, String name, Node node, Map<String, Property> properties) {
        boolean inside = name.indexOf('.') > 0;
        boolean entries = type.merge() == Merge.FAMILY || (type.merge() == Merge.LISTS && !inside);
        if (entries && node.value() instanceof Map<?, ?>) {
            node.entries().forEach((key, entry) -> property(type, name + "." + key, entry.node(), properties));
            return;
        }
        properties.put(name, new Property(resolve(type, node.plain()), source(node)));
    }

    private static Optional<ElementType> group(ElementType type, String name) {
        return ElementTypes.childrenOf(type).stream()
                .filter(t -> t.group().equals(name))
                .findFirst();
    }

    /** Names in a value made global. */
    @Nullable
    Object resolve(PropertyType type, @Nullable Object value) {
        return switch (type.refers()) {
            case NOTHING -> value;
            case OBJECT, PERMISSION_SET, APPROVAL, VALUE_SET ->
                rename(value, name -> Names.global(parts.namespace, name));
            case APPROVERS -> approvers(value, name -> Names.global(parts.namespace, name));
        };
    }

    /** Names in a value as they are written in the namespace's own files. */
    static @Nullable Object localize(PropertyType type, @Nullable Object value, String namespace) {
        return switch (type.refers()) {
            case NOTHING -> value;
            case OBJECT, PERMISSION_SET, APPROVAL, VALUE_SET -> rename(value, name -> Names.local(name, namespace));
            case APPROVERS -> approvers(value, name -> Names.local(name, namespace));
        };
    }

    private static @Nullable Object approvers(@Nullable Object value, java.util.function.UnaryOperator<String> rename) {
        if (!(value instanceof List<?> list)) {
            return value;
        }
        return list.stream()
                .map(item -> {
                    if (!(item instanceof Map<?, ?> map)) {
                        return item;
                    }
                    Map<Object, @Nullable Object> renamed = new LinkedHashMap<>(map);
                    renamed.computeIfPresent("holdersOf", (k, name) -> rename(name, rename));
                    return (Object) renamed;
                })
                .toList();
    }

    private static @Nullable Object rename(@Nullable Object value, java.util.function.UnaryOperator<String> rename) {
        return switch (value) {
            case String name -> rename.apply(name);
            case List<?> list -> list.stream().map(item -> rename(item, rename)).toList();
            case Map<?, ?> map -> {
                Map<Object, @Nullable Object> renamed = new LinkedHashMap<>();
                map.forEach((key, item) -> renamed.put(key, rename(item, rename)));
                yield renamed;
            }
            case null, default -> value;
        };
    }

    private ErrorSource source(Node node) {
        return source(node.line(), node.column());
    }

    private ErrorSource source(int line, int column) {
        return new ErrorSource(parts.origin, file, line, column);
    }
}
