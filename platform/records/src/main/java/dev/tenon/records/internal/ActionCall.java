package dev.tenon.records.internal;

import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.Action;
import dev.tenon.metadata.model.Handler;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.Query;
import dev.tenon.records.RecordsError;
import dev.tenon.records.Row;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.plugin.ActionResult;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs an action of a record that its caller sees, may run it on, and whose state offers it. */
final class ActionCall {

    private final GuardedSession session;

    ActionCall(GuardedSession session) {
        this.session = session;
    }

    ActionResult run(String object, UUID id, String name, Map<String, @Nullable Object> parameters) {
        ObjectAccess access = session.access(object);
        Action action = session.model().requireObject(object).actions().stream()
                .filter(a -> a.name().equals(name) && access.actions().contains(name))
                .findFirst()
                .orElseThrow(() -> fault(RecordsError.UNKNOWN_ACTION, object, name));
        Row row = session.find(object, id, Query.Selection.ALL).orElseThrow(() -> SaveOrder.notFound(object, id));
        Expr condition = action.condition()
                .map(text -> session.compiled().expression(object, text))
                .orElse(Expr.TRUE);
        if (!condition.equals(Expr.TRUE) && !session.queries().matches(object, condition, id)) {
            throw fault(RecordsError.ACTION_NOT_AVAILABLE, object, name);
        }
        HistoryEntry.Channel channel = switch (action.handler()) {
            case Handler.Script script -> HistoryEntry.Channel.SCRIPT;
            case Handler.Plugin plugin -> HistoryEntry.Channel.PLUGIN;
        };
        return session.ports()
                .code()
                .runAction(
                        session.model(),
                        action.handler(),
                        SdkRecords.data(row),
                        parameters,
                        new CodeContext(session.asPerson(channel)));
    }

    private static PlatformException fault(RecordsError code, String object, String action) {
        return PlatformException.of(code)
                .with("object", object)
                .with("action", action)
                .build();
    }
}
