package dev.tenon.records.internal;

import dev.tenon.access.Conditions;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.Query;
import dev.tenon.records.port.QueryPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Places of rows in an order. The keys are those of the plan, masked already: what is hidden at a row is empty in its
 * place as it is in its order.
 */
final class Places {

    private Places() {}

    private static final String FURTHER = "at";

    /** The names under which a row tells its keys: of what is selected anyway, and of {@link #projections further ones}. */
    static List<String> names(List<QueryPlan.Order> order, List<QueryPlan.Projection> selected) {
        List<String> names = new ArrayList<>(order.size());
        for (QueryPlan.Order key : order) {
            String name = nameOf(key.value(), selected);
            names.add(name == null ? FURTHER + names.size() : name);
        }
        return names;
    }

    /** What is selected, and the keys that it does not tell. */
    static List<QueryPlan.Projection> projections(
            List<QueryPlan.Order> order, List<String> names, List<QueryPlan.Projection> selected) {
        List<QueryPlan.Projection> further = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            if (names.get(i).startsWith(FURTHER)) {
                further.add(new QueryPlan.Projection(names.get(i), order.get(i).value()));
            }
        }
        if (further.isEmpty()) {
            return selected;
        }
        further.addAll(0, selected);
        return further;
    }

    private static @Nullable String nameOf(Expr value, List<QueryPlan.Projection> projections) {
        for (QueryPlan.Projection projection : projections) {
            if (projection.value().equals(value)) {
                return projection.name();
            }
        }
        return null;
    }

    static Query.Place of(Map<String, @Nullable Object> row, List<String> names) {
        if (!(row.get(SystemField.ID) instanceof UUID id)) {
            throw new IllegalStateException("the store returned a row without its id");
        }
        List<@Nullable Object> values = new ArrayList<>();
        names.forEach(name -> values.add(row.get(name)));
        return new Query.Place(values, id);
    }

    /** Whether a row comes after the place: by the first key that differs, last by its id. */
    static Expr behind(String object, List<QueryPlan.Order> order, Query.Place place) {
        if (place.values().size() != order.size()) {
            throw new IllegalArgumentException("a place has one value for each sort key");
        }
        // The store sorts the id in the direction of the last key.
        boolean descending = !order.isEmpty() && order.getLast().descending();
        Expr behind = compared(
                new Expr.FieldRef(0, object, List.of(), SystemField.ID, ValueType.Simple.ID), descending, place.id());
        for (int i = order.size() - 1; i >= 0; i--) {
            QueryPlan.Order key = order.get(i);
            Object value = place.values().get(i);
            behind = Expr.or(beyond(key, value), Conditions.allOf(List.of(same(key.value(), value), behind)));
        }
        return behind;
    }

    /** Empty values are last when ascending, first when descending. */
    private static Expr beyond(QueryPlan.Order key, @Nullable Object value) {
        Expr empty = new Expr.IsNull(key.value());
        if (value == null) {
            return key.descending() ? Expr.not(empty) : Expr.FALSE;
        }
        Expr compared = compared(key.value(), key.descending(), value);
        return key.descending() ? compared : Expr.or(compared, empty);
    }

    private static Expr same(Expr key, @Nullable Object value) {
        return value == null ? new Expr.IsNull(key) : Expr.equal(key, new Expr.Literal(value, key.type()));
    }

    private static Expr compared(Expr key, boolean descending, Object value) {
        return new Expr.Binary(
                descending ? Expr.BinaryOperator.LESS : Expr.BinaryOperator.GREATER,
                key,
                new Expr.Literal(value, key.type()),
                ValueType.Simple.BOOLEAN);
    }
}
