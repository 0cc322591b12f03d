package dev.tenon.metadata;

import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Provenance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The elements of all layers merged, in their effective order, with the layer of every property. Immutable. */
public final class EffectiveElements implements Provenance {

    private final List<Layer> layers;
    private final Map<ElementKey, EffectiveElement> elements;
    private final Map<String, List<EffectiveElement>> byType = new LinkedHashMap<>();
    private final Map<ElementKey, Map<String, List<EffectiveElement>>> children = new LinkedHashMap<>();

    /** @param elements siblings in their effective order */
    public EffectiveElements(List<Layer> layers, Map<ElementKey, EffectiveElement> elements) {
        this.layers = List.copyOf(layers);
        this.elements = Collections.unmodifiableMap(new LinkedHashMap<>(elements));
        for (EffectiveElement element : elements.values()) {
            byType.computeIfAbsent(element.key().type(), t -> new ArrayList<>()).add(element);
            element.type()
                    .parentOf(element.key())
                    .ifPresent(parent -> children.computeIfAbsent(parent, p -> new LinkedHashMap<>())
                            .computeIfAbsent(element.key().type(), t -> new ArrayList<>())
                            .add(element));
        }
    }

    /** The layers, lowest first. */
    public List<Layer> layers() {
        return layers;
    }

    public Optional<Layer> findLayer(String name) {
        return layers.stream().filter(l -> l.name().equals(name)).findFirst();
    }

    public Map<ElementKey, EffectiveElement> all() {
        return elements;
    }

    public Optional<EffectiveElement> find(ElementKey key) {
        return Optional.ofNullable(elements.get(key));
    }

    public Optional<EffectiveElement> find(String type, String name) {
        return find(new ElementKey(type, name));
    }

    /** All elements of a top-level type, in order. */
    public List<EffectiveElement> ofType(String type) {
        return Collections.unmodifiableList(byType.getOrDefault(type, List.of()));
    }

    /** The fields and the parameters of actions that have a shared value set. */
    public Stream<EffectiveElement> ofValueSets() {
        return Stream.of(ElementTypes.FIELD, ElementTypes.PARAMETER)
                .flatMap(type -> ofType(type).stream())
                .filter(user -> !user.retired() && user.text("valueSet") != null);
    }

    /** Elements of the given type inside another, in order. */
    public List<EffectiveElement> children(ElementKey parent, String type) {
        return Collections.unmodifiableList(
                children.getOrDefault(parent, Map.of()).getOrDefault(type, List.of()));
    }

    /** The object and everything inside it, in order. */
    public List<EffectiveElement> ofObject(String object) {
        return elements.values().stream()
                .filter(e -> isInsideObject(e.key())
                        && (e.key().name().equals(object) || e.key().name().startsWith(object + "/")))
                .toList();
    }

    @Override
    public List<Contribution> of(ElementKey element, String property) {
        EffectiveElement found = elements.get(element);
        if (found == null) {
            return List.of();
        }
        EffectiveElement.Effective value = found.properties().get(property);
        return value == null ? List.of() : value.chain();
    }

    @Override
    public List<String> properties(ElementKey element) {
        EffectiveElement found = elements.get(element);
        return found == null ? List.of() : List.copyOf(found.properties().keySet());
    }

    @Override
    public Set<ElementKey> elements() {
        return elements.keySet();
    }

    private static boolean isInsideObject(ElementKey key) {
        String type = key.type();
        while (!type.equals(ElementTypes.OBJECT)) {
            Optional<String> parent = ElementTypes.require(type).parent();
            if (parent.isEmpty()) {
                return false;
            }
            type = parent.get();
        }
        return true;
    }
}
