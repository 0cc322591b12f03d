package dev.tenon.metadata.internal;

import dev.tenon.metadata.Element;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.Layer;
import dev.tenon.metadata.PackageInfo;
import dev.tenon.metadata.Property;
import dev.tenon.metadata.PropertyType;
import dev.tenon.metadata.UpgradeReport;
import dev.tenon.metadata.UpgradeReport.Entry;
import dev.tenon.metadata.UpgradeReport.Kind;
import dev.tenon.metadata.Values;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Label;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares the installed version, the new one and what higher layers say, without knowing any element type. */
public final class ThreeWay {

    private final Layer oldLayer;
    private final Layer newLayer;
    private final List<Layer> higher;
    private final List<Layer> named = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    public ThreeWay(Layer oldLayer, Layer newLayer, List<Layer> lower, List<Layer> higher) {
        this.oldLayer = oldLayer;
        this.newLayer = newLayer;
        this.higher = higher;
        named.add(newLayer);
        named.add(oldLayer);
        named.addAll(lower);
        named.addAll(higher);
    }

    /** See {@link dev.tenon.metadata.UpgradeAnalysis#compare}. */
    public UpgradeReport report() {
        Set<ElementKey> keys = new LinkedHashSet<>(newLayer.elements().keySet());
        keys.addAll(oldLayer.elements().keySet());
        for (ElementKey key : keys) {
            Element before = oldLayer.info().retired().contains(key)
                    ? null
                    : oldLayer.find(key).orElse(null);
            Element after = newLayer.find(key).orElse(null);
            if (before != null && after == null && before.adds()) {
                removed(key);
            } else if (before == null && after != null && after.adds()) {
                added(key, after);
            } else if (before != null || after != null) {
                compared(key, before, after);
            }
        }
        return new UpgradeReport(newLayer.name(), oldLayer.version(), newLayer.version(), entries);
    }

    /** See {@link dev.tenon.metadata.UpgradeAnalysis#upgraded}. */
    public static Layer upgraded(Layer oldLayer, Layer newLayer) {
        Map<ElementKey, Element> elements = new LinkedHashMap<>(newLayer.elements());
        TreeSet<ElementKey> retired = new TreeSet<>(newLayer.info().retired());
        oldLayer.elements().forEach((key, element) -> {
            if (element.adds() && !elements.containsKey(key)) {
                // Its place among siblings no longer matters and must not depend on ones that moved.
                Map<String, Property> properties = new LinkedHashMap<>(element.properties());
                properties.remove("after");
                properties.remove("first");
                elements.put(key, new Element(key, true, properties, element.source()));
                retired.add(key);
            }
        });
        PackageInfo info = newLayer.info();
        return new Layer(
                new PackageInfo(
                        info.name(),
                        info.namespace(),
                        info.version(),
                        info.requires(),
                        info.title(),
                        info.summary(),
                        retired),
                elements,
                newLayer.data());
    }

    private void added(ElementKey key, Element after) {
        boolean inside = parent(key)
                .filter(p -> newLayer.find(p).filter(Element::adds).isPresent()
                        && (oldLayer.find(p).isEmpty()
                                || oldLayer.info().retired().contains(p)))
                .isPresent();
        if (!inside) {
            entry(Kind.ADDED, key, null, null, null, null, null);
        }
        // An element named after what it is about can have been made by a higher layer before.
        for (Layer layer : higher) {
            layer.find(key)
                    .ifPresent(mine -> mine.properties()
                            .forEach((name, property) ->
                                    touched(key, name, layer, null, after.value(name), property.value())));
        }
    }

    private void removed(ElementKey key) {
        boolean inside = parent(key)
                .filter(p -> oldLayer.find(p).isPresent() && newLayer.find(p).isEmpty())
                .isPresent();
        if (!inside) {
            entry(Kind.REMOVED, key, null, null, null, null, null);
        }
        for (Layer layer : higher) {
            layer.elements().forEach((otherKey, element) -> {
                if (otherKey.equals(key)) {
                    element.properties()
                            .forEach((name, property) -> entry(
                                    Kind.ORPHAN, key, name, layer, value(key, name, oldLayer), null, property.value()));
                } else if (parent(otherKey).equals(Optional.of(key)) && element.adds()) {
                    entry(Kind.ORPHAN, otherKey, null, layer, null, null, null);
                }
            });
        }
    }

    private void compared(ElementKey key, @Nullable Element before, @Nullable Element after) {
        Set<String> names = new LinkedHashSet<>();
        if (after != null) {
            names.addAll(after.properties().keySet());
        }
        if (before != null) {
            names.addAll(before.properties().keySet());
        }
        higher.forEach(layer ->
                layer.find(key).ifPresent(e -> names.addAll(e.properties().keySet())));
        for (String name : names) {
            Object old = value(key, name, oldLayer);
            Object theirs = value(key, name, newLayer);
            boolean changed = !Values.same(old, theirs);
            boolean shown = changed;
            for (Layer layer : higher) {
                Element element = layer.find(key).orElse(null);
                Property mine = element == null ? null : element.properties().get(name);
                if (mine != null) {
                    // Edits of a list and the new list do not exclude each other.
                    shown &= ListMerge.isEdit(mine.value());
                    touched(key, name, layer, old, theirs, mine.value());
                }
            }
            if (shown) {
                entry(Kind.CHANGED, key, name, null, old, theirs, null);
            }
        }
    }

    private void touched(
            ElementKey key,
            String name,
            Layer layer,
            @Nullable Object old,
            @Nullable Object theirs,
            @Nullable Object mine) {
        Kind kind;
        if (Values.same(old, theirs) || ListMerge.isEdit(mine)) {
            kind = Kind.KEPT;
        } else if (Values.same(theirs, mine)) {
            kind = Kind.ABSORBED;
        } else {
            kind = Kind.CONFLICT;
        }
        entry(kind, key, name, layer, old, theirs, mine);
    }

    /** What the layer says, or what is in force when it says nothing. */
    private static @Nullable Object value(ElementKey key, String name, Layer layer) {
        Object value = layer.find(key).map(e -> e.value(name)).orElse(null);
        if (value != null) {
            return value;
        }
        return ElementTypes.require(key.type())
                .findProperty(name)
                .map(PropertyType::fallback)
                .orElse(null);
    }

    private void entry(
            Kind kind,
            ElementKey key,
            @Nullable String property,
            @Nullable Layer layer,
            @Nullable Object old,
            @Nullable Object theirs,
            @Nullable Object mine) {
        // Whole sources would drown the report.
        boolean source = key.type().equals(ElementTypes.SCRIPT);
        entries.add(new Entry(
                kind,
                key,
                label(key),
                property,
                layer == null ? null : layer.name(),
                source ? null : old,
                source ? null : theirs,
                source ? null : mine));
    }

    /** Names of the element and of what it is in, from outside to inside. */
    private Label label(ElementKey key) {
        List<Label> path = new ArrayList<>();
        for (Optional<ElementKey> at = Optional.of(key); at.isPresent(); at = parent(at.get())) {
            path.addFirst(ownLabel(at.get()));
        }
        Map<String, String> texts = new LinkedHashMap<>();
        path.forEach(label -> label.texts().keySet().forEach(language -> texts.put(language, "")));
        texts.replaceAll((language, text) -> String.join(
                " › ",
                path.stream().map(l -> l.in(Locale.forLanguageTag(language))).toList()));
        return new Label(texts);
    }

    private Label ownLabel(ElementKey key) {
        for (Layer layer : named) {
            Element element = layer.find(key).orElse(null);
            if (element != null && element.value("label") instanceof String english) {
                Map<String, String> texts = new LinkedHashMap<>();
                texts.put(Label.DEFAULT_LANGUAGE, english);
                element.properties().forEach((name, property) -> {
                    if (name.startsWith("label@") && property.value() instanceof String text) {
                        texts.put(name.substring("label@".length()), text);
                    }
                });
                return new Label(texts);
            }
        }
        String name = key.name().substring(key.name().lastIndexOf('/') + 1);
        return key.type().equals(ElementTypes.OBJECT_PERMISSION)
                ? ownLabel(new ElementKey(ElementTypes.OBJECT, name))
                : Label.of(Names.bare(name));
    }

    private static Optional<ElementKey> parent(ElementKey key) {
        return ElementTypes.require(key.type()).parentOf(key);
    }
}
