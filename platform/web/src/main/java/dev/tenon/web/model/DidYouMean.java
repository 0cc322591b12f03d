package dev.tenon.web.model;

import java.util.Collection;
import java.util.Locale;

/** Finds what a mistyped name was meant to be; only among names the caller may know. */
public final class DidYouMean {

    private DidYouMean() {}

    /** The nearest name, or an empty text when none is near, which leaves the question out of the message. */
    public static String among(String wrong, Collection<String> names) {
        String best = "";
        int nearest = Math.max(2, wrong.length() / 3) + 1;
        for (String name : names) {
            int distance = distance(wrong, name);
            if (distance < nearest) {
                nearest = distance;
                best = name;
            }
        }
        return best;
    }

    /** Edits between the two, case aside; a forgotten namespace counts as one edit. */
    private static int distance(String wrong, String name) {
        String a = wrong.toLowerCase(Locale.ROOT);
        String b = name.toLowerCase(Locale.ROOT);
        int separator = b.indexOf("__");
        if (separator > 0 && b.substring(separator + 2).equals(a)) {
            return 1;
        }
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
