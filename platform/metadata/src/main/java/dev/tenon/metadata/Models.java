package dev.tenon.metadata;

import dev.tenon.metadata.model.Model;
import java.util.ArrayList;
import java.util.List;

/** Merge and build in one call. */
public final class Models {

    private Models() {}

    /**
     * The model of a tenant with these layers, or everything that is wrong. The system layer is added when it is not
     * among them. Expressions and scripts in it are not looked at; that is for the rooms that know their languages.
     */
    public static Checked<Model> compile(String tenant, long version, List<Layer> layers) {
        return LayerMerge.merge(withSystem(layers))
                .then(elements -> new Checked.Good<>(ModelBuilder.build(tenant, version, elements)));
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
