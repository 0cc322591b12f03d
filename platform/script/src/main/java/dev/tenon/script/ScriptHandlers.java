package dev.tenon.script;

import dev.tenon.script.internal.HandlerValues;
import dev.tenon.sdk.ActingUser;
import dev.tenon.sdk.approval.ApproverResolver;
import dev.tenon.sdk.approval.Visibility;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.plugin.CallContext;
import dev.tenon.sdk.plugin.RecordAction;
import dev.tenon.sdk.plugin.RecordTrigger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Scripts in the shape of the SDK's extension points, so that callers treat them like a plugin's contributions. */
public final class ScriptHandlers {

    private final ScriptEngine engine;

    ScriptHandlers(ScriptEngine engine) {
        this.engine = engine;
    }

    /**
     * A trigger.
     *
     * @param fields names of the object's fields, so that a misspelled one fails at its line; empty: not checked
     * @param mayChange false for triggers after the save: an assignment to a field fails at its line
     */
    public RecordTrigger trigger(ScriptTarget target, Set<String> fields, boolean mayChange) {
        return (change, context) -> {
            Map<String, @Nullable Object> arguments = common(context);
            arguments.put("object", change.object());
            arguments.put("record", change.values());
            arguments.put("before", change.before().orElse(null));
            arguments.put("changeable", mayChange);
            if (!fields.isEmpty()) {
                arguments.put("fields", fields);
            }
            ScriptResult result = engine.call(call(target, ScriptCall.Kind.TRIGGER, arguments, context));
            HandlerValues.map(result.value()).forEach((field, value) -> set(target, change, field, value, context));
        };
    }

    private static void set(
            ScriptTarget target,
            RecordTrigger.Change change,
            String field,
            @Nullable Object value,
            CallContext context) {
        try {
            change.set(field, value);
        } catch (PlatformException refused) {
            // The person who saves cannot do anything about a value that the script set.
            throw ScriptError.BAD_VALUE
                    .error()
                    .with("file", target.file())
                    .with("field", field)
                    .with(
                            "message",
                            ErrorTexts.render(
                                    refused.code(),
                                    refused.args(),
                                    context.user().locale()))
                    .at(new ErrorSource(target.modules().origin(), target.file(), 0, 0))
                    .causedBy(refused)
                    .build();
        }
    }

    /** An action. What the function returns is the message, or an object with {@code message} and {@code values}. */
    public RecordAction action(ScriptTarget target) {
        return (record, parameters, context) -> {
            Map<String, @Nullable Object> arguments = common(context);
            arguments.put("object", record.object());
            arguments.put("record", record);
            arguments.put("parameters", parameters);
            ScriptResult result = engine.call(call(target, ScriptCall.Kind.FUNCTION, arguments, context));
            return HandlerValues.action(target, result.value());
        };
    }

    /** A way to find approvers. The function returns ids of users. */
    public ApproverResolver approvers(ScriptTarget target) {
        return (record, submitter, parameters, context) -> {
            Map<String, @Nullable Object> arguments = common(context);
            arguments.put("object", record.object());
            arguments.put("record", record);
            arguments.put("submitter", submitter);
            arguments.put("parameters", parameters);
            ScriptResult result = engine.call(call(target, ScriptCall.Kind.FUNCTION, arguments, context));
            return HandlerValues.ids(target, result.value());
        };
    }

    /** Evaluates the file and returns the rule that it registers for the process. Nothing of the tenant is reachable. */
    public Visibility visibility(String tenant, ScriptModules modules, String file, String process) {
        ScriptTarget target = new ScriptTarget(modules, file, process);
        ScriptResult result = engine.call(new ScriptCall(
                tenant,
                modules,
                file,
                process,
                ScriptCall.Kind.VISIBILITY,
                Map.of(),
                Optional.empty(),
                HostApi.none()));
        return HandlerValues.visibility(target, result.value());
    }

    private static ScriptCall call(
            ScriptTarget target, ScriptCall.Kind kind, Map<String, @Nullable Object> arguments, CallContext context) {
        return new ScriptCall(
                context.user().tenant(),
                target.modules(),
                target.file(),
                target.function(),
                kind,
                arguments,
                Optional.empty(),
                HostApi.of(context));
    }

    private static Map<String, @Nullable Object> common(CallContext context) {
        ActingUser user = context.user();
        Map<String, @Nullable Object> person = new LinkedHashMap<>();
        person.put("id", user.id());
        person.put("name", user.name());
        person.put("tenant", user.tenant());
        person.put("locale", user.locale().toLanguageTag());
        person.put("zone", user.zone().getId());
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        arguments.put("user", person);
        arguments.put("now", context.now());
        return arguments;
    }
}
