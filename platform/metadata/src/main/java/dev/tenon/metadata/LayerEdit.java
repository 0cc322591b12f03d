package dev.tenon.metadata;

import dev.tenon.metadata.model.ElementKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One edit of a layer, as the admin API sends it. Values are plain JSON values; names of objects, permission sets and
 * approvals in them may be bare for the layer's own.
 */
public sealed interface LayerEdit {

    ElementKey element();

    /**
     * Adds an element. Properties as in the package file; translations are {@code label@zh-CN}. Nested elements may be
     * given inside, as in the file ({@code values} of a picklist), or as edits of their own.
     */
    record Add(ElementKey element, Map<String, @Nullable Object> properties) implements LayerEdit {
        public Add {
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        }
    }

    /** Sets a property of an own element or of a lower layer's; a null value takes a lower layer's value back. */
    record SetProperty(
            ElementKey element, String property, @Nullable Object value) implements LayerEdit {}

    /** Forgets what this layer says about a property, so that the lower layers' value is in force again. */
    record ResetProperty(ElementKey element, String property) implements LayerEdit {}

    /** Removes an element that this layer added, with everything inside it. */
    record RemoveElement(ElementKey element) implements LayerEdit {}
}
