package dev.tenon.records.internal;

import dev.tenon.access.Conditions;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ExprDependencies;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.records.internal.ComputationOrder.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * In which order computed fields of existing records are brought up: fields that a model computes in another way, and all
 * that are made of them. A stage is over for all records of its object before the next one begins, so that every record
 * is computed once for all that it is made of, and not once for each.
 */
final class RecomputationStages {

    private final CheckedModel compiled;
    private final Map<Node, Set<Node>> inputs;
    private final Set<Node> outdated;
    private final Map<Node, Optional<Integer>> levels = new HashMap<>();

    /** @param fields of the object; those of other records that they are made of are computed in an earlier stage */
    record Stage(String object, Set<String> fields) {
        Stage {
            fields = Set.copyOf(fields);
        }
    }

    private RecomputationStages(CheckedModel compiled, Set<Node> outdated) {
        this.compiled = compiled;
        this.inputs = compiled.order().inputs();
        this.outdated = outdated;
    }

    /** @param before models whose values may be stored; where there is none, everything is outdated */
    static List<Stage> of(CheckedModel compiled, Collection<Model> before) {
        Set<Node> outdated = outdated(compiled, before);
        // With nothing to compute there is nothing to put in order, and that is most changes.
        return outdated.isEmpty() ? List.of() : new RecomputationStages(compiled, outdated).stages();
    }

    private static Set<Node> outdated(CheckedModel compiled, Collection<Model> before) {
        Set<Node> outdated = new LinkedHashSet<>();
        for (ObjectType object : compiled.model().objects().values()) {
            List<Model> others = before.stream()
                    .filter(former -> !untouched(compiled.model(), object, former))
                    .toList();
            if (before.isEmpty() || !others.isEmpty()) {
                object.fields().values().stream()
                        .filter(field -> ComputationOrder.computed(field) && field.stored())
                        .filter(field -> others.isEmpty()
                                || others.stream()
                                        .anyMatch(former -> !Computations.same(compiled, object.name(), field, former)))
                        .forEach(field -> outdated.add(new Node(object.name(), field.name())));
            }
        }
        return outdated;
    }

    /** A model that was made from another one has the very objects that no change has touched; settings are beside them. */
    private static boolean untouched(Model now, ObjectType object, Model former) {
        return former.objects().get(object.name()) == object
                && former.settings().equals(now.settings());
    }

    /** The ways over lookups that an expression looks along, with all their beginnings. */
    static Stream<List<Expr.Hop>> hops(Expr expression) {
        return ExprDependencies.of(expression).paths().stream().map(ExprDependencies.Path::hops);
    }

    private Field field(Node node) {
        return compiled.model().requireObject(node.object()).requireField(node.field());
    }

    private List<Stage> stages() {
        Map<Integer, Map<String, Set<String>>> byLevel = new TreeMap<>();
        for (Node node : inputs.keySet()) {
            level(node)
                    .ifPresent(level -> byLevel.computeIfAbsent(level, l -> new TreeMap<>())
                            .computeIfAbsent(node.object(), o -> new LinkedHashSet<>())
                            .add(node.field()));
        }
        List<Stage> stages = new ArrayList<>();
        byLevel.values().forEach(objects -> objects.forEach((object, fields) -> stages.add(new Stage(object, fields))));
        return stages;
    }

    /** Absent for what is as it was. Ends, because a model whose computed fields form a circle is refused. */
    private Optional<Integer> level(Node node) {
        Optional<Integer> known = levels.get(node);
        if (known != null) {
            return known;
        }
        Optional<Integer> level = outdated.contains(node) ? Optional.of(0) : Optional.empty();
        Map<Node, Boolean> ofSameRecord = new LinkedHashMap<>();
        inputs.getOrDefault(node, Set.of()).forEach(input -> ofSameRecord.put(input, isOwn(node, input)));
        for (Map.Entry<Node, Boolean> input : ofSameRecord.entrySet()) {
            Optional<Integer> behind = level(input.getKey()).map(l -> input.getValue() ? l : l + 1);
            if (behind.isPresent() && behind.get() > level.orElse(-1)) {
                level = behind;
            }
        }
        levels.put(node, level);
        return level;
    }

    /** Whether the input is a field of the very record, which is computed with it. */
    private boolean isOwn(Node node, Node input) {
        if (!node.object().equals(input.object()) || !(field(node).type() instanceof FieldType.Formula formula)) {
            return false;
        }
        boolean[] own = {true};
        Expr expression = compiled.expression(node.object(), formula.expression());
        Conditions.mapFields(expression, (reference, depth) -> {
            boolean meant = reference.owner().equals(input.object())
                    && reference.field().equals(input.field());
            own[0] &= !meant || reference.hops().isEmpty() && reference.scope() == depth;
            return reference;
        });
        return own[0];
    }
}
