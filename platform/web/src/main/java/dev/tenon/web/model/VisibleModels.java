package dev.tenon.web.model;

import dev.tenon.access.Identity;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.RecordSession;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Remembers what is derived from a model for callers with the same rights: the visible part of it, and what others make
 * of that part. Rights on objects depend on permission sets alone, so people with the same ones share.
 */
@Component
public class VisibleModels {

    /** Each entry is a few hundred kilobytes at most; combinations of permission sets in use are far fewer. */
    private static final int MOST = 256;

    private final Map<Key, Rights> entries = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Rights> eldest) {
            return size() > MOST;
        }
    };

    /** What the session's identity may know of the session's model. */
    public VisibleModel of(RecordSession session) {
        return entry(session).visible;
    }

    /** Something made of the visible model, made once for each kind. */
    public <T> T derived(RecordSession session, Class<T> kind, Function<VisibleModel, T> make) {
        return entry(session).derived(kind, make);
    }

    private Rights entry(RecordSession session) {
        Model model = session.model();
        Identity identity = session.identity();
        Key key = new Key(
                model.tenant(), model.version(), model.fingerprint(), identity.kind(), identity.permissionSets());
        synchronized (entries) {
            Rights known = entries.get(key);
            if (known != null) {
                return known;
            }
        }
        Rights made = new Rights(VisibleModel.of(session));
        synchronized (entries) {
            Rights raced = entries.putIfAbsent(key, made);
            return raced == null ? made : raced;
        }
    }

    private record Key(
            String tenant, long version, String fingerprint, Identity.Kind kind, Set<String> permissionSets) {}

    private static final class Rights {
        private final VisibleModel visible;
        private final Map<Class<?>, Object> derived = new java.util.concurrent.ConcurrentHashMap<>();

        Rights(VisibleModel visible) {
            this.visible = visible;
        }

        <T> T derived(Class<T> kind, Function<VisibleModel, T> make) {
            @Nullable Object known = derived.get(kind);
            return kind.cast(known != null ? known : derived.computeIfAbsent(kind, k -> make.apply(visible)));
        }
    }
}
