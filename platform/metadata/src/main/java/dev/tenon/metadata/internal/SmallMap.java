package dev.tenon.metadata.internal;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * An unmodifiable map of a few entries in the order in which they came. Large models have tens of thousands of such maps,
 * and a linked one takes three to four times the space.
 */
public final class SmallMap<V> extends AbstractMap<String, V> {

    /** More are found faster by their hash. */
    private static final int MOST = 12;

    /** A key, its value, the next key, … */
    private final Object[] entries;

    private SmallMap(Object[] entries) {
        this.entries = entries;
    }

    /** Keys and values are not null. */
    public static <V> Map<String, V> copyOf(Map<String, V> map) {
        if (map instanceof SmallMap<V> same) {
            return same;
        }
        if (map.size() > MOST) {
            return Collections.unmodifiableMap(new LinkedHashMap<>(map));
        }
        Object[] entries = new Object[map.size() * 2];
        int at = 0;
        for (Map.Entry<String, V> entry : map.entrySet()) {
            entries[at++] = entry.getKey();
            entries[at++] = entry.getValue();
        }
        return new SmallMap<>(entries);
    }

    @Override
    public int size() {
        return entries.length / 2;
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        for (int i = 0; i < entries.length; i += 2) {
            if (entries[i].equals(key)) {
                return value(i / 2);
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    private String key(int number) {
        return (String) entries[number * 2];
    }

    @SuppressWarnings("unchecked") // only values of this type come in
    private V value(int number) {
        return (V) entries[number * 2 + 1];
    }

    @Override
    public Set<String> keySet() {
        return new View<>(size(), this::key);
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
        return new View<>(size(), number -> Map.entry(key(number), value(number)));
    }

    /** Made for each who asks: a map that keeps its views is larger. */
    private static final class View<E> extends AbstractSet<E> {
        private final int size;
        private final IntFunction<E> element;

        View(int size, IntFunction<E> element) {
            this.size = size;
            this.element = element;
        }

        @Override
        public Iterator<E> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < size;
                }

                @Override
                public E next() {
                    if (next >= size) {
                        throw new NoSuchElementException();
                    }
                    return element.apply(next++);
                }
            };
        }

        @Override
        public int size() {
            return size;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SmallMap<?> same && Arrays.equals(entries, same.entries) || super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
