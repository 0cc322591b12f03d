package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.MetadataError;
import dev.tenon.metadata.Problem;
import dev.tenon.sdk.error.Suggestions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts siblings in order: as they came, then each to the place that {@code after} or {@code first} names. */
final class Placement {

    private final List<Problem> problems;
    private final List<EffectiveElement> placed = new ArrayList<>();
    private final Map<EffectiveElement, EffectiveElement> behind = new HashMap<>();

    private Placement(List<Problem> problems) {
        this.problems = problems;
    }

    static List<EffectiveElement> order(List<EffectiveElement> siblings, List<Problem> problems) {
        return new Placement(problems).place(siblings);
    }

    private List<EffectiveElement> place(List<EffectiveElement> siblings) {
        List<EffectiveElement> waiting = new ArrayList<>(siblings);
        while (!waiting.isEmpty()) {
            EffectiveElement next = waiting.stream()
                    .filter(e -> isReady(e, siblings))
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                EffectiveElement first = waiting.getFirst();
                problems.add(Problem.at(
                                first.sourceOf("after"),
                                MetadataError.PLACEMENT_CYCLE,
                                Map.of("element", first.key().toString(), "after", String.valueOf(first.text("after"))))
                        .about(first.key(), "after"));
                placed.addAll(waiting);
                return placed;
            }
            waiting.remove(next);
            insert(next, siblings);
        }
        return placed;
    }

    private boolean isReady(EffectiveElement element, List<EffectiveElement> siblings) {
        EffectiveElement target = target(element, siblings);
        return target == null || placed.contains(target);
    }

    private void insert(EffectiveElement element, List<EffectiveElement> siblings) {
        EffectiveElement target = target(element, siblings);
        if (target == null) {
            String after = element.text("after");
            if (after != null) {
                problems.add(Problem.at(
                                element.sourceOf("after"),
                                MetadataError.REFERENCE_UNKNOWN,
                                Map.of(
                                        "kind", element.key().type(),
                                        "name", after,
                                        "suggestion",
                                                Suggestions.nearestOrSome(
                                                        after,
                                                        siblings.stream()
                                                                .filter(s -> s != element)
                                                                .map(EffectiveElement::localName)
                                                                .toList())))
                        .about(element.key(), "after"));
            }
            placed.add(element.flag("first") && after == null ? 0 : placed.size(), element);
            return;
        }
        int at = placed.indexOf(target) + 1;
        // Several elements behind the same one keep their order.
        while (at < placed.size() && behind.get(placed.get(at)) == target) {
            at++;
        }
        placed.add(at, element);
        behind.put(element, target);
    }

    private static @Nullable EffectiveElement target(EffectiveElement element, List<EffectiveElement> siblings) {
        String after = element.text("after");
        if (after == null) {
            return null;
        }
        String own = Names.namespaceOf(element.localName())
                .map(ns -> Names.global(ns, after))
                .orElse(after);
        return siblings.stream()
                .filter(s -> s != element && s.localName().equals(after))
                .findFirst()
                .or(() -> siblings.stream()
                        .filter(s -> s != element && s.localName().equals(own))
                        .findFirst())
                .orElse(null);
    }
}
