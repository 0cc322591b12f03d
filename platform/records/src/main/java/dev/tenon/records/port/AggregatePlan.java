package dev.tenon.records.port;

import dev.tenon.expression.Expr;
import dev.tenon.records.Aggregation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An aggregation ready for the database; see {@link QueryPlan} for joins and variables. Groups come sorted by what the
 * outcome says, then by key. */
public record AggregatePlan(
        String object,
        Map<String, Expr> joins,
        Expr where,
        List<Aggregation.Key> groupBy,
        List<Aggregation.Measure> measures,
        Aggregation.Outcome outcome,
        int limit,
        Map<String, @Nullable Object> variables) {

    /** All groups. */
    public AggregatePlan(
            String object,
            Map<String, Expr> joins,
            Expr where,
            List<Aggregation.Key> groupBy,
            List<Aggregation.Measure> measures,
            int limit,
            Map<String, @Nullable Object> variables) {
        this(object, joins, where, groupBy, measures, Aggregation.Outcome.ALL, limit, variables);
    }

    // Written out, as a compact one loses in its class file that variables may be null.
    public AggregatePlan(
            String object,
            Map<String, Expr> joins,
            Expr where,
            List<Aggregation.Key> groupBy,
            List<Aggregation.Measure> measures,
            Aggregation.Outcome outcome,
            int limit,
            Map<String, @Nullable Object> variables) {
        this.object = object;
        this.joins = Map.copyOf(joins);
        this.where = where;
        this.groupBy = List.copyOf(groupBy);
        this.measures = List.copyOf(measures);
        this.outcome = outcome;
        this.limit = limit;
        this.variables = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(variables));
    }
}
