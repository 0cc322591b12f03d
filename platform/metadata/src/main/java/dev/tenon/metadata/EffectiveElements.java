package dev.tenon.metadata;

import dev.tenon.metadata.internal.BuiltTree;
import dev.tenon.metadata.internal.ElementTree;
import dev.tenon.metadata.internal.Reads;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Provenance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The elements of all layers merged, in their effective order, with the layer of every property. Immutable. */
public final class EffectiveElements implements Provenance {

    private final List<Layer> layers;
    private final Map<ElementKey, ElementTree> trees;
    private final Map<String, List<EffectiveElement>> roots;
    private final Map<String, List<EffectiveElement>> links;
    private final Map<ElementKey, BuiltTree> built;
    private final @Nullable Reads reads;

    private EffectiveElements(
            List<Layer> layers,
            Map<ElementKey, ElementTree> trees,
            Map<String, List<EffectiveElement>> roots,
            Map<String, List<EffectiveElement>> links,
            Map<ElementKey, BuiltTree> built,
            @Nullable Reads reads) {
        this.layers = layers;
        this.trees = trees;
        this.roots = roots;
        this.links = links;
        this.built = built;
        this.reads = reads;
    }

    /** @param trees in effective order */
    public static EffectiveElements of(List<Layer> layers, Collection<ElementTree> trees) {
        Map<ElementKey, ElementTree> byRoot = new LinkedHashMap<>();
        Map<String, List<EffectiveElement>> roots = new HashMap<>();
        Map<String, List<EffectiveElement>> links = new HashMap<>();
        for (ElementTree tree : trees) {
            byRoot.put(tree.root(), tree);
            String type = tree.root().type();
            List<EffectiveElement> ofType = roots.computeIfAbsent(type, t -> new ArrayList<>());
            if (tree.root().equals(ElementTree.APPS)) {
                ofType.addAll(tree.elements().values());
            } else {
                Optional.ofNullable(tree.elements().get(tree.root())).ifPresent(ofType::add);
            }
            tree.links()
                    .forEach(
                            field -> links.computeIfAbsent(String.valueOf(field.text("target")), t -> new ArrayList<>())
                                    .add(field));
        }
        return new EffectiveElements(
                List.copyOf(layers), Collections.unmodifiableMap(byRoot), roots, links, Map.of(), null);
    }

    /** These elements, which note what they are asked. */
    public EffectiveElements noting(Reads itsReads) {
        return new EffectiveElements(layers, trees, roots, links, built, itsReads);
    }

    /** These elements, with what was made of each tree. */
    public EffectiveElements with(Map<ElementKey, BuiltTree> itsBuilt) {
        return new EffectiveElements(layers, trees, roots, links, Map.copyOf(itsBuilt), reads);
    }

    /** The layers, lowest first. */
    public List<Layer> layers() {
        return layers;
    }

    public Optional<Layer> findLayer(String name) {
        return layers.stream().filter(l -> l.name().equals(name)).findFirst();
    }

    /** Everything, a tree behind the other. */
    public Collection<ElementTree> trees() {
        if (reads != null) {
            reads.all();
        }
        return trees.values();
    }

    /** The tree with a root; for those who know what they read. */
    public @Nullable ElementTree tree(ElementKey root) {
        return trees.get(root);
    }

    /** What was made of a tree before. */
    public @Nullable BuiltTree built(ElementKey root) {
        return built.get(root);
    }

    public Optional<EffectiveElement> find(ElementKey key) {
        ElementTree tree = read(key);
        return tree == null
                ? Optional.empty()
                : Optional.ofNullable(tree.elements().get(key));
    }

    public Optional<EffectiveElement> find(String type, String name) {
        return find(new ElementKey(type, name));
    }

    /** Whether there is such an element, whatever it says. */
    public boolean contains(ElementKey key) {
        if (reads == null || !key.equals(ElementTree.rootOf(key))) {
            return find(key).isPresent();
        }
        boolean present = trees.containsKey(key);
        reads.presence(key, present);
        return present;
    }

    private @Nullable ElementTree read(ElementKey key) {
        ElementKey root = ElementTree.rootOf(key);
        ElementTree tree = trees.get(root);
        if (reads != null) {
            reads.tree(root, tree);
        }
        return tree;
    }

    /** All elements of a type, in order. */
    public List<EffectiveElement> ofType(String type) {
        if (reads != null) {
            reads.all();
        }
        boolean nested = ElementTypes.require(type).parent().isPresent();
        return nested
                ? trees.values().stream()
                        .flatMap(tree -> tree.elements().values().stream())
                        .filter(element -> element.key().type().equals(type))
                        .toList()
                : Collections.unmodifiableList(roots.getOrDefault(type, List.of()));
    }

    /** The fields and the parameters of actions that have a shared value set. */
    public Stream<EffectiveElement> ofValueSets() {
        return Stream.of(ElementTypes.FIELD, ElementTypes.PARAMETER)
                .flatMap(type -> ofType(type).stream())
                .filter(user -> !user.retired() && user.text("valueSet") != null);
    }

    /** Elements of the given type inside another, in order. */
    public List<EffectiveElement> children(ElementKey parent, String type) {
        ElementTree tree = read(parent);
        return tree == null ? List.of() : tree.children(parent, type);
    }

    /** The many-to-many fields of all objects that link records of the given one. */
    public List<EffectiveElement> linksTo(String object) {
        List<EffectiveElement> found = links.getOrDefault(object, List.of());
        if (reads != null) {
            reads.links(object, found);
        }
        return Collections.unmodifiableList(found);
    }

    /** The object and everything inside it, in order. */
    public List<EffectiveElement> ofObject(String object) {
        ElementTree tree = read(new ElementKey(ElementTypes.OBJECT, object));
        return tree == null ? List.of() : List.copyOf(tree.elements().values());
    }

    @Override
    public List<Contribution> of(ElementKey element, String property) {
        return find(element)
                .map(found -> found.properties().get(property))
                .map(EffectiveElement.Effective::chain)
                .orElse(List.of());
    }

    @Override
    public List<String> properties(ElementKey element) {
        return find(element)
                .map(found -> List.copyOf(found.properties().keySet()))
                .orElse(List.of());
    }

    @Override
    public Set<ElementKey> elements() {
        Set<ElementKey> keys = new java.util.LinkedHashSet<>();
        trees().forEach(tree -> keys.addAll(tree.elements().keySet()));
        return keys;
    }
}
