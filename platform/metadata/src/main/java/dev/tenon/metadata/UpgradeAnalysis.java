package dev.tenon.metadata;

import dev.tenon.metadata.internal.ThreeWay;
import java.util.List;

/** Compares three ways: installed version, new version, what higher layers changed. A pure function. */
public final class UpgradeAnalysis {

    private UpgradeAnalysis() {}

    /**
     * What the upgrade means. Higher layers are not touched: what they say stays in force.
     *
     * @param oldProduct the layer that is installed
     * @param newProduct the new version as it was read
     * @param lower layers below, for the names of elements that the package extends
     * @param higher layers above, the tenant's own last
     */
    public static UpgradeReport compare(Layer oldProduct, Layer newProduct, List<Layer> lower, List<Layer> higher) {
        return new ThreeWay(oldProduct, newProduct, lower, higher).report();
    }

    /**
     * The layer to install: the new version, with the elements that only the old one has kept as retired, so that their
     * data and the changes that depend on them have something to stand on.
     */
    public static Layer upgraded(Layer oldProduct, Layer newProduct) {
        return ThreeWay.upgraded(oldProduct, newProduct);
    }
}
