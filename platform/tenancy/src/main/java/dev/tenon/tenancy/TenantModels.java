package dev.tenon.tenancy;

import dev.tenon.records.CompiledModel;
import dev.tenon.records.port.ModelSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The current model of each tenant on this node: made at first use, then kept until another version is in force, or until
 * more tenants are at work than there is room for and this one was idle for longest. A request takes one and works with
 * it to its end, so neither disturbs it.
 */
public final class TenantModels implements ModelSource {

    /** Products of usual size take one to two megabytes for each tenant, those of five hundred objects thirty. */
    public static final int STANDARD_MOST = 500;

    private final ConcurrentHashMap<String, Loaded> current = new ConcurrentHashMap<>();
    private final int most;
    private final Consumer<String> unloaded;
    private final long start = System.nanoTime();
    private Function<String, CompiledModel> loader = tenant -> {
        throw new IllegalStateException("the room is not put together yet");
    };

    /**
     * @param most tenants whose models are kept
     * @param unloaded told the tenant whose model is not kept any more, to let go what was made from it
     */
    TenantModels(int most, Consumer<String> unloaded) {
        if (most < 1) {
            throw new IllegalArgumentException("room for " + most + " models; it must be 1 at least");
        }
        this.most = most;
        this.unloaded = unloaded;
    }

    private static final class Loaded {
        private final CompiledModel model;
        private volatile long used;

        Loaded(CompiledModel model, long used) {
            this.model = model;
            this.used = used;
        }

        CompiledModel model() {
            return model;
        }

        long used() {
            return used;
        }

        long version() {
            return model.model().version();
        }
    }

    void loadWith(Function<String, CompiledModel> loading) {
        this.loader = loading;
    }

    @Override
    public CompiledModel current(String tenant) {
        Loaded found = loaded(tenant);
        found.used = now();
        return found.model();
    }

    @Override
    public CompiledModel passing(String tenant) {
        return loaded(tenant).model();
    }

    @Override
    public Optional<CompiledModel> atHand(String tenant) {
        return Optional.ofNullable(current.get(tenant)).map(Loaded::model);
    }

    private Loaded loaded(String tenant) {
        Loaded known = current.get(tenant);
        if (known != null) {
            return known;
        }
        // Unused as yet: who only passes does not push out those who work.
        Loaded made = current.computeIfAbsent(tenant, key -> new Loaded(loader.apply(key), 0));
        makeRoom(tenant);
        return made;
    }

    private void makeRoom(String besides) {
        while (current.size() > most) {
            Optional<Map.Entry<String, Loaded>> idle = current.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(besides))
                    .min(Comparator.comparingLong(entry -> entry.getValue().used()));
            if (idle.isEmpty()) {
                return;
            }
            String tenant = idle.get().getKey();
            if (current.remove(tenant, idle.get().getValue())) {
                unloaded.accept(tenant);
            }
        }
    }

    @Override
    public CompiledModel newerThan(String tenant, long version) {
        CompiledModel own = current(tenant);
        if (own.model().version() > version) {
            return own;
        }
        swap(tenant, loader.apply(tenant));
        return current(tenant);
    }

    /** The version in force on this node. */
    public long version(String tenant) {
        return current(tenant).model().version();
    }

    /** Puts a newer model in force; an older one is passed over. */
    void swap(String tenant, CompiledModel next) {
        current.merge(tenant, new Loaded(next, now()), (old, fresh) -> fresh.version() > old.version() ? fresh : old);
        makeRoom(tenant);
    }

    /** Another node has put a version in force: takes it over where this node has an older one or is just loading. */
    void follow(String tenant, long version) {
        current.computeIfPresent(
                tenant,
                (key, known) -> known.version() < version ? new Loaded(loader.apply(key), known.used()) : known);
    }

    void forget(String tenant) {
        current.remove(tenant);
    }

    /** Later than 0, which is never. */
    private long now() {
        return System.nanoTime() - start + 1;
    }
}
