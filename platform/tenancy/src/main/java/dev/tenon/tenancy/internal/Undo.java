package dev.tenon.tenancy.internal;

import dev.tenon.metadata.Element;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.Layer;
import dev.tenon.metadata.Property;
import dev.tenon.metadata.Values;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.tenancy.TenancyError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes one change of a tenant's own layer out again, and leaves what came after it: each property gets the value from
 * before the change, if it still has the one from after it.
 */
final class Undo {

    private final Map<ElementKey, Element> elements;
    private final Map<String, String> data;
    private final Layer now;
    private final List<String> changes = new ArrayList<>();
    private final List<ErrorDetail> obstacles = new ArrayList<>();

    /**
     * @param layer without the change
     * @param changes one line for each thing that is taken back
     * @param obstacles what was changed again since, or depends on it
     */
    record Outcome(Layer layer, List<String> changes, List<ErrorDetail> obstacles) {}

    private Undo(Layer now) {
        this.now = now;
        this.elements = new LinkedHashMap<>(now.elements());
        this.data = new LinkedHashMap<>(now.data());
    }

    static Outcome of(Layer before, Layer after, Layer now) {
        Undo undo = new Undo(now);
        Set<ElementKey> keys = new LinkedHashSet<>(before.elements().keySet());
        keys.addAll(after.elements().keySet());
        keys.forEach(key -> undo.element(key, before, after));
        undo.requireNoOrphans(before, after);
        Set<String> files = new LinkedHashSet<>(before.data().keySet());
        files.addAll(after.data().keySet());
        files.forEach(file -> undo.file(file, before, after));
        return new Outcome(new Layer(now.info(), undo.inOrder(before), undo.data), undo.changes, undo.obstacles);
    }

    /** What comes back stands again behind the one that it stood behind. */
    private Map<ElementKey, Element> inOrder(Layer before) {
        List<ElementKey> order = new ArrayList<>(elements.keySet());
        order.removeIf(key -> !now.elements().containsKey(key));
        int place = 0;
        for (ElementKey key : before.elements().keySet()) {
            int at = order.indexOf(key);
            if (at >= 0) {
                place = at + 1;
            } else if (elements.containsKey(key)) {
                order.add(place++, key);
            }
        }
        Map<ElementKey, Element> ordered = new LinkedHashMap<>();
        order.forEach(key -> ordered.put(key, Objects.requireNonNull(elements.get(key))));
        return ordered;
    }

    private void element(ElementKey key, Layer before, Layer after) {
        Element was = before.elements().get(key);
        Element became = after.elements().get(key);
        Element is = now.elements().get(key);
        if (was != null && became != null) {
            properties(key, was, became, is);
        } else if (became != null) {
            if (is == null || !is.sameContent(became)) {
                obstacle(key, "");
            } else {
                elements.remove(key);
                changes.add("remove " + key);
            }
        } else if (was != null) {
            if (is != null) {
                obstacle(key, "");
            } else {
                elements.put(key, was);
                changes.add("add " + key);
            }
        }
    }

    private void properties(ElementKey key, Element was, Element became, @Nullable Element is) {
        Set<String> names = new LinkedHashSet<>(was.properties().keySet());
        names.addAll(became.properties().keySet());
        Map<String, Property> wanted = new LinkedHashMap<>(is == null ? Map.of() : is.properties());
        for (String name : names) {
            boolean changed =
                    was.properties().containsKey(name) != became.properties().containsKey(name)
                            || !Values.same(was.value(name), became.value(name));
            if (!changed) {
                continue;
            }
            boolean asThen = is != null
                    && is.properties().containsKey(name) == became.properties().containsKey(name)
                    && Values.same(is.value(name), became.value(name));
            if (!asThen) {
                obstacle(key, name);
                continue;
            }
            Property old = was.properties().get(name);
            if (old == null) {
                wanted.remove(name);
                changes.add("reset " + key + " " + name);
            } else {
                wanted.put(name, old);
                changes.add("set " + key + " " + name);
            }
        }
        if (is != null) {
            elements.put(key, new Element(key, is.adds(), wanted, is.source()));
        }
    }

    /** What was put into an element later would hang in the air without it. */
    private void requireNoOrphans(Layer before, Layer after) {
        for (ElementKey gone : after.elements().keySet()) {
            if (before.elements().containsKey(gone)) {
                continue;
            }
            elements.keySet().stream().filter(key -> isInside(key, gone)).forEach(key -> obstacle(key, ""));
        }
    }

    private static boolean isInside(ElementKey key, ElementKey other) {
        return ElementTypes.require(key.type())
                .parentOf(key)
                .filter(parent -> parent.equals(other) || isInside(parent, other))
                .isPresent();
    }

    private void file(String file, Layer before, Layer after) {
        String was = before.data().get(file);
        String became = after.data().get(file);
        if (Objects.equals(was, became)) {
            return;
        }
        if (!Objects.equals(now.data().get(file), became)) {
            obstacles.add(new ErrorDetail(
                    TenancyError.UNDO_CHANGED_SINCE, "/" + file, Map.of("element", file, "property", "")));
        } else if (was == null) {
            data.remove(file);
            changes.add("remove " + file);
        } else {
            data.put(file, was);
            changes.add("set " + file);
        }
    }

    private void obstacle(ElementKey key, String property) {
        obstacles.add(new ErrorDetail(
                TenancyError.UNDO_CHANGED_SINCE, "/" + key, Map.of("element", key.toString(), "property", property)));
    }
}
