package dev.tenon.tenancy;

import java.util.List;
import java.util.Optional;

/**
 * Which layers make up a tenant's model, lowest first; the system layer below them all is not listed, because it
 * belongs to the program.
 */
public record Layering(List<Entry> layers) {

    public static final Layering EMPTY = new Layering(List.of());

    public Layering {
        layers = List.copyOf(layers);
    }

    /** Where a layer comes from. */
    public enum Kind {
        /** Installed from the repository of packages. */
        PRODUCT,
        /** Brought by an enabled plugin. */
        PLUGIN,
        /** The tenant's own customizing. */
        CUSTOM
    }

    /**
     * One layer.
     *
     * @param name of the package, {@code custom} for the tenant's own
     * @param content hash of the archive that holds its files
     * @param plugin id of the plugin that brings it; empty text for none
     * @param enabled false: kept with its data, but not part of the model
     */
    public record Entry(
            Kind kind, String name, String namespace, String version, String content, String plugin, boolean enabled) {

        public Entry disabled() {
            return new Entry(kind, name, namespace, version, content, plugin, false);
        }
    }

    public Optional<Entry> find(String name) {
        return layers.stream().filter(l -> l.name().equals(name)).findFirst();
    }

    public List<Entry> enabled() {
        return layers.stream().filter(Entry::enabled).toList();
    }

    /** With the entry in the place of the one of the same name, else above the others. */
    public Layering with(Entry entry) {
        List<Entry> all = new java.util.ArrayList<>(layers);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).name().equals(entry.name())) {
                all.set(i, entry);
                return new Layering(all);
            }
        }
        all.add(entry);
        return new Layering(all);
    }

    public Layering without(String name) {
        return new Layering(layers.stream().filter(l -> !l.name().equals(name)).toList());
    }
}
