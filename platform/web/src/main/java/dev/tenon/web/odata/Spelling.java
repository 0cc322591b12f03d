package dev.tenon.web.odata;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What OData 4.01 lets callers write, in the words of 4.0, which are those that Olingo's grammar knows: names of options in
 * any case and without {@code $}, and what {@link ExpressionSpelling} does for expressions.
 */
final class Spelling {

    private static final Set<String> OPTIONS = Set.of(
            "filter",
            "orderby",
            "select",
            "expand",
            "top",
            "skip",
            "count",
            "search",
            "apply",
            "compute",
            "levels",
            "format",
            "skiptoken",
            "deltatoken",
            "schemaversion",
            "index",
            "id");

    /** Their names where they are already as they have to be. */
    private static final Set<String> EXPRESSIONS = Set.of("$filter", "$orderby", "$compute", "$apply");

    private final Map<String, String> aliases;

    /** Characters of all that the query stands for. */
    private int length;

    private Spelling(Map<String, String> aliases) {
        this.aliases = aliases;
    }

    /** @param query still encoded, as is what is returned */
    static @Nullable String of(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return query;
        }
        List<String> pairs = List.of(query.split("&", -1));
        Map<String, String> aliases = new HashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? null : decoded(pair.substring(0, equals));
            String value = equals < 0 ? null : decoded(pair.substring(equals + 1));
            if (name != null && value != null && name.startsWith("@")) {
                aliases.put(name, value);
            }
        }
        Spelling spelling = new Spelling(aliases);
        return String.join("&", pairs.stream().map(spelling::pair).toList());
    }

    private String pair(String pair) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? null : decoded(pair.substring(0, equals));
        if (name == null) {
            return pair;
        }
        String option = option(name);
        String given = pair.substring(equals + 1);
        String value = decoded(given);
        if (value == null) {
            // The parser says what is wrong with it.
            return option.equals(name) ? pair : option + "=" + given;
        }
        String meant = value(option, value);
        length += meant.length();
        Service.requireShort(length);
        if (meant.equals(value)) {
            return option.equals(name) ? pair : option + "=" + given;
        }
        return option + "=" + URLEncoder.encode(meant, StandardCharsets.UTF_8);
    }

    /** The name of an option as the standard writes it; any other name as it is. */
    static String option(String name) {
        String bare = name.startsWith("$") ? name.substring(1) : name;
        String lower = bare.toLowerCase(Locale.ROOT);
        return OPTIONS.contains(lower) ? "$" + lower : name;
    }

    private String value(String option, String value) {
        if (EXPRESSIONS.contains(option)) {
            return ExpressionSpelling.of(value, aliases);
        }
        return option.equals("$expand") ? expand(value) : value;
    }

    /** Options inside of {@code $expand} are written like those of the address, between semicolons. */
    private String expand(String items) {
        if (items.indexOf('(') < 0) {
            return items;
        }
        List<String> written = new ArrayList<>();
        int together = 0;
        for (String item : split(items, ',')) {
            int open = item.indexOf('(');
            String bare = item.stripTrailing();
            if (open < 0 || !bare.endsWith(")")) {
                written.add(item);
                continue;
            }
            List<String> options = new ArrayList<>();
            for (String each : split(bare.substring(open + 1, bare.length() - 1), ';')) {
                int equals = each.indexOf('=');
                if (equals < 0) {
                    options.add(each);
                } else {
                    String name = option(each.substring(0, equals).strip());
                    options.add(name + "=" + value(name, each.substring(equals + 1)));
                }
            }
            written.add(item.substring(0, open + 1) + String.join(";", options) + ")");
            // Each of them may name the same long value.
            together += written.getLast().length();
            Service.requireShort(together);
        }
        return String.join(",", written);
    }

    /** The parts of a text between separators that are in no brackets and no quotes. */
    static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == separator && depth == 0) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static @Nullable String decoded(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
