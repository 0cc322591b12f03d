package dev.tenon.metadata;

import dev.tenon.metadata.internal.CanonicalOrder;
import dev.tenon.metadata.internal.EditApplication;
import dev.tenon.metadata.model.ElementKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one package, or a tenant's own customizing, contributes: elements it adds and changes to lower layers' elements.
 * Immutable. Stored and moved as the files of its package ({@link PackageWriter}).
 *
 * @param info what {@code package.yaml} says
 * @param elements by key, in the order of the files
 * @param data files under {@code data/} by path, as text
 */
public record Layer(PackageInfo info, Map<ElementKey, Element> elements, Map<String, String> data) {

    public Layer {
        elements = Collections.unmodifiableMap(CanonicalOrder.of(elements));
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /** A tenant's own layer before anything was changed. */
    public static Layer emptyCustom() {
        return new Layer(PackageInfo.custom(), Map.of(), Map.of());
    }

    public String name() {
        return info.name();
    }

    public String namespace() {
        return info.namespace();
    }

    public String version() {
        return info.version();
    }

    public Optional<Element> find(ElementKey key) {
        return Optional.ofNullable(elements.get(key));
    }

    /**
     * This layer with all the edits, or everything that is wrong with them; never some of them. The result is checked
     * like a package that is read; whether it fits the layers below is checked by {@link Models#compile}.
     */
    public Checked<Layer> apply(List<LayerEdit> edits) {
        return EditApplication.apply(this, edits);
    }

    /** The script source at a path of this layer, for example {@code scripts/starting-salary.js}. */
    public Optional<String> script(String path) {
        return find(scriptKey(path)).map(e -> (String) e.value("source"));
    }

    /** Key of a script of this layer. */
    public ElementKey scriptKey(String path) {
        return new ElementKey(ElementTypes.SCRIPT, name() + "/" + path);
    }

    /** Equal but for where things stand in the files. */
    public boolean sameContent(Layer other) {
        return info.equals(other.info)
                && data.equals(other.data)
                && List.copyOf(elements.keySet()).equals(List.copyOf(other.elements.keySet()))
                && elements.values().stream()
                        .allMatch(
                                e -> other.find(e.key()).filter(e::sameContent).isPresent());
    }

    @Override
    public String toString() {
        return "Layer[" + name() + " " + version() + ", " + elements.size() + " elements]";
    }
}
