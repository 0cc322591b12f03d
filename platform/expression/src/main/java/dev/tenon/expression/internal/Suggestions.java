package dev.tenon.expression.internal;

import java.util.Collection;
import java.util.Locale;

/** "Did you mean": the known name that differs least. */
final class Suggestions {

    private Suggestions() {}

    /** The most similar candidate, or an empty text, which leaves the question out of the message. */
    static String similar(String name, Collection<String> candidates) {
        String best = "";
        int least = Math.max(1, name.length() / 3) + 1;
        for (String candidate : candidates) {
            int distance = Math.min(distance(name, candidate), distance(name, local(candidate)));
            if (distance < least || (distance == least && !best.isEmpty() && candidate.compareTo(best) < 0)) {
                least = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** Without the namespace that another layer's elements carry: people forget it. */
    private static String local(String name) {
        int at = name.indexOf("__");
        return at < 0 ? name : name.substring(at + 2);
    }

    /** Insertions, deletions, replacements and swaps of neighbours between two names, case ignored. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(last[j] + 1, row[j - 1] + 1), last[j - 1] + cost);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
