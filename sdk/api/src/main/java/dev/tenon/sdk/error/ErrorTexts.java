package dev.tenon.sdk.error;

import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** Renders error codes in a person's language from the bundle of the code's owner. */
public final class ErrorTexts {

    private ErrorTexts() {}

    /** The code's text in the given language, English where that language has none, placeholders filled. */
    public static String render(ErrorCode code, Map<String, ?> args, Locale locale) {
        int dot = code.id().indexOf('.');
        String owner = code.id().substring(0, dot);
        String key = code.id().substring(dot + 1);
        String pattern;
        try {
            pattern = ResourceBundle.getBundle(
                            "tenon.errors." + owner,
                            locale,
                            code.getClass().getClassLoader(),
                            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                    .getString(key);
        } catch (MissingResourceException missing) {
            return code.id() + (args.isEmpty() ? "" : " " + args);
        }
        return fill(pattern, args);
    }

    private static String fill(String pattern, Map<String, ?> args) {
        StringBuilder out = new StringBuilder(pattern.length() + 32);
        int at = 0;
        while (true) {
            int open = pattern.indexOf('{', at);
            int close = open < 0 ? -1 : pattern.indexOf('}', open);
            if (close < 0) {
                return out.append(pattern, at, pattern.length()).toString();
            }
            Object value = args.get(pattern.substring(open + 1, close));
            out.append(pattern, at, open).append(value == null ? pattern.substring(open, close + 1) : value);
            at = close + 1;
        }
    }
}
