package dev.tenon.records;

import dev.tenon.expression.Expr;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question about one object's records, before rights are applied.
 *
 * @param filter checked against a scope that knows only what the asker may read; see {@link RecordSession#scope}
 * @param limit most rows of the page
 * @param offset rows to pass over
 * @param count also tell how many rows fulfil the filter
 */
public record Query(
        String object,
        Selection select,
        Optional<Expr> filter,
        List<SortKey> sort,
        int limit,
        int offset,
        boolean count) {

    public Query {
        sort = List.copyOf(sort);
    }

    /**
     * What of each record is returned.
     *
     * @param fields own fields; empty means all readable ones
     * @param parents records referred to, by the name of the lookup field
     * @param children records referring to this one, by a name of the caller's choice
     */
    public record Selection(List<String> fields, Map<String, Selection> parents, Map<String, Children> children) {
        public static final Selection ALL = new Selection(List.of(), Map.of(), Map.of());

        public Selection {
            fields = List.copyOf(fields);
            parents = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(parents));
            children = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(children));
        }

        public static Selection of(String... fields) {
            return new Selection(List.of(fields), Map.of(), Map.of());
        }
    }

    /** Records of {@code object} whose lookup {@code via} refers to the row; {@code limit} for each row. */
    public record Children(
            String object, String via, Selection select, Optional<Expr> filter, List<SortKey> sort, int limit) {
        public Children {
            sort = List.copyOf(sort);
        }
    }

    /** Sorts by a value; empty values come last when ascending, first when descending, on every database. */
    public record SortKey(Expr value, boolean descending) {}

    /** All fields of the first {@code limit} records, by id. */
    public static Query of(String object, int limit) {
        return new Query(object, Selection.ALL, Optional.empty(), List.of(), limit, 0, false);
    }

    public Query where(Expr condition) {
        return new Query(object, select, Optional.of(condition), sort, limit, offset, count);
    }
}
