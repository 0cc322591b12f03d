package dev.tenon.records.internal;

import java.util.Collection;
import java.util.Locale;

/** The known name that differs least from an unknown one. What may not be seen must not be among the candidates. */
public final class DidYouMean {

    private DidYouMean() {}

    /** The most similar candidate, or an empty text, which leaves the question out of the message. */
    public static String oneOf(String name, Collection<String> candidates) {
        String best = "";
        int least = Math.max(1, name.length() / 3) + 1;
        for (String candidate : candidates) {
            int at = candidate.indexOf("__");
            String local = at < 0 ? candidate : candidate.substring(at + 2);
            int distance = Math.min(distance(name, candidate), distance(name, local));
            if (distance < least || (distance == least && !best.isEmpty() && candidate.compareTo(best) < 0)) {
                least = distance;
                best = candidate;
            }
        }
        return best;
    }

    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(Math.min(last[j] + 1, row[j - 1] + 1), replaced);
            }
            last = row;
        }
        return last[b.length()];
    }
}
