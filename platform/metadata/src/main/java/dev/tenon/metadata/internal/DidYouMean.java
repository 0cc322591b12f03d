package dev.tenon.metadata.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what somebody probably meant. */
final class DidYouMean {

    /** More would hide the useful ones. */
    private static final int LISTED = 8;

    private DidYouMean() {}

    /** The nearest of the known names when one is near, else the first few of them; empty when there are none. */
    static String suggest(String wrong, Collection<String> known) {
        if (known.isEmpty()) {
            return "";
        }
        String needle = wrong.toLowerCase(Locale.ROOT);
        int tolerance = Math.max(2, wrong.length() / 3);
        List<String> near = known.stream()
                .filter(k -> distance(needle, k.toLowerCase(Locale.ROOT)) <= tolerance || local(k).equals(local(wrong)))
                .sorted(Comparator.comparingInt((String k) -> distance(needle, k.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        if (!near.isEmpty()) {
            return near.getFirst();
        }
        String listed = String.join(", ", known.stream().limit(LISTED).toList());
        return known.size() > LISTED ? listed + " …" : listed;
    }

    private static String local(String name) {
        int prefix = name.lastIndexOf("__");
        return (prefix < 0 ? name : name.substring(prefix + 2)).toLowerCase(Locale.ROOT);
    }

    /** Edits (insert, delete, replace, swap of neighbours) that turn one text into the other. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int replace = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + replace);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
