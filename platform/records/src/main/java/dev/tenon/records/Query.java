package dev.tenon.records;

import dev.tenon.expression.Expr;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question about one object's records, before rights are applied.
 *
 * @param filter checked against a scope that knows only what the asker may read; see {@link RecordSession#scope}
 * @param limit most rows of the page
 * @param offset rows to pass over
 * @param count also tell how many rows fulfil the filter
 * @param walk for readers who go on behind the last row of a page: then the page tells its place, and the next one
 *     begins behind it, whatever was inserted or deleted meanwhile
 */
public record Query(
        String object,
        Selection select,
        Optional<Expr> filter,
        List<SortKey> sort,
        int limit,
        int offset,
        boolean count,
        Optional<Walk> walk) {

    public Query {
        sort = List.copyOf(sort);
    }

    public Query(
            String object,
            Selection select,
            Optional<Expr> filter,
            List<SortKey> sort,
            int limit,
            int offset,
            boolean count) {
        this(object, select, filter, sort, limit, offset, count, Optional.empty());
    }

    /**
     * What of each record is returned.
     *
     * @param fields own fields; empty means all readable ones but those that link any number of records, whose values are
     *     lists of ids
     * @param parents records referred to, by the name of the lookup field
     * @param children records referring to this one, by a name of the caller's choice
     * @param computed values made of the record's fields, by names that no field has; checked as a filter is
     */
    public record Selection(
            List<String> fields,
            Map<String, Selection> parents,
            Map<String, Children> children,
            Map<String, Expr> computed) {
        public static final Selection ALL = new Selection(List.of(), Map.of(), Map.of());

        public Selection {
            fields = List.copyOf(fields);
            parents = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(parents));
            children = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(children));
            computed = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(computed));
        }

        public Selection(List<String> fields, Map<String, Selection> parents, Map<String, Children> children) {
            this(fields, parents, children, Map.of());
        }

        public static Selection of(String... fields) {
            return new Selection(List.of(fields), Map.of(), Map.of());
        }
    }

    /**
     * Records of {@code object} whose lookup {@code via} refers to the row; {@code limit} for each row.
     *
     * @param through set where {@code object} is a junction: its other reference. Then the records behind that one are
     *     returned, and selection, filter and sort keys are about them
     */
    public record Children(
            String object,
            String via,
            Selection select,
            Optional<Expr> filter,
            List<SortKey> sort,
            int limit,
            Optional<String> through) {
        public Children {
            sort = List.copyOf(sort);
        }

        public Children(
                String object, String via, Selection select, Optional<Expr> filter, List<SortKey> sort, int limit) {
            this(object, via, select, filter, sort, limit, Optional.empty());
        }
    }

    /** Sorts by a value; empty values come last when ascending, first when descending, on every database. */
    public record SortKey(Expr value, boolean descending) {}

    /**
     * Reading page by page.
     *
     * @param after the last row of the page before; empty for the first page
     */
    public record Walk(Optional<Place> after) {}

    /**
     * Where a row stands in the order.
     *
     * @param values of the sort keys, as the asker may know them
     */
    public record Place(List<@Nullable Object> values, UUID id) {
        public Place(List<@Nullable Object> values, UUID id) {
            this.values = java.util.Collections.unmodifiableList(new java.util.ArrayList<>(values));
            this.id = id;
        }
    }

    /** All fields of the first {@code limit} records, by id. */
    public static Query of(String object, int limit) {
        return new Query(object, Selection.ALL, Optional.empty(), List.of(), limit, 0, false);
    }

    public Query where(Expr condition) {
        return new Query(object, select, Optional.of(condition), sort, limit, offset, count, walk);
    }

    /** The same, page by page. */
    public Query from(Optional<Place> after) {
        return new Query(object, select, filter, sort, limit, offset, count, Optional.of(new Walk(after)));
    }
}
