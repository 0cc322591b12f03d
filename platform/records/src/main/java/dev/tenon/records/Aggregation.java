package dev.tenon.records;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import java.util.List;
import java.util.Optional;

/**
 * A question about groups of records.
 *
 * @param groupBy name and value of each grouping key; empty for one total
 * @param measures what is computed for each group
 * @param outcome what becomes of the groups
 * @param limit most groups
 */
public record Aggregation(
        String object, Optional<Expr> filter, List<Key> groupBy, List<Measure> measures, Outcome outcome, int limit) {

    public Aggregation {
        groupBy = List.copyOf(groupBy);
        measures = List.copyOf(measures);
    }

    public Aggregation(String object, Optional<Expr> filter, List<Key> groupBy, List<Measure> measures, int limit) {
        this(object, filter, groupBy, measures, Outcome.ALL, limit);
    }

    /** The value of a key or measure, for expressions about the groups. */
    public static Expr.FieldRef value(String name, ValueType type) {
        return new Expr.FieldRef(0, "", List.of(), name, type);
    }

    /**
     * What is asked of the groups, in expressions about their {@link #value values}.
     *
     * @param filter which groups are answered
     * @param computed further values of each group
     * @param order before the order by keys; empty values last when ascending, first when descending
     * @param offset groups to pass over
     */
    public record Outcome(Optional<Expr> filter, List<Key> computed, List<Query.SortKey> order, int offset) {
        public static final Outcome ALL = new Outcome(Optional.empty(), List.of(), List.of(), 0);

        public Outcome {
            computed = List.copyOf(computed);
            order = List.copyOf(order);
        }
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
