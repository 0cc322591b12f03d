package dev.tenon.tenancy.internal;

import java.util.Collection;
import java.util.Locale;

/** The name that was probably meant. */
final class Nearest {

    private static final int LISTED = 8;

    private Nearest() {}

    /** The nearest name, else the first few of the known ones; empty when there are none. */
    static String to(String wanted, Collection<String> known) {
        String best = "";
        int bestDistance = Math.max(2, wanted.length() / 3) + 1;
        for (String candidate : known) {
            int distance = distance(wanted.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                bestDistance = distance;
                best = candidate;
            }
        }
        if (!best.isEmpty()) {
            return best;
        }
        return known.isEmpty()
                ? ""
                : String.join(", ", known.stream().limit(LISTED).toList());
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int same = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(same, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
