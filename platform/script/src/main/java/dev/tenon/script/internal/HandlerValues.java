package dev.tenon.script.internal;

import dev.tenon.script.ScriptError;
import dev.tenon.script.ScriptTarget;
import dev.tenon.sdk.approval.Visibility;
import dev.tenon.sdk.approval.VisibilityExpr;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.plugin.ActionResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what scripts return into the SDK's types; anything else is the script's error. */
public final class HandlerValues {

    private HandlerValues() {}

    public static Map<String, @Nullable Object> map(@Nullable Object value) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> entries) {
            entries.forEach((key, entry) -> map.put(String.valueOf(key), entry));
        }
        return map;
    }

    public static ActionResult action(ScriptTarget target, @Nullable Object value) {
        return switch (value) {
            case null -> ActionResult.message("");
            case String text -> ActionResult.message(text);
            case Map<?, ?> answer -> {
                for (Object key : answer.keySet()) {
                    if (!key.equals("message") && !key.equals("values")) {
                        throw bad(target, "an action returns { message, values }, not \"" + key + "\"");
                    }
                }
                Object message = answer.get("message");
                if (message != null && !(message instanceof String)) {
                    throw bad(target, "message must be a text");
                }
                yield result(message == null ? "" : message.toString(), map(answer.get("values")));
            }
            default -> throw bad(target, "an action returns a text or { message, values }");
        };
    }

    // The annotation on the record's component is lost in its class file.
    @SuppressWarnings("NullAway")
    private static ActionResult result(String message, Map<String, @Nullable Object> values) {
        return new ActionResult(message, values);
    }

    public static List<UUID> ids(ScriptTarget target, @Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            throw bad(target, "a resolver returns a list of user ids");
        }
        List<UUID> ids = new ArrayList<>();
        for (Object entry : list) {
            try {
                ids.add(UUID.fromString(String.valueOf(entry)));
            } catch (IllegalArgumentException noId) {
                throw bad(target, "\"" + entry + "\" is no id of a user");
            }
        }
        return ids;
    }

    public static Visibility visibility(ScriptTarget target, @Nullable Object value) {
        Map<String, @Nullable Object> parts = map(value);
        return new Visibility(
                expression(target, parts.get("content")),
                expression(target, parts.get("decision")),
                expression(target, parts.get("actor")),
                expression(target, parts.get("existence")));
    }

    private static VisibilityExpr expression(ScriptTarget target, @Nullable Object tree) {
        Map<String, @Nullable Object> node = map(tree);
        if (node.get("symbol") instanceof String path) {
            return new VisibilityExpr.Symbol(path);
        }
        if (node.get("op") instanceof String name && node.get("operands") instanceof List<?> operands) {
            return new VisibilityExpr.Operation(
                    name,
                    operands.stream()
                            .map(operand -> expression(target, operand))
                            .toList());
        }
        Object literal = node.get("literal");
        if (literal instanceof String || literal instanceof Long || literal instanceof Boolean) {
            return new VisibilityExpr.Literal(literal);
        }
        throw bad(target, "the rule is no condition");
    }

    private static PlatformException bad(ScriptTarget target, String message) {
        return ScriptError.BAD_VALUE
                .error()
                .with("file", target.file())
                .with("field", target.function())
                .with("message", message)
                .at(new ErrorSource(target.modules().origin(), target.file(), 0, 0))
                .build();
    }
}
