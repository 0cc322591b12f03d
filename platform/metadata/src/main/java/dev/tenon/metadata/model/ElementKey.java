package dev.tenon.metadata.model;

/**
 * Identity of one element of metadata, stable across versions.
 *
 * @param type for example {@code field}
 * @param name for example {@code recruiting__Offer/salary}; parts of nested elements are joined by slashes
 */
public record ElementKey(String type, String name) implements Comparable<ElementKey> {

    /** Reads {@code type:name}. */
    public static ElementKey parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("not an element key: " + text);
        }
        return new ElementKey(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public int compareTo(ElementKey other) {
        int byType = type.compareTo(other.type);
        return byType != 0 ? byType : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return type + ":" + name;
    }
}
