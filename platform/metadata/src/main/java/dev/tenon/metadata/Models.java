package dev.tenon.metadata;

import dev.tenon.metadata.internal.Compilation;
import dev.tenon.metadata.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Merge and build in one call. */
public final class Models {

    private Models() {}

    /**
     * The model of a tenant with these layers, or everything that is wrong. The system layer is added when it is not
     * among them. Expressions and scripts in it are not looked at; that is for the rooms that know their languages.
     */
    public static Checked<Model> compile(String tenant, long version, List<Layer> layers) {
        return compile(tenant, version, layers, Optional.empty());
    }

    /**
     * As {@link #compile(String, long, List)}, with the effort of what has changed.
     *
     * @param before a model of similar layers, mostly the tenant's of before: what nothing has touched is taken from it
     */
    public static Checked<Model> compile(String tenant, long version, List<Layer> layers, Optional<Model> before) {
        List<Layer> all = withSystem(layers);
        Optional<EffectiveElements> known = before.map(Model::provenance)
                .filter(EffectiveElements.class::isInstance)
                .map(EffectiveElements.class::cast);
        Checked<Model> compiled = Compilation.of(tenant, version, all, known);
        // What is wrong is told in the order and the words of a compilation of everything.
        return compiled instanceof Checked.Bad && known.isPresent()
                ? Compilation.of(tenant, version, all, Optional.empty())
                : compiled;
    }

    /** The layers with the system layer among them. */
    public static List<Layer> withSystem(List<Layer> layers) {
        if (layers.stream().anyMatch(l -> l.info().isSystem())) {
            return layers;
        }
        List<Layer> all = new ArrayList<>(layers.size() + 1);
        all.add(SystemPackage.layer());
        all.addAll(layers);
        return all;
    }
}
