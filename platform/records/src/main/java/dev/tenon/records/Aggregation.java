package dev.tenon.records;

import dev.tenon.expression.Expr;
import java.util.List;
import java.util.Optional;

/**
 * A question about groups of records.
 *
 * @param groupBy name and value of each grouping key; empty for one total
 * @param measures what is computed for each group
 * @param limit most groups
 */
public record Aggregation(String object, Optional<Expr> filter, List<Key> groupBy, List<Measure> measures, int limit) {

    public Aggregation {
        groupBy = List.copyOf(groupBy);
        measures = List.copyOf(measures);
    }

    /** A grouping key under a name in the answer. */
    public record Key(String name, Expr value) {}

    /** @param value absent for COUNT */
    public record Measure(String name, Function function, Optional<Expr> value) {}

    /** How values of a group become one; empty values are passed over. */
    public enum Function {
        COUNT,
        COUNT_DISTINCT,
        SUM,
        MIN,
        MAX,
        AVERAGE
    }
}
