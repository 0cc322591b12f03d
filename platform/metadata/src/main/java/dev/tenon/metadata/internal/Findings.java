package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.MetadataError;
import dev.tenon.metadata.Problem;
import dev.tenon.sdk.error.Suggestions;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What checks of elements have found, each at its place. */
record Findings(List<Problem> problems) {

    void report(EffectiveElement e, String property, MetadataError code, Map<String, Object> args) {
        problems.add(Problem.at(e.sourceOf(property), code, args).about(e.key(), property));
    }

    /** Reports those names that are not among the known ones. */
    void unknown(EffectiveElement e, String property, String kind, Collection<String> named, List<String> known) {
        named.stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> report(
                        e,
                        property,
                        MetadataError.REFERENCE_UNKNOWN,
                        Map.of(
                                "kind", kind,
                                "name", name,
                                "suggestion", Suggestions.nearestOrSome(name, known))));
    }
}
