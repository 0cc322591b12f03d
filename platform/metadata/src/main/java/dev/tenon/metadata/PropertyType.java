package dev.tenon.metadata;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describes one property of an element type.
 *
 * @param merge how a higher layer's value meets a lower one's
 * @param changeable higher layers may set it
 * @param refers what names in the value stand for
 * @param itemName of a list: what an entry is called in {@code {add: [{<itemName>: …, after: …}]}}
 * @param fallback the value in force when no layer sets it, null when there is none or it depends
 */
public record PropertyType(
        String name,
        Merge merge,
        boolean changeable,
        Refers refers,
        Optional<String> itemName,
        @Nullable Object fallback) {

    /** How a higher layer's value meets a lower one's. */
    public enum Merge {
        /** The higher value replaces the lower. */
        SCALAR,
        /** A text for people; every language replaces for itself, {@code name@zh-CN}. */
        LABEL,
        /** A list: replaced by a list, edited by {@code {add: […], remove: […]}}. */
        LIST,
        /** A map whose entries replace one by one; an entry is the property {@code name.key}. */
        FAMILY,
        /** A map of lists, each replaced or edited like a {@link #LIST} for itself; one is the property {@code name.key}. */
        LISTS
    }

    /** Whether it is set entry by entry, as {@code name.key}. */
    public boolean keyed() {
        return merge == Merge.FAMILY || merge == Merge.LISTS;
    }

    /** Whether layers may edit a lower list instead of replacing it. */
    public boolean isList() {
        return merge == Merge.LIST || merge == Merge.LISTS;
    }

    /** What names in a value stand for; bare names of elements are global names in a layer. */
    public enum Refers {
        NOTHING,
        OBJECT,
        PERMISSION_SET,
        APPROVAL,
        VALUE_SET,
        /** Approvers of a step, in which {@code holdersOf} names a permission set. */
        APPROVERS
    }
}
