package dev.tenon.records.internal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes the few JSON texts that this room makes: values of the history and events of the outbox, with decimals in plain
 * digits. JSON that people store is {@link CanonicalJson}'s.
 */
public final class JsonText {

    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

    private JsonText() {}

    /** A JSON text of strings, numbers, booleans, null, lists and maps with text keys. */
    public static String write(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        append(out, value);
        return out.toString();
    }

    private static void append(StringBuilder out, @Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case String text -> quoted(out, text);
            case Boolean bool -> out.append(bool);
            case BigDecimal number -> out.append(number.toPlainString());
            case Long number -> out.append(number);
            case Integer number -> out.append(number);
            case List<?> list -> {
                out.append('[');
                for (Iterator<?> i = list.iterator(); i.hasNext(); ) {
                    append(out, i.next());
                    out.append(i.hasNext() ? "," : "");
                }
                out.append(']');
            }
            case Map<?, ?> map -> {
                out.append('{');
                for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator(); i.hasNext(); ) {
                    Map.Entry<?, ?> entry = i.next();
                    quoted(out, String.valueOf(entry.getKey()));
                    out.append(':');
                    append(out, entry.getValue());
                    out.append(i.hasNext() ? "," : "");
                }
                out.append('}');
            }
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }

    private static void quoted(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || Character.isSurrogate(c)) {
                        out.append("\\u").append(Character.forDigit(c >> 12, 16));
                        out.append(Character.forDigit(c >> 8 & 15, 16)).append(Character.forDigit(c >> 4 & 15, 16));
                        out.append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** Reads what {@link #write} made of a string, number, boolean, null or a list of strings. */
    public static @Nullable Object read(String json) {
        String text = json.strip();
        if (!text.startsWith("[")) {
            return readScalar(text);
        }
        List<Object> list = new ArrayList<>();
        Matcher strings = STRING.matcher(text);
        while (strings.find()) {
            list.add(unquoted(strings.group()));
        }
        return list;
    }

    /** Reads what {@link #write} made of a string, number, boolean or null. */
    public static @Nullable Object readScalar(String json) {
        String text = json.strip();
        if (text.startsWith("\"") && text.endsWith("\"") && text.length() > 1) {
            return unquoted(text);
        }
        return switch (text) {
            case "null" -> null;
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> new BigDecimal(text);
        };
    }

    private static String unquoted(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 1; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            i++;
            switch (text.charAt(i)) {
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'u' -> {
                    out.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> out.append(text.charAt(i));
            }
        }
        return out.toString();
    }
}
