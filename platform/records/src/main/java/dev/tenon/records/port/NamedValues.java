package dev.tenon.records.port;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Values by name that cannot be changed. All rows of an answer have the same names, so they share them: a row is an array
 * and no table of its own.
 */
public final class NamedValues extends AbstractMap<String, @Nullable Object> {

    private final Names names;
    private final @Nullable Object[] values;

    private NamedValues(Names names, @Nullable Object[] values) {
        this.names = names;
        this.values = values;
    }

    /** The names of some rows' values, in order. */
    public static final class Names {

        private final String[] names;
        private final Map<String, Integer> places;

        private Names(List<String> names) {
            this.names = names.toArray(String[]::new);
            this.places = HashMap.newHashMap(names.size());
            for (int i = 0; i < this.names.length; i++) {
                places.put(this.names[i], i);
            }
            if (places.size() < this.names.length) {
                throw new IllegalArgumentException("two values have one name: " + names);
            }
        }

        public static Names of(List<String> names) {
            return new Names(names);
        }

        /** A row. The array belongs to it from now on. */
        public NamedValues row(@Nullable Object[] values) {
            if (values.length != names.length) {
                throw new IllegalArgumentException(values.length + " values for " + Arrays.toString(names));
            }
            return new NamedValues(this, values);
        }
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        Integer place = names.places.get(name);
        return place == null ? null : values[place];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return names.places.containsKey(name);
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
        for (int i = 0; i < values.length; i++) {
            action.accept(names.names[i], values[i]);
        }
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return values.length;
            }

            @Override
            public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<String, @Nullable Object>> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < values.length;
        }

        @Override
        public Map.Entry<String, @Nullable Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int at = next++;
            return new SimpleImmutableEntry<>(names.names[at], values[at]);
        }
    }
}
