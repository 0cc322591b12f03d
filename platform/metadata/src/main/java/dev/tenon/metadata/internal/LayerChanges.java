package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElements;
import dev.tenon.metadata.Element;
import dev.tenon.metadata.Layer;
import dev.tenon.metadata.PackageInfo;
import dev.tenon.metadata.model.ElementKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Of which trees layers say something else than other ones did. */
final class LayerChanges {

    /** Null: of all of them. */
    private final @Nullable Set<ElementKey> roots;

    private LayerChanges(@Nullable Set<ElementKey> roots) {
        this.roots = roots;
    }

    /** @param now lowest first */
    static LayerChanges between(Optional<EffectiveElements> before, List<Layer> now) {
        List<Layer> then = before.map(EffectiveElements::layers).orElse(List.of());
        if (then.size() != now.size()) {
            return new LayerChanges(null);
        }
        Set<ElementKey> roots = new HashSet<>();
        for (int i = 0; i < now.size(); i++) {
            if (!sameStanding(then.get(i).info(), now.get(i).info())) {
                return new LayerChanges(null);
            }
            if (!then.get(i).equals(now.get(i))) {
                compare(then.get(i), now.get(i), roots);
            }
        }
        return new LayerChanges(roots);
    }

    boolean concern(ElementKey element) {
        return roots == null || roots.contains(ElementTree.rootOf(element));
    }

    /** What decides which layers are below which. */
    private static boolean sameStanding(PackageInfo then, PackageInfo now) {
        return then.name().equals(now.name())
                && then.namespace().equals(now.namespace())
                && then.requires().equals(now.requires());
    }

    private static void compare(Layer then, Layer now, Set<ElementKey> changed) {
        Set<ElementKey> retired = new HashSet<>(then.info().retired());
        retired.addAll(now.info().retired());
        retired.stream()
                .filter(key -> then.info().retired().contains(key)
                        != now.info().retired().contains(key))
                .map(ElementTree::rootOf)
                .forEach(changed::add);
        Map<ElementKey, List<Element>> had = ElementTree.byRoot(then.elements().values(), Element::key);
        Map<ElementKey, List<Element>> has = ElementTree.byRoot(now.elements().values(), Element::key);
        has.forEach((root, elements) -> {
            if (!elements.equals(had.get(root))) {
                changed.add(root);
            }
        });
        had.keySet().stream().filter(root -> !has.containsKey(root)).forEach(changed::add);
    }
}
