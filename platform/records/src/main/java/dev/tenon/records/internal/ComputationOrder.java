package dev.tenon.records.internal;

import dev.tenon.access.Conditions;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.records.ModelCompiler.Problem;
import dev.tenon.records.RecordsError;
import dev.tenon.records.internal.CheckedModel.ExpressionKey;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.ErrorSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** In which order computed fields follow from each other, over all objects; finds the circles. */
final class ComputationOrder {

    /** A computed field of an object. */
    record Node(String object, String field) {
        @Override
        public String toString() {
            return object + "." + field;
        }
    }

    private final Model model;
    private final Map<ExpressionKey, Expr> expressions;
    private final Map<Node, Set<Node>> inputs = new LinkedHashMap<>();

    ComputationOrder(Model model, Map<ExpressionKey, Expr> expressions) {
        this.model = model;
        this.expressions = expressions;
        for (ObjectType object : model.objects().values()) {
            for (Field field : object.fields().values()) {
                if (computed(field)) {
                    inputs.put(new Node(object.name(), field.name()), inputs(object, field));
                }
            }
        }
    }

    /** Every computed field with the computed fields that it is made of. */
    Map<Node, Set<Node>> inputs() {
        return Collections.unmodifiableMap(inputs);
    }

    /** The object's formulas, each behind the ones it uses. Only for a model without circles. */
    List<Field> formulas(ObjectType object) {
        Set<Node> done = new LinkedHashSet<>();
        for (Field field : object.fields().values()) {
            if (field.type() instanceof FieldType.Formula) {
                order(new Node(object.name(), field.name()), object.name(), done);
            }
        }
        return done.stream().map(n -> object.requireField(n.field())).toList();
    }

    private void order(Node node, String object, Set<Node> done) {
        if (done.contains(node)) {
            return;
        }
        for (Node input : inputs.getOrDefault(node, Set.of())) {
            if (input.object().equals(object) && isFormula(input)) {
                order(input, object, done);
            }
        }
        done.add(node);
    }

    private boolean isFormula(Node node) {
        return model.requireObject(node.object()).requireField(node.field()).type() instanceof FieldType.Formula;
    }

    /** One problem for each circle, told where its first field stands. */
    List<Problem> cycles() {
        List<Problem> problems = new ArrayList<>();
        Map<Node, Boolean> finished = new HashMap<>();
        for (Node start : inputs.keySet()) {
            walk(start, new ArrayList<>(), finished, problems);
        }
        return problems;
    }

    private void walk(Node node, List<Node> path, Map<Node, Boolean> finished, List<Problem> problems) {
        if (path.contains(node)) {
            List<Node> circle = new ArrayList<>(path.subList(path.indexOf(node), path.size()));
            circle.add(node);
            problems.add(problem(circle));
            return;
        }
        if (finished.containsKey(node)) {
            return;
        }
        path.add(node);
        for (Node input : inputs.getOrDefault(node, Set.of())) {
            walk(input, path, finished, problems);
        }
        path.removeLast();
        finished.put(node, true);
    }

    private Problem problem(List<Node> circle) {
        Node first = circle.getFirst();
        boolean oneObject = circle.stream().allMatch(n -> n.object().equals(first.object()));
        List<String> names =
                circle.stream().map(n -> oneObject ? n.field() : n.toString()).toList();
        FieldType type =
                model.requireObject(first.object()).requireField(first.field()).type();
        ErrorSource source = switch (type) {
            case FieldType.Formula formula -> formula.expression().source();
            case FieldType.RollUp rollUp
            when rollUp.filter().isPresent() -> rollUp.filter().get().source();
            default -> new ErrorSource(model.requireObject(first.object()).origin(), "", 0, 0);
        };
        return new Problem(
                new ErrorDetail(
                        RecordsError.FORMULA_CYCLE,
                        "",
                        Map.of("object", first.object(), "path", String.join(" → ", names))),
                source);
    }

    private Set<Node> inputs(ObjectType object, Field field) {
        Set<Node> found = new LinkedHashSet<>();
        if (field.type() instanceof FieldType.Formula formula) {
            ModelExpressions.find(expressions, object.name(), formula.expression())
                    .ifPresent(expr -> addReferences(expr, found));
        } else if (field.type() instanceof FieldType.RollUp rollUp
                && model.findObject(rollUp.object()).isPresent()) {
            rollUp.field().ifPresent(summed -> addComputed(rollUp.object(), summed, found));
            rollUp.filter()
                    .flatMap(filter -> ModelExpressions.find(expressions, rollUp.object(), filter))
                    .ifPresent(expr -> addReferences(expr, found));
        }
        return found;
    }

    private void addReferences(Expr expr, Set<Node> found) {
        for (Expr.FieldRef reference : Conditions.references(expr)) {
            addComputed(reference.owner(), reference.field(), found);
        }
    }

    private void addComputed(String object, String name, Set<Node> found) {
        model.findObject(object)
                .flatMap(o -> o.findField(name))
                .filter(ComputationOrder::computed)
                .ifPresent(f -> found.add(new Node(object, name)));
    }

    static boolean computed(Field field) {
        return field.type() instanceof FieldType.Formula || field.type() instanceof FieldType.RollUp;
    }
}
