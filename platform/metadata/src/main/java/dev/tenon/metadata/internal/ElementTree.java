package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.ElementType;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.FieldProperties;
import dev.tenon.metadata.model.ElementKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A top-level element with everything inside it, in effective order: what is merged together, checked together and built
 * together. Models of which one comes from the other share the trees that no layer touched. Immutable.
 */
public final class ElementTree {

    /** The apps are one tree: they have an order among each other. */
    public static final ElementKey APPS = new ElementKey(ElementTypes.APP, "");

    private static final Map<String, String> ROOT_TYPES = ElementTypes.all().stream()
            .collect(Collectors.toUnmodifiableMap(ElementType::name, type -> rootType(type.name())));

    private final ElementKey root;
    private final Map<ElementKey, EffectiveElement> elements;
    private final Map<ElementKey, Map<String, List<EffectiveElement>>> children = new HashMap<>();
    private final List<EffectiveElement> links = new ArrayList<>();
    private final String digest;

    /** @param elements siblings in their effective order */
    ElementTree(ElementKey root, Map<ElementKey, EffectiveElement> elements) {
        this.root = root;
        this.elements = Collections.unmodifiableMap(new LinkedHashMap<>(elements));
        for (EffectiveElement element : elements.values()) {
            element.type()
                    .parentOf(element.key())
                    .ifPresent(parent -> children.computeIfAbsent(parent, p -> new HashMap<>())
                            .computeIfAbsent(element.key().type(), t -> new ArrayList<>())
                            .add(element));
            if (element.key().type().equals(ElementTypes.FIELD) && FieldProperties.LINKS.equals(element.text("type"))) {
                links.add(element);
            }
        }
        this.digest = Fingerprint.of(elements.values());
    }

    private static String rootType(String type) {
        String at = type;
        for (Optional<String> parent = ElementTypes.require(at).parent(); parent.isPresent(); ) {
            at = parent.get();
            parent = ElementTypes.require(at).parent();
        }
        return at;
    }

    /** The root of the tree that an element belongs to. */
    public static ElementKey rootOf(ElementKey key) {
        String type = ROOT_TYPES.getOrDefault(key.type(), key.type());
        if (type.equals(ElementTypes.APP)) {
            return APPS;
        }
        if (type.equals(key.type())) {
            return key;
        }
        int slash = key.name().indexOf('/');
        return new ElementKey(type, slash < 0 ? key.name() : key.name().substring(0, slash));
    }

    public ElementKey root() {
        return root;
    }

    public Map<ElementKey, EffectiveElement> elements() {
        return elements;
    }

    /** Elements of the given type inside another one of this tree, in order. */
    public List<EffectiveElement> children(ElementKey parent, String type) {
        return Collections.unmodifiableList(
                children.getOrDefault(parent, Map.of()).getOrDefault(type, List.of()));
    }

    /** The many-to-many fields. */
    public List<EffectiveElement> links() {
        return Collections.unmodifiableList(links);
    }

    /** Hash of what the elements say, without where it stands in files. */
    String digest() {
        return digest;
    }

    /** This tree where it says the same at the same places, so that nobody takes it for a changed one. */
    ElementTree or(@Nullable ElementTree before) {
        return before != null
                        && before.digest.equals(digest)
                        && List.copyOf(before.elements.values()).equals(List.copyOf(elements.values()))
                ? before
                : this;
    }

    /** What stands in groups by the tree that it belongs to, in the order in which it comes. */
    static <T> Map<ElementKey, List<T>> byRoot(Iterable<T> all, Function<T, ElementKey> key) {
        Map<ElementKey, List<T>> groups = new LinkedHashMap<>();
        all.forEach(one -> groups.computeIfAbsent(rootOf(key.apply(one)), r -> new ArrayList<>())
                .add(one));
        return groups;
    }
}
