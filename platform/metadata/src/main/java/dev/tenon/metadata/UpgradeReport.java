package dev.tenon.metadata;

import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Label;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a new version of a package means for a tenant, property by property.
 *
 * @param packageName the package that is upgraded
 * @param from installed version
 * @param to new version
 * @param entries in the order of the elements
 */
public record UpgradeReport(String packageName, String from, String to, List<Entry> entries) {

    public UpgradeReport {
        entries = List.copyOf(entries);
    }

    /** What happens to a property or element. */
    public enum Kind {
        /** The new version adds the element. */
        ADDED,
        /** The new version has another value; nobody above had changed it. */
        CHANGED,
        /** The new version no longer has the element; it is kept, hidden, with its data. */
        REMOVED,
        /** A higher layer's value stays; the new version did not touch it. */
        KEPT,
        /** The new version now says what the higher layer says. */
        ABSORBED,
        /** Both changed it; the higher layer's value stays in force until somebody decides. */
        CONFLICT,
        /** A higher layer's change of, or addition to, an element that the new version no longer has. */
        ORPHAN
    }

    /**
     * @param label names of the element and of what it belongs to, for people
     * @param property null when the entry is about the element as a whole
     * @param layer the higher layer concerned, null when it is only about the package
     * @param old value of the installed version
     * @param theirs value of the new version
     * @param mine value of the higher layer
     */
    public record Entry(
            Kind kind,
            ElementKey element,
            Label label,
            @Nullable String property,
            @Nullable String layer,
            @Nullable Object old,
            @Nullable Object theirs,
            @Nullable Object mine) {}

    /** Number of entries of each kind; every kind is there. */
    public Map<Kind, Integer> counts() {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        Arrays.stream(Kind.values()).forEach(kind -> counts.put(kind, 0));
        entries.forEach(e -> counts.merge(e.kind(), 1, Integer::sum));
        return Collections.unmodifiableMap(counts);
    }

    public List<Entry> ofKind(Kind kind) {
        return entries.stream().filter(e -> e.kind() == kind).toList();
    }

    public Optional<Entry> find(ElementKey element, @Nullable String property) {
        return entries.stream()
                .filter(e -> e.element().equals(element) && java.util.Objects.equals(e.property(), property))
                .findFirst();
    }

    /** The edit that decides a conflict for the new version: the higher layer's value is forgotten. */
    public static LayerEdit takeTheirs(Entry conflict) {
        String property = conflict.property();
        if (property == null) {
            throw new IllegalArgumentException("not about a property: " + conflict.element());
        }
        return new LayerEdit.ResetProperty(conflict.element(), property);
    }
}
