package dev.tenon.store.schema;

import java.util.List;

/**
 * Keys of a list's values in one column, {@code ;first;second;}: one text on both databases, in which a key is found with
 * its separators. Keys have no semicolon.
 */
public final class KeyList {

    /** As many values of the longest keys as a record may have. */
    static final int MOST_CHARACTERS = 6_400;

    public static final String SEPARATOR = ";";

    private KeyList() {}

    public static String text(List<?> keys) {
        StringBuilder text = new StringBuilder(SEPARATOR);
        keys.forEach(key -> text.append(key).append(SEPARATOR));
        return text.toString();
    }

    public static List<String> keys(String text) {
        return List.of(text.substring(1, text.length() - 1).split(SEPARATOR));
    }
}
