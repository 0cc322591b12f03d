package dev.tenon.plugin.internal;

import dev.tenon.plugin.PluginHost;
import dev.tenon.sdk.approval.ApprovalVisibilityPolicy;
import dev.tenon.sdk.approval.ApproverResolver;
import dev.tenon.sdk.plugin.Contributions;
import dev.tenon.sdk.plugin.RecordAction;
import dev.tenon.sdk.plugin.RecordTrigger;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a plugin contributed. Closed when the plugin has started: later contributions would not be seen by anybody. */
final class CollectedContributions implements Contributions {

    private final Map<PluginHost.Kind, Map<String, Object>> handlers = new EnumMap<>(PluginHost.Kind.class);
    private boolean closed;

    CollectedContributions() {
        for (PluginHost.Kind kind : PluginHost.Kind.values()) {
            handlers.put(kind, new TreeMap<>());
        }
    }

    @Override
    public void trigger(String name, RecordTrigger trigger) {
        add(PluginHost.Kind.TRIGGER, name, trigger);
    }

    @Override
    public void action(String name, RecordAction action) {
        add(PluginHost.Kind.ACTION, name, action);
    }

    @Override
    public void approverResolver(String name, ApproverResolver resolver) {
        add(PluginHost.Kind.APPROVER_RESOLVER, name, resolver);
    }

    @Override
    public void visibilityPolicy(String name, ApprovalVisibilityPolicy policy) {
        add(PluginHost.Kind.VISIBILITY_POLICY, name, policy);
    }

    @SuppressWarnings("NullableProblems")
    private synchronized void add(PluginHost.Kind kind, String name, Object handler) {
        if (closed) {
            throw new IllegalStateException("contributions are collected during contribute() only");
        }
        if (name == null || name.isBlank() || handler == null) {
            throw new IllegalArgumentException("a contribution needs a name and a handler");
        }
        Map<String, Object> ofKind = of(kind);
        if (ofKind.putIfAbsent(name, handler) != null) {
            throw new IllegalArgumentException("two contributions of the kind " + kind.word() + " are named " + name);
        }
    }

    private Map<String, Object> of(PluginHost.Kind kind) {
        Map<String, Object> ofKind = handlers.get(kind);
        if (ofKind == null) {
            throw new IllegalStateException("no place for " + kind);
        }
        return ofKind;
    }

    synchronized void close() {
        closed = true;
    }

    synchronized Optional<Object> find(PluginHost.Kind kind, String name) {
        return Optional.ofNullable(of(kind).get(name));
    }

    synchronized Map<PluginHost.Kind, SortedSet<String>> names() {
        Map<PluginHost.Kind, SortedSet<String>> names = new EnumMap<>(PluginHost.Kind.class);
        handlers.forEach((kind, ofKind) -> names.put(kind, new TreeSet<>(ofKind.keySet())));
        return names;
    }
}
