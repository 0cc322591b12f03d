package dev.tenon.tenancy.internal;

import dev.tenon.records.CompiledModel;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compiled models by the contents of their layers, as long as some tenant uses them: tenants with the same versions of the
 * same products and nothing of their own share all that is made from these. Safe for use by several threads.
 */
final class SharedModels {

    private final Map<List<String>, WeakReference<CompiledModel>> byContents = new HashMap<>();

    synchronized Optional<CompiledModel> find(List<String> contents) {
        WeakReference<CompiledModel> found = byContents.get(contents);
        return found == null ? Optional.empty() : Optional.ofNullable(found.get());
    }

    /** The latest one stands for all: it is likely to be used for longest. */
    synchronized void keep(List<String> contents, CompiledModel model) {
        byContents.values().removeIf(reference -> reference.get() == null);
        byContents.put(contents, new WeakReference<>(model));
    }
}
