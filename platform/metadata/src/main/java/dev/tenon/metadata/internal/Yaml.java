package dev.tenon.metadata.internal;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes plain values as YAML in one form: maps in block style, lists of names in one line, texts as plain as is safe. */
final class Yaml {

    /** A list of names longer than this is broken into lines, to keep diffs small. */
    private static final int LINE = 110;

    // CJK punctuation is as harmless as letters. Nothing that begins like a number, and no ": ", " #" or comma.
    private static final String SAFE = "\\p{L}\\p{N}_/.()?!\\u3001-\\u3011\\uFF01-\\uFFE6";
    private static final Pattern PLAIN =
            Pattern.compile("-?[\\p{L}_][" + SAFE + "-]*(?: [" + SAFE + "&&[^?!]][" + SAFE + "-]*)*");
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");
    private static final Set<String> SPECIAL = Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

    private final StringBuilder out = new StringBuilder();

    private Yaml() {}

    static String write(Map<String, ?> root) {
        Yaml yaml = new Yaml();
        if (root.isEmpty()) {
            return "{}\n";
        }
        yaml.entries(root, 0);
        return yaml.out.toString();
    }

    private void entries(Map<?, ?> map, int indent) {
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!first || indent == 0) {
                out.repeat(' ', indent);
            }
            first = false;
            String key = String.valueOf(entry.getKey());
            // A key of the format itself, and a text in YAML 1.2; quotes would only look odd.
            out.append(key.equals("on") ? key : scalar(key)).append(':');
            value(entry.getValue(), indent);
        }
    }

    private void value(@Nullable Object value, int indent) {
        switch (value) {
            case Map<?, ?> map
            when !map.isEmpty() -> {
                out.append('\n').repeat(' ', indent + 2);
                entries(map, indent + 2);
            }
            case List<?> list
            when !list.isEmpty() && (hasNested(list) || inline(list).length() > LINE - indent) -> {
                out.append('\n');
                for (Object item : list) {
                    out.repeat(' ', indent + 2).append('-');
                    if (item instanceof Map<?, ?> map && !map.isEmpty()) {
                        out.append(' ');
                        entries(map, indent + 4);
                    } else {
                        out.append(' ').append(inline(item)).append('\n');
                    }
                }
            }
            case String text when isBlock(text) -> block(text, indent + 2);
            case null, default -> out.append(' ').append(inline(value)).append('\n');
        }
    }

    private static boolean hasNested(List<?> list) {
        return list.stream().anyMatch(item -> item instanceof Map<?, ?> || item instanceof List<?>);
    }

    private static String inline(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> map -> {
                StringBuilder text = new StringBuilder("{");
                map.forEach((key, item) -> text.append(text.length() > 1 ? ", " : "")
                        .append(scalar(String.valueOf(key)))
                        .append(": ")
                        .append(inline(item)));
                yield text.append('}').toString();
            }
            case List<?> list -> {
                StringBuilder text = new StringBuilder("[");
                list.forEach(item -> text.append(text.length() > 1 ? ", " : "").append(inline(item)));
                yield text.append(']').toString();
            }
            case String text -> scalar(text);
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }

    private static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !SPECIAL.contains(text.toLowerCase(Locale.ROOT));
        plain |= VERSION.matcher(text).matches();
        return plain ? text : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (isPrintable(c) || (Character.isSurrogate(c) && isPaired(text, i))) {
                        quoted.append(c);
                    } else {
                        quoted.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    private static boolean isPaired(String text, int at) {
        char c = text.charAt(at);
        return Character.isHighSurrogate(c)
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }

    private static boolean isPrintable(char c) {
        return c >= ' ' && c <= '~'
                || c >= '\u00A0' && c < '\uD800' && c != '\u2028' && c != '\u2029'
                || c >= '\uE000' && c <= '\uFFFD' && c != '\uFEFF';
    }

    /** Texts of several lines that block style keeps exactly. */
    private static boolean isBlock(String text) {
        if (text.indexOf('\n') <= 0 || text.startsWith(" ") || text.endsWith("\n\n")) {
            return false;
        }
        for (String line : text.split("\n", -1)) {
            boolean odd = line.endsWith(" ") || !line.chars().allMatch(c -> isPrintable((char) c));
            if (odd) {
                return false;
            }
        }
        return true;
    }

    private void block(String text, int indent) {
        boolean ends = text.endsWith("\n");
        out.append(ends ? " |\n" : " |-\n");
        String body = ends ? text.substring(0, text.length() - 1) : text;
        for (String line : body.split("\n", -1)) {
            if (!line.isEmpty()) {
                out.repeat(' ', indent).append(line);
            }
            out.append('\n');
        }
    }
}
