package dev.tenon.tenancy;

import dev.tenon.records.CompiledModel;
import dev.tenon.records.port.ModelSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The current model of each tenant on this node: made at first use, then kept until another version is in force. A
 * request takes one and works with it to its end, so a swap disturbs nobody.
 */
public final class TenantModels implements ModelSource {

    private final ConcurrentHashMap<String, CompiledModel> current = new ConcurrentHashMap<>();
    private Function<String, CompiledModel> loader = tenant -> {
        throw new IllegalStateException("the room is not put together yet");
    };

    TenantModels() {}

    void loadWith(Function<String, CompiledModel> loading) {
        this.loader = loading;
    }

    @Override
    public CompiledModel current(String tenant) {
        CompiledModel known = current.get(tenant);
        return known != null ? known : current.computeIfAbsent(tenant, loader);
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
        current.merge(
                tenant,
                next,
                (old, fresh) -> fresh.model().version() > old.model().version() ? fresh : old);
    }

    /** Whether this node has a model of the tenant that is older than the version. */
    boolean outdated(String tenant, long version) {
        CompiledModel known = current.get(tenant);
        return known != null && known.model().version() < version;
    }

    void forget(String tenant) {
        current.remove(tenant);
    }
}
