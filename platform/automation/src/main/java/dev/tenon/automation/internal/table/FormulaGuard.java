package dev.tenon.automation.internal.table;

/**
 * Text that a spreadsheet would take for a formula, made harmless and back again. A quote in front shows it as text; text
 * that looks as if it had such a quote gets another one, so that nothing is lost on the way out and in.
 */
public final class FormulaGuard {

    private FormulaGuard() {}

    public static String harmless(String text) {
        return looksLikeFormula(text, 0) ? "'" + text : text;
    }

    /** What {@link #harmless} was given. */
    static String plain(String text) {
        return text.startsWith("'") && looksLikeFormula(text, 1) ? text.substring(1) : text;
    }

    private static boolean looksLikeFormula(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == '\'') {
            at++;
        }
        return at < text.length()
                && switch (text.charAt(at)) {
                    case '=', '+', '-', '@', '\t', '\r', '\n' -> true;
                    // Chinese and Japanese spreadsheets take the wide ones for the same.
                    case '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20' -> true;
                    default -> false;
                };
    }
}
