package dev.tenon.metadata.internal;

import dev.tenon.metadata.Element;
import dev.tenon.metadata.ElementType;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.model.ElementKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of a layer's elements: by type, then by parent; added siblings stay as they came, because their order
 * means something; changes come by name. So a layer has the same order whether it was read or edited. Top-level elements have no order of their own
 * but apps.
 */
public final class CanonicalOrder {

    private static final List<String> TYPES =
            ElementTypes.all().stream().map(ElementType::name).toList();

    private static final Comparator<Element> ORDER = Comparator.comparingInt(
                    (Element e) -> TYPES.indexOf(e.key().type()))
            .thenComparing(CanonicalOrder::group)
            .thenComparing(e -> e.adds() ? "" : e.key().name());

    private CanonicalOrder() {}

    /** The same elements in canonical order. */
    public static Map<ElementKey, Element> of(Map<ElementKey, Element> elements) {
        List<Element> sorted = new ArrayList<>(elements.values());
        sorted.sort(ORDER);
        Map<ElementKey, Element> result = new LinkedHashMap<>();
        sorted.forEach(e -> result.put(e.key(), e));
        return result;
    }

    private static String group(Element element) {
        ElementType type = element.type();
        if (type.parent().isPresent()) {
            return type.parentOf(element.key()).map(ElementKey::name).orElse("");
        }
        // Own apps stand in apps.yaml in the order of the navigation, changes of others' in a file of their own.
        return type.name().equals(ElementTypes.APP)
                ? (element.adds() ? "0" : "1")
                : element.key().name();
    }
}
