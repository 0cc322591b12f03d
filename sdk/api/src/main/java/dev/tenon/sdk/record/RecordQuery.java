package dev.tenon.sdk.record;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A question about the records of one object, always answered within the rights of the acting user.
 *
 * @param object global name of the object
 * @param select fields to return, each a name or a path over lookups such as {@code candidate.name}; empty means every
 *     readable field of the object itself
 * @param filter condition in the platform's expression language, for example {@code stage == 'applied' && score > min};
 *     its free variables are bound from {@code parameters}
 * @param parameters values of the filter's variables
 * @param orderBy sort keys in order; the record id is always the last one, so that pages are stable
 * @param top most rows to return, 1 to 1000
 * @param skip rows to pass over
 */
public record RecordQuery(
        String object,
        List<String> select,
        Optional<String> filter,
        Map<String, @Nullable Object> parameters,
        List<Sort> orderBy,
        int top,
        int skip) {

    public RecordQuery {
        select = List.copyOf(select);
        parameters = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(parameters));
        orderBy = List.copyOf(orderBy);
        if (top < 1 || top > 1000) {
            throw new IllegalArgumentException("top must be between 1 and 1000, was " + top);
        }
        if (skip < 0) {
            throw new IllegalArgumentException("skip must not be negative, was " + skip);
        }
    }

    /** One sort key: a field name or a path over lookups. */
    public record Sort(String path, boolean descending) {}

    /** All records of an object, first 100, by id. */
    public static RecordQuery of(String object) {
        return new RecordQuery(object, List.of(), Optional.empty(), Map.of(), List.of(), 100, 0);
    }

    public RecordQuery select(String... paths) {
        return new RecordQuery(object, List.of(paths), filter, parameters, orderBy, top, skip);
    }

    public RecordQuery where(String condition, Map<String, @Nullable Object> values) {
        return new RecordQuery(object, select, Optional.of(condition), values, orderBy, top, skip);
    }

    public RecordQuery orderBy(Sort... keys) {
        return new RecordQuery(object, select, filter, parameters, List.of(keys), top, skip);
    }

    public RecordQuery top(int rows) {
        return new RecordQuery(object, select, filter, parameters, orderBy, rows, skip);
    }

    public RecordQuery skip(int rows) {
        return new RecordQuery(object, select, filter, parameters, orderBy, top, rows);
    }
}
