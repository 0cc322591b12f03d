package dev.tenon.records.internal;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ExprDependencies;
import dev.tenon.expression.ValueType;
import dev.tenon.records.port.QueryPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Puts query plans together. */
final class PlanParts {

    private PlanParts() {}

    /**
     * The lookups that the expressions follow. Each is joined whatever record it leads to: who may not see that record
     * gets expressions that say so ({@link Masking}), while rights have to look at it as it is.
     */
    static Map<String, Expr> joins(Collection<Expr> expressions) {
        Map<String, Expr> joins = new LinkedHashMap<>();
        for (Expr expr : expressions) {
            if (isPlain(expr)) {
                continue;
            }
            ExprDependencies.of(expr).paths().forEach(path -> joins.put(path.text(), Expr.TRUE));
        }
        return joins;
    }

    /** Most of what is selected: an own field, which needs neither joins nor variables. */
    static boolean isPlain(Expr expr) {
        return expr instanceof Expr.FieldRef field && field.hops().isEmpty();
    }

    /** A plan whose joins and variables follow from its expressions. */
    static QueryPlan plan(
            Viewpoint viewpoint,
            String object,
            List<QueryPlan.Projection> projections,
            Expr where,
            List<QueryPlan.Order> order,
            int limit,
            int offset,
            Optional<QueryPlan.PerParent> perParent,
            boolean count) {
        DerivedValues derived = viewpoint.compiled().derived();
        Expr condition = derived.told(where);
        List<QueryPlan.Projection> values = QueryPlan.Projection.each(projections, derived::told);
        List<QueryPlan.Order> keys = order.stream()
                .map(o -> new QueryPlan.Order(derived.told(o.value()), o.descending()))
                .toList();
        List<Expr> all = new ArrayList<>();
        all.add(condition);
        values.forEach(p -> all.add(p.value()));
        keys.forEach(o -> all.add(o.value()));
        return new QueryPlan(
                object, values, joins(all), condition, keys, limit, offset, perParent, count, viewpoint.variables(all));
    }

    /**
     * Whether the value is among the ids. The list is filled up to the next power of two with its last id: each length is
     * a statement of its own for the database and the store, and so there are ten of them instead of hundreds.
     */
    static Expr among(Expr value, List<UUID> ids) {
        ValueType type = value.type();
        if (ids.size() == 1) {
            return Expr.equal(value, new Expr.Literal(ids.getFirst(), type));
        }
        int length = ids.isEmpty() ? 0 : Math.max(1, Integer.highestOneBit(ids.size() - 1) * 2);
        List<Expr> list = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            list.add(new Expr.Literal(ids.get(Math.min(i, ids.size() - 1)), type));
        }
        return new Expr.In(value, list);
    }

    /** A plan that only asks for which records a condition holds. */
    static QueryPlan condition(Viewpoint viewpoint, String object, Expr where) {
        return plan(viewpoint, object, List.of(), where, List.of(), Limits.TOP, 0, Optional.empty(), false);
    }
}
