package dev.tenon.web.odata;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An expression of OData 4.01 in the words of 4.0: operators and functions in small letters, {@code divby} by what there is,
 * {@code null} in the list of {@code in} beside it, and for an alias what it stands for. What is between quotes, and what
 * cannot be read, stays as it is; the parser speaks of it.
 */
final class ExpressionSpelling {

    private static final Set<String> OPERATORS = Set.of(
            "eq", "ne", "gt", "ge", "lt", "le", "and", "or", "add", "sub", "mul", "div", "divby", "mod", "in", "has");

    private static final Set<String> FUNCTIONS = Set.of(
            "contains",
            "startswith",
            "endswith",
            "indexof",
            "substring",
            "length",
            "tolower",
            "toupper",
            "trim",
            "concat",
            "year",
            "month",
            "day",
            "hour",
            "minute",
            "second",
            "fractionalseconds",
            "totalseconds",
            "date",
            "time",
            "now",
            "mindatetime",
            "maxdatetime",
            "totaloffsetminutes",
            "round",
            "floor",
            "ceiling",
            "cast",
            "isof",
            "any",
            "all");

    /** Of 4.01 too, and not there; the parser would take them for fields. */
    private static final Set<String> MISSING = Set.of("matchespattern", "hassubset", "hassubsequence", "case");

    private final String text;
    private final Map<String, String> aliases;
    private final StringBuilder out = new StringBuilder();
    /** Where in what is written the groups begin that are open. */
    private final Deque<Integer> groups = new ArrayDeque<>();

    private int at;
    /** Whether a value has just ended, so that a word may be an operator. */
    private boolean afterValue;
    /** Where in what is written the last value begins. */
    private int valueFrom;

    private ExpressionSpelling(String text, Map<String, String> aliases) {
        this.text = text;
        this.aliases = aliases;
    }

    static String of(String text, Map<String, String> aliases) {
        ExpressionSpelling spelling = new ExpressionSpelling(text, aliases);
        while (spelling.at < text.length()) {
            spelling.next();
            // Aliases and lists repeat what is written once: a short text must not become an endless one.
            Service.requireShort(spelling.out.length());
        }
        return spelling.out.toString();
    }

    private void next() {
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
            out.append(c);
            at++;
        } else if (c == '\'' || c == '"') {
            boolean partOfWord = at > 0 && wordCharacter(text.charAt(at - 1));
            quoted(c, partOfWord);
        } else if (c == '(') {
            boolean call = at > 0 && wordCharacter(text.charAt(at - 1)) && afterValue;
            groups.push(call ? valueFrom : out.length());
            copied(false);
        } else if (c == ')') {
            valueFrom = groups.isEmpty() ? out.length() : groups.pop();
            copied(true);
        } else if (wordCharacter(c)) {
            word();
        } else {
            copied(false);
        }
    }

    private void copied(boolean value) {
        out.append(text.charAt(at));
        at++;
        afterValue = value;
    }

    private void quoted(char quote, boolean partOfWord) {
        int end = text.indexOf(quote, at + 1);
        if (!partOfWord) {
            valueFrom = out.length();
        }
        int to = end < 0 ? text.length() : end + 1;
        out.append(text, at, to);
        at = to;
        afterValue = true;
    }

    private static boolean wordCharacter(char c) {
        return !Character.isWhitespace(c) && "'\"(),;=/:".indexOf(c) < 0;
    }

    private void word() {
        int from = at;
        boolean name = Character.isLetter(text.charAt(from)) || text.charAt(from) == '_';
        while (at < text.length() && (wordCharacter(text.charAt(at)) || !name && text.charAt(at) == ':')) {
            at++;
        }
        String word = text.substring(from, at);
        String lower = word.toLowerCase(Locale.ROOT);
        char following = at < text.length() ? text.charAt(at) : 0;
        boolean apart = Character.isWhitespace(following) || following == '(';
        boolean behindSlash = from > 0 && text.charAt(from - 1) == '/';
        if (afterValue && apart && OPERATORS.contains(lower)) {
            operator(lower);
        } else if (afterValue && lower.equals("as") && apart) {
            out.append(word);
            given();
        } else if (afterValue && (lower.equals("asc") || lower.equals("desc"))) {
            out.append(lower);
        } else if (!afterValue && lower.equals("not") && apart) {
            out.append(lower);
        } else if (following == '(' && lower.equals("search")) {
            out.append(word);
            verbatim();
        } else {
            value(word, lower, following, behindSlash);
        }
    }

    private void value(String word, String lower, char following, boolean behindSlash) {
        if (!behindSlash) {
            valueFrom = out.length();
        }
        afterValue = true;
        if (word.startsWith("@")) {
            String meant = aliases.get(word);
            out.append(meant == null ? "null" : "(" + of(meant, Map.of()) + ")");
        } else if (following == '(' && !behindSlash && MISSING.contains(lower)) {
            throw QueryTranslation.unsupported(lower);
        } else {
            out.append(following == '(' && FUNCTIONS.contains(lower) ? lower : word);
        }
    }

    private void operator(String operator) {
        afterValue = false;
        if (operator.equals("in") && list()) {
            return;
        }
        // All of these bind alike, from left to right: what was whole before has a decimal point now.
        out.append(operator.equals("divby") ? "mul 1.0 div" : operator);
    }

    /** A name that something is given, whatever word it is. */
    private void given() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            out.append(text.charAt(at++));
        }
        while (at < text.length() && wordCharacter(text.charAt(at))) {
            out.append(text.charAt(at++));
        }
    }

    /** What is searched for has words of its own. */
    private void verbatim() {
        int end = closing(at);
        out.append(text, at, end);
        at = end;
        afterValue = true;
    }

    /** Where the bracket that opens here has been closed. */
    private int closing(int open) {
        int depth = 0;
        char quote = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i + 1;
            }
        }
        return text.length();
    }

    private boolean isNull(String value) {
        return value.equals("null") || value.startsWith("@") && "null".equals(aliases.getOrDefault(value, "null"));
    }

    /** Whether there was a list with {@code null} in it, which is written now. */
    private boolean list() {
        int open = at;
        while (open < text.length() && Character.isWhitespace(text.charAt(open))) {
            open++;
        }
        int end = open < text.length() && text.charAt(open) == '(' ? closing(open) : 0;
        if (end == 0 || text.charAt(end - 1) != ')') {
            return false;
        }
        List<String> written = Spelling.split(text.substring(open + 1, end - 1), ',').stream()
                .map(String::strip)
                .toList();
        if (written.stream().noneMatch(this::isNull)) {
            // What is in it is read with the rest of the text, and only there: lists may stand in lists.
            return false;
        }
        List<String> values = written.stream()
                .filter(value -> !isNull(value))
                .map(value -> of(value, aliases))
                .toList();
        String left = out.substring(valueFrom).stripTrailing();
        out.setLength(valueFrom);
        out.append('(');
        if (!values.isEmpty()) {
            out.append(left).append(" in (").append(String.join(",", values)).append(") or ");
        }
        out.append(left).append(" eq null)");
        at = end;
        afterValue = true;
        return true;
    }
}
