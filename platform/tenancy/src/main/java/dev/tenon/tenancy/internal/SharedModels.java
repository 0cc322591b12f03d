package dev.tenon.tenancy.internal;

import dev.tenon.records.CompiledModel;
import dev.tenon.tenancy.Layering;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compiled models by the contents of their layers, as long as some tenant uses them: tenants with the same versions of the
 * same products share what is made from these, all of it where they have nothing of their own, else what their own layers do
 * not touch. Safe for use by several threads.
 */
final class SharedModels {

    private final Map<List<String>, WeakReference<CompiledModel>> byContents = new HashMap<>();
    private final Map<List<String>, WeakReference<CompiledModel>> byProducts = new HashMap<>();

    /** A model of the same contents. */
    synchronized Optional<CompiledModel> find(Layering layering) {
        return alive(byContents.get(contents(layering)));
    }

    /** A model of the same products, with other things of its own. */
    synchronized Optional<CompiledModel> similar(Layering layering) {
        return alive(byProducts.get(products(layering)));
    }

    /** The latest one stands for all: it is likely to be used for longest. */
    synchronized void keep(Layering layering, CompiledModel model) {
        for (Map<List<String>, WeakReference<CompiledModel>> known : List.of(byContents, byProducts)) {
            known.values().removeIf(reference -> reference.get() == null);
        }
        byContents.put(contents(layering), new WeakReference<>(model));
        byProducts.put(products(layering), new WeakReference<>(model));
    }

    private static Optional<CompiledModel> alive(@Nullable WeakReference<CompiledModel> found) {
        return found == null ? Optional.empty() : Optional.ofNullable(found.get());
    }

    private static List<String> contents(Layering layering) {
        return layering.enabled().stream().map(Layering.Entry::content).toList();
    }

    private static List<String> products(Layering layering) {
        return layering.enabled().stream()
                .filter(entry -> entry.kind() != Layering.Kind.CUSTOM)
                .map(Layering.Entry::content)
                .toList();
    }
}
