package dev.tenon.sdk.error;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * "Did you mean": the known name that somebody has most likely meant. Case and a forgotten namespace ({@code Offer} for
 * {@code recruiting__Offer}) do not count, two neighbours in the wrong order count as one mistake.
 */
public final class Suggestions {

    /** More would hide the useful ones. */
    private static final int LISTED = 8;

    /** So short a name is near to almost every other one. */
    private static final int SHORT = 3;

    private static final int FAR = Integer.MAX_VALUE;

    private Suggestions() {}

    /** The nearest name; the empty text when none is near, which leaves the question out of a message. */
    public static String nearest(String wrong, Collection<String> known) {
        String best = "";
        int least = Integer.MAX_VALUE;
        for (String name : known) {
            int mistakes = mistakes(wrong, name);
            if (mistakes < least || (mistakes == least && !best.isEmpty() && name.compareTo(best) < 0)) {
                least = mistakes;
                best = name;
            }
        }
        return least == FAR ? "" : best;
    }

    /** The nearest name, else the first few of the known ones; the empty text when there are none. */
    public static String nearestOrSome(String wrong, Collection<String> known) {
        String nearest = nearest(wrong, known);
        if (!nearest.isEmpty()) {
            return nearest;
        }
        String some = known.stream().limit(LISTED).collect(Collectors.joining(", "));
        return known.size() > LISTED ? some + " …" : some;
    }

    /** Between the whole names, or between what is behind their namespaces. */
    private static int mistakes(String wrong, String name) {
        String a = wrong.toLowerCase(Locale.ROOT);
        String b = name.toLowerCase(Locale.ROOT);
        return Math.min(near(a, b), near(local(a), local(b)));
    }

    private static int near(String wrong, String name) {
        int tolerance = wrong.length() <= SHORT ? 1 : Math.max(2, wrong.length() / 3);
        int distance = distance(wrong, name);
        return distance <= tolerance && distance < wrong.length() ? distance : FAR;
    }

    private static String local(String name) {
        int namespace = name.lastIndexOf("__");
        return namespace < 0 ? name : name.substring(namespace + 2);
    }

    /** Edits (insert, delete, replace, swap of neighbours) that turn one text into the other. */
    public static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(int[][] d, String a, String b, int i, int j) {
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
    }
}
