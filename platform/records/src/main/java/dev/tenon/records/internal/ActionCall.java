package dev.tenon.records.internal;

import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.Action;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.Handler;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.Query;
import dev.tenon.records.RecordsError;
import dev.tenon.records.Row;
import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.error.Suggestions;
import dev.tenon.sdk.plugin.ActionResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs an action or a function of a record that its caller sees, may run it on, and whose state offers it. */
final class ActionCall {

    private final GuardedSession session;
    private final FieldValues fitting;

    ActionCall(GuardedSession session) {
        this.session = session;
        this.fitting = new FieldValues(locale());
    }

    private Locale locale() {
        return session.identity().user().locale();
    }

    ActionResult run(String object, UUID id, String name, Map<String, @Nullable Object> parameters) {
        return run(session, object, id, require(object, name, false), parameters);
    }

    /** What the function answers, fit for its type; its code cannot change anything. */
    @Nullable
    Object call(String object, UUID id, String name, Map<String, @Nullable Object> parameters) {
        Action function = require(object, name, true);
        Field answer = function.answer();
        ActionResult result = run(session.reading(), object, id, function, parameters);
        try {
            return fitting.fit(answer, result.values().get(answer.name()), null, FieldValues.Digits.ROUNDED);
        } catch (PlatformException unfit) {
            throw RecordsError.FUNCTION_ANSWER
                    .error()
                    .with("action", name)
                    .with("reason", ErrorTexts.render(unfit.code(), unfit.args(), locale()))
                    .causedBy(unfit)
                    .build();
        }
    }

    private Action require(String object, String name, boolean function) {
        ObjectAccess access = session.access(object);
        return session.model().requireObject(object).actions().stream()
                .filter(a -> a.name().equals(name) && access.actions().contains(name))
                .filter(a -> a.function() == function)
                .findFirst()
                .orElseThrow(() -> fault(RecordsError.UNKNOWN_ACTION, object, name));
    }

    private ActionResult run(
            GuardedSession as, String object, UUID id, Action action, Map<String, @Nullable Object> parameters) {
        HistoryEntry.Channel channel = switch (action.handler()) {
            case Handler.Script script -> HistoryEntry.Channel.SCRIPT;
            case Handler.Plugin plugin -> HistoryEntry.Channel.PLUGIN;
        };
        Row row = session.through(channel)
                .find(object, id, Query.Selection.ALL)
                .orElseThrow(() -> SaveOrder.notFound(object, id));
        Map<String, @Nullable Object> told = fit(action, parameters);
        Expr condition = action.condition()
                .map(text -> session.compiled().expression(object, text))
                .orElse(Expr.TRUE);
        if (!condition.equals(Expr.TRUE) && !session.queries().matches(object, condition, id)) {
            throw fault(RecordsError.ACTION_NOT_AVAILABLE, object, action.name());
        }
        return session.ports()
                .code()
                .runAction(
                        session.model(),
                        action.handler(),
                        SdkRecords.data(row),
                        told,
                        new CodeContext(as.asPerson(channel)));
    }

    /** Every declared parameter with its value in the Java type of a field; all that is wrong is told at once. */
    private Map<String, @Nullable Object> fit(Action action, Map<String, @Nullable Object> sent) {
        Faults faults = new Faults();
        Map<String, Field> declared = new LinkedHashMap<>();
        action.parameters().forEach(p -> declared.put(p.name(), p));
        sent.keySet().stream()
                .filter(name -> !declared.containsKey(name) && name.indexOf('@') < 0)
                .forEach(name -> faults.add(
                        RecordsError.UNKNOWN_PARAMETER,
                        name,
                        Map.of(
                                "action", action.name(),
                                "parameter", name,
                                "suggestion", Suggestions.nearest(name, declared.keySet()))));
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        declared.forEach((name, parameter) -> {
            try {
                Object value = fitting.fit(parameter, sent.get(name), null, FieldValues.Digits.EXACT);
                if (value == null && parameter.required()) {
                    faults.add(RecordsError.FIELD_REQUIRED, name, Map.of("field", fitting.label(parameter)));
                }
                told.put(name, value);
            } catch (PlatformException unfit) {
                faults.add(name, unfit);
            }
        });
        faults.raise();
        return told;
    }

    private static PlatformException fault(RecordsError code, String object, String action) {
        return code.error().with("object", object).with("action", action).build();
    }
}
