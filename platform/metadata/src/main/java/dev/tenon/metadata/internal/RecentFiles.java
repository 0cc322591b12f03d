package dev.tenon.metadata.internal;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Files that were read without a problem, as long as they are among the latest: a change of a tenant's own layer touches
 * one of its files, and all of them are read. What is kept follows from the key alone. Safe for use by several threads.
 */
final class RecentFiles {

    /** Of all kept texts together. What is made of a text takes some twenty times its size. */
    private static final int MOST_CHARACTERS = 1_000_000;

    private final Map<Key, Node> roots = new LinkedHashMap<>(64, 0.75f, true);
    private long characters;

    /** @param schema that the file was checked with */
    record Key(String origin, String path, String schema, String text) {}

    synchronized Optional<Node> find(Key key) {
        return Optional.ofNullable(roots.get(key));
    }

    synchronized void keep(Key key, Node root) {
        if (roots.put(key, root) == null) {
            characters += key.text().length();
        }
        Iterator<Key> eldest = roots.keySet().iterator();
        while (characters > MOST_CHARACTERS) {
            characters -= eldest.next().text().length();
            eldest.remove();
        }
    }
}
