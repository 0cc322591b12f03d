package dev.tenon.plugin.internal;

import dev.tenon.plugin.PluginHost;
import dev.tenon.sdk.approval.ApprovalVisibilityPolicy;
import dev.tenon.sdk.approval.ApproverResolver;
import dev.tenon.sdk.approval.Visibility;
import dev.tenon.sdk.approval.VisibilityExpr;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.plugin.ActionResult;
import dev.tenon.sdk.plugin.CallContext;
import dev.tenon.sdk.plugin.RecordAction;
import dev.tenon.sdk.plugin.RecordTrigger;
import dev.tenon.sdk.record.RecordData;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Contributions as the platform calls them. They hold names, not objects, and hand out no object of a plugin's class: a
 * model that keeps them or their answers does not keep the plugin.
 */
public final class Handlers {

    /** An upgrade between looking a plugin up and calling it is possible, many in a row are not. */
    private static final int MAX_ATTEMPTS = 10;

    private final Function<String, LoadedPlugin> plugins;

    /** @param plugins the running version of a plugin; throws when there is none */
    public Handlers(Function<String, LoadedPlugin> plugins) {
        this.plugins = plugins;
    }

    private <H, R extends @Nullable Object> R call(
            String id, PluginHost.Kind kind, Class<H> type, String name, BiFunction<H, GuardedContext, R> work) {
        for (int attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
            Optional<LoadedPlugin.Answer<R>> answer = plugins.apply(id).call(kind, type, name, work);
            if (answer.isPresent()) {
                return answer.get().value();
            }
            Thread.onSpinWait();
        }
        throw dev.tenon.plugin.PluginError.NOT_STARTED
                .error()
                .with("id", id)
                .with("reason", "it is being replaced")
                .build();
    }

    private PlatformException bad(String id, String name, String message) {
        return plugins.apply(id).badResult(name, message);
    }

    public RecordTrigger trigger(String id, String name) {
        return (change, context) -> call(id, PluginHost.Kind.TRIGGER, RecordTrigger.class, name, (trigger, guard) -> {
            trigger.run(change, guard.of(context));
            return true;
        });
    }

    public RecordAction action(String id, String name) {
        return (RecordData record, Map<String, @Nullable Object> parameters, CallContext context) -> {
            ActionResult result = call(
                    id,
                    PluginHost.Kind.ACTION,
                    RecordAction.class,
                    name,
                    (action, guard) -> action.run(record, parameters, guard.of(context)));
            return plain(id, name, result);
        };
    }

    @SuppressWarnings("NullAway")
    private ActionResult plain(String id, String name, @Nullable ActionResult result) {
        if (result == null || result.message() == null) {
            throw bad(id, name, "it is null");
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        result.values()
                .forEach((key, value) -> values.put(
                        key,
                        switch (value) {
                            case null -> null;
                            case String text -> text;
                            case Boolean truth -> truth;
                            case Long number -> number;
                            case Integer number -> number.longValue();
                            case BigDecimal number -> number;
                            case Double number -> BigDecimal.valueOf(number);
                            case UUID uuid -> uuid.toString();
                            default ->
                                throw bad(
                                        id,
                                        name,
                                        key + " is a " + value.getClass().getName()
                                                + "; values are text, numbers, booleans or ids");
                        }));
        return new ActionResult(result.message(), values);
    }

    public ApproverResolver approverResolver(String id, String name) {
        return (record, submitter, parameters, context) -> {
            List<UUID> ids = call(
                    id,
                    PluginHost.Kind.APPROVER_RESOLVER,
                    ApproverResolver.class,
                    name,
                    (resolver, guard) -> copy(resolver.resolve(record, submitter, parameters, guard.of(context))));
            if (ids == null) {
                throw bad(id, name, "a list of user ids without empty places is needed");
            }
            return ids;
        };
    }

    private static @Nullable List<UUID> copy(@Nullable List<UUID> ids) {
        return ids == null || ids.stream().anyMatch(entry -> entry == null) ? null : List.copyOf(ids);
    }

    public ApprovalVisibilityPolicy visibilityPolicy(String id, String name) {
        return (viewer, item, approval) -> {
            Visibility visibility = call(
                    id,
                    PluginHost.Kind.VISIBILITY_POLICY,
                    ApprovalVisibilityPolicy.class,
                    name,
                    (policy, guard) -> policy.compile(viewer, item, approval));
            if (visibility == null) {
                throw bad(id, name, "it is null");
            }
            check(id, name, visibility.content());
            check(id, name, visibility.decision());
            check(id, name, visibility.actor());
            check(id, name, visibility.existence());
            return visibility;
        };
    }

    private void check(String id, String name, @Nullable VisibilityExpr expression) {
        switch (expression) {
            case null -> throw bad(id, name, "a condition is null");
            case VisibilityExpr.Symbol symbol -> {}
            case VisibilityExpr.Literal literal -> {
                Object value = literal.value();
                if (!(value instanceof String || value instanceof Long || value instanceof Boolean)) {
                    throw bad(id, name, "a constant must be text, Long or Boolean");
                }
            }
            case VisibilityExpr.Operation operation ->
                operation.operands().forEach(operand -> check(id, name, operand));
        }
    }
}
