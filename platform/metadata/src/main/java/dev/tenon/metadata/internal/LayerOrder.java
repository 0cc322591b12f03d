package dev.tenon.metadata.internal;

import dev.tenon.metadata.Checked;
import dev.tenon.metadata.Layer;
import dev.tenon.metadata.MetadataError;
import dev.tenon.metadata.Problem;
import dev.tenon.sdk.error.ErrorSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.semver4j.Semver;

/** Puts layers in order: the system first, packages after what they require, the tenant's own last. */
public final class LayerOrder {

    /**
     * @param layers lowest first
     * @param below by layer name, the names of all layers that are known to be below it
     */
    public record Order(List<Layer> layers, Map<String, Set<String>> below) {

        boolean isBelow(String lower, String higher) {
            return below.getOrDefault(higher, Set.of()).contains(lower);
        }
    }

    private final Map<String, Layer> byName = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private LayerOrder() {}

    public static Checked<Order> of(List<Layer> layers) {
        return new LayerOrder().order(layers);
    }

    private Checked<Order> order(List<Layer> layers) {
        index(layers);
        byName.values().forEach(this::checkRequirements);
        List<Layer> sorted = sorted();
        return Checked.of(problems, () -> new Order(sorted, below(sorted)));
    }

    private void index(List<Layer> layers) {
        Map<String, String> namespaces = new HashMap<>();
        for (Layer layer : layers) {
            if (byName.putIfAbsent(layer.name(), layer) != null) {
                report(layer, MetadataError.LAYER_TWICE, Map.of("package", layer.name()));
                continue;
            }
            String other = namespaces.putIfAbsent(layer.namespace(), layer.name());
            if (other != null) {
                report(
                        layer,
                        MetadataError.NAMESPACE_TWICE,
                        Map.of("package", layer.name(), "other", other, "namespace", layer.namespace()));
            }
        }
    }

    private void checkRequirements(Layer layer) {
        layer.info().requires().forEach((name, range) -> {
            Layer required = byName.get(name);
            if (required == null) {
                report(
                        layer,
                        MetadataError.REQUIREMENT_MISSING,
                        Map.of("package", layer.name(), "required", name, "range", range));
            } else if (!new Semver(required.version()).satisfies(range)) {
                report(
                        layer,
                        MetadataError.REQUIREMENT_VERSION,
                        Map.of("package", layer.name(), "required", name, "range", range, "found", required.version()));
            }
        });
    }

    /** Always takes the first by name of those whose requirements are placed: the result does not depend on the input's order. */
    private List<Layer> sorted() {
        List<Layer> waiting = new ArrayList<>(byName.values());
        waiting.sort(Comparator.comparingInt(
                        (Layer l) -> l.info().isSystem() ? 0 : l.info().isCustom() ? 2 : 1)
                .thenComparing(Layer::name));
        List<Layer> placed = new ArrayList<>();
        Set<String> names = new HashSet<>();
        while (!waiting.isEmpty()) {
            Layer next = waiting.stream()
                    .filter(l -> isReady(l, names, waiting))
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                List<Layer> cycle = cycle(waiting);
                report(
                        cycle.getFirst(),
                        MetadataError.REQUIREMENT_CYCLE,
                        Map.of(
                                "cycle",
                                String.join(
                                        " → ", cycle.stream().map(Layer::name).toList())));
                return placed;
            }
            waiting.remove(next);
            placed.add(next);
            names.add(next.name());
        }
        return placed;
    }

    private boolean isReady(Layer layer, Set<String> placed, List<Layer> waiting) {
        if (layer.info().isCustom() && waiting.size() > 1) {
            return false;
        }
        return layer.info().requires().keySet().stream()
                .allMatch(name -> placed.contains(name) || !byName.containsKey(name));
    }

    private List<Layer> cycle(List<Layer> waiting) {
        Set<Layer> path = new LinkedHashSet<>();
        Layer at = waiting.getFirst();
        while (path.add(at)) {
            at = at.info().requires().keySet().stream()
                    .map(byName::get)
                    .filter(l -> l != null && waiting.contains(l))
                    .findFirst()
                    .orElse(at);
        }
        List<Layer> cycle = new ArrayList<>(path);
        List<Layer> found = new ArrayList<>(cycle.subList(cycle.indexOf(at), cycle.size()));
        found.add(at);
        return found;
    }

    private Map<String, Set<String>> below(List<Layer> sorted) {
        Map<String, Set<String>> below = new HashMap<>();
        for (Layer layer : sorted) {
            Set<String> names = new HashSet<>();
            if (layer.info().isCustom()) {
                sorted.forEach(l -> names.add(l.name()));
                names.remove(layer.name());
            }
            sorted.stream().filter(l -> l.info().isSystem() && !l.equals(layer)).forEach(l -> names.add(l.name()));
            for (String required : layer.info().requires().keySet()) {
                names.add(required);
                names.addAll(below.getOrDefault(required, Set.of()));
            }
            below.put(layer.name(), names);
        }
        return below;
    }

    private void report(Layer layer, MetadataError code, Map<String, Object> args) {
        problems.add(Problem.at(new ErrorSource(layer.name(), "package.yaml", 0, 0), code, args));
    }
}
