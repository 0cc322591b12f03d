package dev.tenon.metadata.internal;

import dev.tenon.metadata.Element;
import dev.tenon.metadata.ElementType;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.MetadataError;
import dev.tenon.metadata.Problem;
import dev.tenon.metadata.Property;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.sdk.error.ErrorSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects the elements of a layer that is being read, and the problems. */
final class LayerParts {

    final String origin;
    final String namespace;
    final Map<ElementKey, Element> elements = new LinkedHashMap<>();
    private final Map<String, Problem> problems = new LinkedHashMap<>();

    LayerParts(String origin, String namespace) {
        this.origin = origin;
        this.namespace = namespace;
    }

    void report(Problem problem) {
        // The same fault can be seen by two checks, of the file and of the definition inside it.
        problems.putIfAbsent(problem.code().id() + problem.source() + problem.args(), problem);
    }

    void report(ErrorSource at, MetadataError code, Map<String, Object> args) {
        report(Problem.at(at, code, args));
    }

    void reportAll(List<Problem> all) {
        all.forEach(this::report);
    }

    List<Problem> problems() {
        return List.copyOf(problems.values());
    }

    void add(Element element) {
        Element earlier = elements.putIfAbsent(element.key(), element);
        if (earlier != null) {
            report(Problem.at(
                            element.source(),
                            MetadataError.DUPLICATE_NAME,
                            Map.of(
                                    "element",
                                    element.key().toString(),
                                    "other",
                                    earlier.source().toString()))
                    .about(element.key()));
        }
    }

    /** Sets one more property of an element; the element becomes a change when it is not there yet. */
    void addProperty(ElementKey key, String name, Property property) {
        Element element = elements.getOrDefault(key, new Element(key, false, Map.of(), property.source()));
        Property earlier = element.properties().get(name);
        if (earlier != null) {
            report(Problem.at(
                            property.source(),
                            MetadataError.TRANSLATED_TWICE,
                            Map.of(
                                    "element", key.toString(),
                                    "property", name,
                                    "other", earlier.source().toString()))
                    .about(key, name));
            return;
        }
        Map<String, Property> properties = new LinkedHashMap<>(element.properties());
        properties.put(name, property);
        elements.put(key, new Element(key, element.adds(), properties, element.source()));
    }

    /** Whether this layer defines the element, by its name and its parent's. */
    boolean isOwn(ElementType type, ElementKey key) {
        Optional<ElementKey> parent = type.parentOf(key);
        if (type.naming() == ElementType.Naming.FILE) {
            return key.name().startsWith(origin + "/");
        }
        if (parent.isEmpty()) {
            return Names.hasPrefix(key.name(), namespace);
        }
        String local = key.name().substring(key.name().lastIndexOf('/') + 1);
        return isOwn(ElementTypes.require(parent.get().type()), parent.get())
                || (type.naming() == ElementType.Naming.LOCAL && Names.hasPrefix(local, namespace));
    }

    /** Local names of the elements of a type within the same parent, for suggestions. */
    Set<String> siblings(ElementKey key) {
        String parent = parentName(key);
        Set<String> names = new LinkedHashSet<>();
        for (ElementKey other : elements.keySet()) {
            if (other.type().equals(key.type()) && parentName(other).equals(parent)) {
                names.add(Names.local(other.name().substring(other.name().lastIndexOf('/') + 1), namespace));
            }
        }
        return names;
    }

    private static String parentName(ElementKey key) {
        int slash = key.name().lastIndexOf('/');
        return slash < 0 ? "" : key.name().substring(0, slash);
    }
}
