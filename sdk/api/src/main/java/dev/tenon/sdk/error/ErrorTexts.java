package dev.tenon.sdk.error;

import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Renders error codes in a person's language from the bundle of the code's owner.
 *
 * <p>A text's {@code {placeholders}} are filled with the values. A part in square brackets with placeholders in it, as in
 * {@code There is no object {object}.[ Did you mean {suggestion}?]}, is left out when one of its values is the empty text.
 * {@code {expected@type}} is the value of {@code expected} in words: the bundle's text {@code word.type.<value>}, or the
 * value itself where it has none.
 */
public final class ErrorTexts {

    private static final Pattern IN_WORDS = Pattern.compile("\\{(\\w+)@(\\w+)}");

    private ErrorTexts() {}

    /** The code's text in the given language, English where that language has none, placeholders filled. */
    public static String render(ErrorCode code, Map<String, ?> args, Locale locale) {
        int dot = code.id().indexOf('.');
        String owner = code.id().substring(0, dot);
        String key = code.id().substring(dot + 1);
        try {
            ResourceBundle texts = ResourceBundle.getBundle(
                    "tenon.errors." + owner,
                    locale,
                    code.getClass().getClassLoader(),
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
            return fill(inWords(texts.getString(key), args, texts), args);
        } catch (MissingResourceException missing) {
            return code.id() + (args.isEmpty() ? "" : " " + args);
        }
    }

    /**
     * The error's text with the texts of its details, each in a line of its own with file and line where they are known.
     *
     * @param most details that are told; how many more there are is told as a number
     */
    public static String describe(PlatformException error, Locale locale, int most) {
        StringBuilder out = new StringBuilder(render(error.code(), error.args(), locale));
        error.source().ifPresent(source -> out.append(" (").append(source).append(')'));
        boolean sameAgain =
                error.details().size() == 1 && error.details().getFirst().code().equals(error.code());
        if (!sameAgain) {
            error.details().stream()
                    .limit(most)
                    .forEach(detail -> out.append("\n  - ")
                            .append(place(detail))
                            .append(render(detail.code(), detail.args(), locale)));
            int more = error.details().size() - most;
            if (more > 0) {
                out.append("\n  … +").append(more);
            }
        }
        return out.toString();
    }

    private static String place(ErrorDetail detail) {
        Map<String, Object> args = detail.args();
        if (args.get("file") instanceof String file && !file.isEmpty()) {
            Object line = args.getOrDefault("line", 0);
            return file + (line instanceof Integer number && number > 0 ? ":" + number : "") + ": ";
        }
        return detail.pointer().isEmpty() ? "" : detail.pointer() + ": ";
    }

    private static String inWords(String pattern, Map<String, ?> args, ResourceBundle texts) {
        return IN_WORDS.matcher(pattern).replaceAll(place -> {
            Object value = args.get(place.group(1));
            String word = "word." + place.group(2) + "." + value;
            return Matcher.quoteReplacement(
                    texts.containsKey(word) ? texts.getString(word) : "{" + place.group(1) + "}");
        });
    }

    private static String fill(String pattern, Map<String, ?> args) {
        StringBuilder out = new StringBuilder(pattern.length() + 32);
        int at = 0;
        while (true) {
            int open = pattern.indexOf('[', at);
            int close = open < 0 ? -1 : pattern.indexOf(']', open);
            if (close < 0) {
                return out.append(values(pattern.substring(at), args)).toString();
            }
            String part = pattern.substring(open + 1, close);
            boolean optional = part.indexOf('{') >= 0;
            out.append(values(pattern.substring(at, open), args));
            if (!optional) {
                out.append('[').append(part).append(']');
            } else if (!hasEmpty(part, args)) {
                out.append(values(part, args));
            }
            at = close + 1;
        }
    }

    private static boolean hasEmpty(String part, Map<String, ?> args) {
        return args.entrySet().stream()
                .anyMatch(arg -> "".equals(arg.getValue()) && part.contains("{" + arg.getKey() + "}"));
    }

    private static String values(String pattern, Map<String, ?> args) {
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
