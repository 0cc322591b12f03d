package dev.tenon.records.internal;

import dev.tenon.access.Conditions;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.records.Aggregation;
import dev.tenon.records.internal.ObjectPlan.RollUpPlan;
import dev.tenon.records.internal.Propagation.Target;
import dev.tenon.records.port.AggregatePlan;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks the database for roll-ups: one query for each kind of roll-up and batch of parents, whatever their number. */
final class RollUpQueries {

    private static final String VALUE = "value";
    private static final String NUMBER = "number";

    private final SaveContext context;

    RollUpQueries(SaveContext context) {
        this.context = context;
    }

    /** Values of the roll-up fields by record. Counts every record that there is, whoever saves; see ADR 0007. */
    Map<Target, Map<String, @Nullable Object>> compute(Map<Target, Set<RollUpPlan>> wanted) {
        Map<RollUpPlan, List<UUID>> parents = new LinkedHashMap<>();
        wanted.forEach((target, plans) -> plans.forEach(
                plan -> parents.computeIfAbsent(plan, p -> new ArrayList<>()).add(target.id())));
        Map<Target, Map<String, @Nullable Object>> results = new HashMap<>();
        parents.forEach((plan, ids) -> {
            for (int from = 0; from < ids.size(); from += Limits.BATCH) {
                query(plan, ids.subList(from, Math.min(from + Limits.BATCH, ids.size())), results);
            }
        });
        return results;
    }

    private void query(RollUpPlan plan, List<UUID> parents, Map<Target, Map<String, @Nullable Object>> results) {
        ValueType type = new ValueType.Reference(plan.parent());
        Expr via = new Expr.FieldRef(0, plan.counted(), List.of(), plan.type().via(), type);
        Expr where = Conditions.allOf(List.of(PlanParts.among(via, parents), plan.filter()));
        List<Map<String, @Nullable Object>> groups = context.ports()
                .store()
                .aggregate(
                        context.viewpoint().model(),
                        new AggregatePlan(
                                plan.counted(),
                                PlanParts.joins(List.of(where)),
                                where,
                                List.of(new Aggregation.Key("parent", via)),
                                measures(plan),
                                parents.size(),
                                context.viewpoint().variables(List.of(where))));
        Map<UUID, @Nullable Object> answers = new HashMap<>();
        for (Map<String, @Nullable Object> group : groups) {
            if (group.get("parent") instanceof UUID parent) {
                answers.put(parent, average(plan, group));
            }
        }
        for (UUID parent : parents) {
            results.computeIfAbsent(new Target(plan.parent(), parent), t -> new LinkedHashMap<>())
                    .put(
                            plan.field().name(),
                            RollUpValues.of(context.viewpoint().model(), plan, answers.get(parent)));
        }
    }

    private List<Aggregation.Measure> measures(RollUpPlan plan) {
        Optional<Expr> field = plan.type().field().map(name -> field(plan, name));
        return switch (plan.type().function()) {
            case COUNT -> List.of(new Aggregation.Measure(VALUE, Aggregation.Function.COUNT, field));
            case SUM -> List.of(new Aggregation.Measure(VALUE, Aggregation.Function.SUM, field));
            case MIN -> List.of(new Aggregation.Measure(VALUE, Aggregation.Function.MIN, field));
            case MAX -> List.of(new Aggregation.Measure(VALUE, Aggregation.Function.MAX, field));
            // Divided here, so that it is rounded once, and on every database in the same way.
            case AVG ->
                List.of(
                        new Aggregation.Measure(VALUE, Aggregation.Function.SUM, field),
                        new Aggregation.Measure(NUMBER, Aggregation.Function.COUNT, field));
        };
    }

    private @Nullable Object average(RollUpPlan plan, Map<String, @Nullable Object> group) {
        Object value = group.get(VALUE);
        Object number = group.get(NUMBER);
        if (value == null || number == null) {
            return value;
        }
        int scale = plan.type().result(context.viewpoint().model()) instanceof FieldType.DecimalNumber average
                ? average.scale()
                : 0;
        return Computation.decimal(value).divide(Computation.decimal(number), scale, RoundingMode.HALF_UP);
    }

    private Expr field(RollUpPlan plan, String name) {
        Field counted = context.viewpoint().type(plan.counted()).requireField(name);
        return new Expr.FieldRef(
                0,
                plan.counted(),
                List.of(),
                name,
                ValueType.of(context.viewpoint().model(), counted));
    }
}
