package dev.tenon.records.port;

import dev.tenon.expression.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A query ready for the database: rights are part of it, nothing is filtered afterwards.
 *
 * @param projections what is returned; expressions may follow lookups
 * @param joins for each lookup path that any expression follows (names joined by dots, for example
 *     {@code candidate.owner}): the condition, with the joined record as scope 0, under which the joined record is
 *     visible. The store puts it into the ON clause of the outer join, so that an invisible record reads as empty
 * @param where conjunction of the caller's filter and the row condition
 * @param order sort keys; the store appends the id
 * @param limit most rows, the store returns at most this many
 * @param perParent limits rows per value of a reference, for children of several rows at once
 * @param count also count all rows that fulfil {@code where}
 * @param variables values of the expressions' variables
 */
public record QueryPlan(
        String object,
        List<Projection> projections,
        Map<String, Expr> joins,
        Expr where,
        List<Order> order,
        int limit,
        int offset,
        Optional<PerParent> perParent,
        boolean count,
        Map<String, @Nullable Object> variables) {

    public QueryPlan {
        projections = List.copyOf(projections);
        joins = Map.copyOf(joins);
        order = List.copyOf(order);
        variables = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(variables));
    }

    /** A value under a name in the answer. */
    public record Projection(String name, Expr value) {

        /** The same names with changed values. Mostly none changes: then it is the list itself, which is soon compared. */
        public static List<Projection> each(List<Projection> all, UnaryOperator<Expr> change) {
            List<Projection> changed = new ArrayList<>(all.size());
            boolean same = true;
            for (Projection projection : all) {
                Expr value = change.apply(projection.value());
                same &= value == projection.value();
                changed.add(value == projection.value() ? projection : new Projection(projection.name(), value));
            }
            return same ? all : changed;
        }
    }

    /** Empty values last when ascending, first when descending. */
    public record Order(Expr value, boolean descending) {}

    /** Only the first {@code limit} rows, in the plan's order, for each value of {@code field}. */
    public record PerParent(String field, int limit) {}
}
