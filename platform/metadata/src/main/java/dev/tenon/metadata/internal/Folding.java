package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.EffectiveElement.Effective;
import dev.tenon.metadata.EffectiveElements;
import dev.tenon.metadata.Element;
import dev.tenon.metadata.ElementType;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.Layer;
import dev.tenon.metadata.MetadataError;
import dev.tenon.metadata.Problem;
import dev.tenon.metadata.Property;
import dev.tenon.metadata.PropertyType;
import dev.tenon.metadata.Values;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Provenance.Contribution;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.Suggestions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Folds ordered layers into effective elements: adds, changes, and who said what. What a layer says of a tree concerns no
 * other one, so only trees are folded that the layers say something else of than they did before.
 */
final class Folding {

    private static final List<String> TYPES =
            ElementTypes.all().stream().map(ElementType::name).toList();

    private final LayerOrder.Order order;
    private final Optional<EffectiveElements> before;
    private final List<Problem> problems;
    private final Map<ElementKey, Building> building = new LinkedHashMap<>();
    private final Set<String> reported = new HashSet<>();

    private Folding(LayerOrder.Order order, Optional<EffectiveElements> before, List<Problem> problems) {
        this.order = order;
        this.before = before;
        this.problems = problems;
    }

    /**
     * The merged elements; problems are added to the list.
     *
     * @param before elements without a problem, to take trees from
     */
    static EffectiveElements fold(LayerOrder.Order order, Optional<EffectiveElements> before, List<Problem> problems) {
        return new Folding(order, before, problems).fold();
    }

    /** An element while layers are still being added. */
    private record Building(
            ElementKey key,
            String origin,
            boolean retired,
            ErrorSource source,
            Map<String, List<Contribution>> properties) {}

    private EffectiveElements fold() {
        LayerChanges changes = LayerChanges.between(before, order.layers());
        for (Layer layer : order.layers()) {
            layer.elements().values().stream()
                    .filter(element -> changes.concern(element.key()))
                    .forEach(element -> {
                        if (element.adds()) {
                            add(layer, element);
                        } else {
                            change(layer, element);
                        }
                    });
        }
        List<ElementTree> trees = new ArrayList<>(folded());
        before.ifPresent(elements -> elements.trees().stream()
                .filter(tree -> !changes.concern(tree.root()))
                .forEach(trees::add));
        trees.sort(Comparator.comparingInt(
                        (ElementTree tree) -> TYPES.indexOf(tree.root().type()))
                .thenComparing(ElementTree::root));
        return EffectiveElements.of(order.layers(), trees);
    }

    private void add(Layer layer, Element element) {
        Building existing = building.get(element.key());
        if (existing != null) {
            report(
                    element.source(),
                    MetadataError.DUPLICATE_NAME,
                    Map.of("element", element.key().toString(), "other", existing.source.toString()),
                    element.key(),
                    null);
            return;
        }
        Optional<ElementKey> parent = element.type().parentOf(element.key());
        if (parent.isPresent()) {
            Building owner = building.get(parent.get());
            if (owner == null) {
                missing(layer, element, parent.get());
                return;
            }
            checkDeclared(layer, element, owner);
        }
        create(layer, element);
    }

    private void create(Layer layer, Element element) {
        boolean retired = layer.info().retired().contains(element.key())
                || element.type()
                        .parentOf(element.key())
                        .map(building::get)
                        .filter(parent -> parent.retired && parent.origin.equals(layer.name()))
                        .isPresent();
        Building created = new Building(element.key(), layer.name(), retired, element.source(), new LinkedHashMap<>());
        building.put(element.key(), created);
        element.properties().forEach((name, property) -> contribute(created, layer, name, property));
    }

    private void change(Layer layer, Element element) {
        Building target = building.get(element.key());
        if (target == null) {
            boolean upsert = element.type().naming() == ElementType.Naming.OBJECT;
            Optional<ElementKey> parent = element.type().parentOf(element.key());
            if (upsert && parent.filter(building::containsKey).isPresent()) {
                create(layer, element);
                return;
            }
            missing(layer, element, parent.filter(p -> !building.containsKey(p)).orElse(element.key()));
            return;
        }
        checkDeclared(layer, element, target);
        element.properties().forEach((name, property) -> {
            Optional<PropertyType> type = element.type().findProperty(name);
            boolean mayChange = type.filter(PropertyType::changeable).isPresent();
            if (!mayChange && !target.origin.equals(layer.name())) {
                report(
                        property.source(),
                        MetadataError.PROPERTY_NOT_CHANGEABLE,
                        Map.of("property", name, "element", element.key().toString(), "owner", target.origin),
                        element.key(),
                        name);
                return;
            }
            checkUnrivalled(layer, element, name, property, target);
            contribute(target, layer, name, property);
        });
    }

    private void checkUnrivalled(Layer layer, Element element, String name, Property property, Building target) {
        for (Contribution other : target.properties.getOrDefault(name, List.of())) {
            boolean bothEdits = ListMerge.isEdit(other.value()) && ListMerge.isEdit(property.value());
            boolean ordered = other.layer().equals(layer.name()) || order.isBelow(other.layer(), layer.name());
            if (!ordered && !bothEdits && !Values.same(other.value(), property.value())) {
                report(
                        property.source(),
                        MetadataError.CHANGED_TWICE,
                        Map.of(
                                "property", name,
                                "element", element.key().toString(),
                                "first", other.layer(),
                                "second", layer.name()),
                        element.key(),
                        name);
            }
        }
    }

    private void checkDeclared(Layer layer, Element element, Building target) {
        boolean declared = target.origin.equals(layer.name()) || order.isBelow(target.origin, layer.name());
        if (!declared) {
            undeclared(layer, element, target.origin);
        }
    }

    private void undeclared(Layer layer, Element element, String required) {
        if (reported.add(layer.name() + " requires " + required)) {
            report(
                    element.source(),
                    MetadataError.REQUIREMENT_UNDECLARED,
                    Map.of("package", layer.name(), "required", required),
                    element.key(),
                    null);
        }
    }

    private void missing(Layer layer, Element element, ElementKey missing) {
        if (isUnrelated(layer, element, missing)) {
            return;
        }
        // One missing object would otherwise be told for each of its fields.
        if (!reported.add(layer.name() + " misses " + missing)) {
            return;
        }
        String parent = parentName(missing);
        List<String> known = building.keySet().stream()
                .filter(k -> k.type().equals(missing.type()) && parentName(k).equals(parent))
                .map(k -> parent.isEmpty() ? k.name() : k.name().substring(parent.length() + 1))
                .toList();
        String name = parent.isEmpty() ? missing.name() : missing.name().substring(parent.length() + 1);
        report(
                element.source(),
                MetadataError.TARGET_MISSING,
                Map.of(
                        "element", missing.toString(),
                        "suggestion", Suggestions.nearestOrSome(name, known),
                        "added", Names.isGlobal(name) ? name : layer.namespace() + Names.SEPARATOR + name),
                element.key(),
                null);
    }

    /** The package is there, but nothing says that it is below this one: that is the fault to tell. */
    private boolean isUnrelated(Layer layer, Element element, ElementKey missing) {
        Optional<String> namespace = Names.namespaceOf(missing.name());
        Optional<Layer> owner = order.layers().stream()
                .filter(l -> namespace.filter(l.namespace()::equals).isPresent())
                .filter(l -> !l.equals(layer) && !order.isBelow(l.name(), layer.name()))
                .findFirst();
        owner.ifPresent(l -> undeclared(layer, element, l.name()));
        return owner.isPresent();
    }

    private static void contribute(Building target, Layer layer, String name, Property property) {
        target.properties
                .computeIfAbsent(name, n -> new ArrayList<>())
                .add(new Contribution(layer.name(), property.value(), property.source()));
    }

    private List<ElementTree> folded() {
        List<ElementTree> trees = new ArrayList<>();
        ElementTree.byRoot(building.values(), Building::key)
                .forEach((root, members) -> trees.add(new ElementTree(root, ordered(members))
                        .or(before.map(b -> b.tree(root)).orElse(null))));
        return trees;
    }

    private Map<ElementKey, EffectiveElement> ordered(List<Building> tree) {
        Map<String, Map<String, List<EffectiveElement>>> siblings = new LinkedHashMap<>();
        tree.stream()
                .map(Folding::finish)
                .forEach(e -> siblings.computeIfAbsent(e.key().type(), t -> new LinkedHashMap<>())
                        .computeIfAbsent(parentName(e.key()), k -> new ArrayList<>())
                        .add(e));
        Map<ElementKey, EffectiveElement> result = new LinkedHashMap<>();
        for (String type : TYPES) {
            siblings.getOrDefault(type, Map.of())
                    .values()
                    .forEach(members -> Placement.order(members, problems).forEach(e -> result.put(e.key(), e)));
        }
        return result;
    }

    private static EffectiveElement finish(Building element) {
        Map<String, Effective> properties = new LinkedHashMap<>();
        ElementType type = ElementTypes.require(element.key.type());
        element.properties.forEach((name, chain) -> {
            Optional<PropertyType> list = type.findProperty(name).filter(PropertyType::isList);
            @Nullable
            Object value = list.isPresent()
                    ? ListMerge.merge(list.get(), chain)
                    : chain.getLast().value();
            properties.put(name, new Effective(value, chain));
        });
        return new EffectiveElement(element.key, element.origin, properties, element.retired, element.source);
    }

    private void report(
            ErrorSource at,
            MetadataError code,
            Map<String, Object> args,
            ElementKey element,
            @Nullable String property) {
        Problem problem = Problem.at(at, code, args);
        problems.add(property == null ? problem.about(element) : problem.about(element, property));
    }

    private static String parentName(ElementKey key) {
        int slash = key.type().equals(ElementTypes.SCRIPT) ? -1 : key.name().lastIndexOf('/');
        return slash < 0 ? "" : key.name().substring(0, slash);
    }
}
