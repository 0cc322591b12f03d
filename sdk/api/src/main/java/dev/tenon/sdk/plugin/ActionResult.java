package dev.tenon.sdk.plugin;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an action.
 *
 * @param message a sentence for the person who ran it, in that person's language; empty for none
 * @param values further results for programs: text, numbers, booleans, or ids as text
 */
public record ActionResult(String message, Map<String, @Nullable Object> values) {

    public ActionResult {
        values = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(values));
    }

    public static ActionResult message(String text) {
        return new ActionResult(text, Map.of());
    }
}
