package dev.tenon.metadata;

import dev.tenon.metadata.internal.Folding;
import dev.tenon.metadata.internal.LayerOrder;
import dev.tenon.metadata.internal.References;
import java.util.ArrayList;
import java.util.List;

/** Merges layers into the effective elements, or says everything that does not fit together. A pure function. */
public final class LayerMerge {

    private LayerMerge() {}

    /** The layers from low to high: system, packages after what they require, the tenant's own; else what is wrong. */
    public static Checked<List<Layer>> order(List<Layer> layers) {
        return LayerOrder.of(layers).then(order -> new Checked.Good<>(order.layers()));
    }

    /** The effective elements. The order of the argument does not matter; {@link #order} is applied. */
    public static Checked<EffectiveElements> merge(List<Layer> layers) {
        return LayerOrder.of(layers).then(order -> {
            List<Problem> problems = new ArrayList<>();
            EffectiveElements merged = Folding.fold(order, problems);
            problems.addAll(References.check(merged));
            return Checked.of(problems, () -> merged);
        });
    }
}
